/** What the keyboard returns to: who opened something from a menu, which is gone by then, returns to the menu's button. */
export function openerOf(active: Element | null): HTMLElement | null {
  const menu = active?.closest('[role=menu]')
  const button = menu ? document.getElementById(menu.getAttribute('aria-labelledby') ?? '') : active
  return button instanceof HTMLElement ? button : null
}
