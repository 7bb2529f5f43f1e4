import { cloneElement, type ReactElement, type ReactNode, useId, useState } from 'react'
import { later, useLater } from '../lib/later.ts'
import type { ButtonProps } from './button.tsx'
import type { MenuCheckProps, MenuChoiceProps, MenuItemProps } from './menu-parts.tsx'

const menus = later(() => import('./menu-parts.tsx'))

/** Opens under the button that it is given. */
export function Menu({ trigger, children }: { trigger: ReactElement<ButtonProps>; children: ReactNode }) {
  const [open, setOpen] = useState<'by hand' | 'by key' | null>(null)
  const id = useId()
  const parts = useLater(menus, open !== null)
  return (
    <span className="relative inline-flex">
      {cloneElement(trigger, {
        id,
        'aria-haspopup': 'menu',
        'aria-expanded': open !== null,
        // A click that no pointer made is a key's.
        onClick: ({ detail }) => setOpen(detail === 0 ? 'by key' : 'by hand'),
        onKeyDown: (event) => {
          if (event.key !== 'ArrowDown' || trigger.props.barred) return
          event.preventDefault()
          setOpen('by key')
        },
      })}
      {open && parts && (
        <parts.OpenMenu buttonId={id} onFirst={open === 'by key'} onClose={() => setOpen(null)}>
          {children}
        </parts.OpenMenu>
      )}
    </span>
  )
}

export function MenuItem(props: MenuItemProps) {
  const parts = useLater(menus, true)
  return parts && <parts.MenuItem {...props} />
}

/** One of several, the chosen one marked. */
export function MenuChoice<Value extends string>(props: MenuChoiceProps<Value>) {
  const parts = useLater(menus, true)
  return parts && <parts.MenuChoice {...props} />
}

/** One of several that may all be on; the menu stays open. */
export function MenuCheck(props: MenuCheckProps) {
  const parts = useLater(menus, true)
  return parts && <parts.MenuCheck {...props} />
}

export function MenuLabel({ children }: { children: ReactNode }) {
  return <p className="px-2.5 pt-2 pb-1 text-xs font-medium text-ink-soft">{children}</p>
}
