/**
 * The keys of the screen that is shown. In: what a screen declares. Out: what `?` lists, and acts when a key is pressed.
 * Never: takes a key from whoever types, from the browser (nothing with Ctrl, Alt or Meta), or while something is open over the page.
 */
import { useEffect, useRef, useSyncExternalStore } from 'react'

export interface KeyAct {
  /** Under which a key of one's own is kept. */
  id: string
  /** The key as `KeyboardEvent.key` tells it, in lower case; several pressed one after the other are parted by spaces. */
  key: string
  label: string
  run: () => void
}

const kept = 'outdial.keys'
/** So long after the first key of several the next one is waited for. */
const pauseMs = 1_200

let screens: { id: symbol; acts: readonly KeyAct[] }[] = []
let own: Record<string, string> = JSON.parse(localStorage.getItem(kept) ?? '{}')
let listed: readonly KeyAct[] = []
const listeners = new Set<() => void>()

function tell(): void {
  listed = screens.flatMap(({ acts }) => acts).map((act) => ({ ...act, key: own[act.id] ?? act.key }))
  for (const listener of listeners) listener()
}

/** Declares the keys of a part of the screen for as long as it is shown. */
export function useKeys(acts: readonly KeyAct[]): void {
  const now = useRef(acts)
  now.current = acts
  // What they do may change with every drawing; which they are tells whether to list them anew.
  const which = acts.map(({ id, label }) => `${id} ${label}`).join('\n')
  // biome-ignore lint/correctness/useExhaustiveDependencies: `which` stands for the acts, read through the ref when a key is pressed.
  useEffect(() => {
    const id = Symbol()
    const runNow = (act: string) => now.current.find((each) => each.id === act)?.run()
    screens = [...screens, { id, acts: now.current.map((act) => ({ ...act, run: () => runNow(act.id) })) }]
    tell()
    return () => {
      screens = screens.filter((screen) => screen.id !== id)
      tell()
    }
  }, [which])
}

export function useListedKeys(): readonly KeyAct[] {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => listed,
  )
}

/** Another key for an act, kept in this browser; null: its first one again. Returns the act that has the key already, if one does. */
export function chooseKey(id: string, key: string | null): KeyAct | null {
  const taken = key === null ? undefined : listed.find((act) => act.key === key && act.id !== id)
  if (taken) return taken
  const { [id]: _, ...others } = own
  own = key === null ? others : { ...others, [id]: key }
  localStorage.setItem(kept, JSON.stringify(own))
  tell()
  return null
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  if (target.isContentEditable || target.closest('[role=dialog], [role=alertdialog], [role=menu], [role=listbox]'))
    return true
  return target.matches('textarea, select, input:not([type=checkbox], [type=radio], [type=button])')
}

/** Begins to listen, once. */
export function listenForKeys(): () => void {
  let before = ''
  let timer: ReturnType<typeof setTimeout> | undefined
  const press = (event: KeyboardEvent) => {
    if (event.defaultPrevented || event.repeat || event.ctrlKey || event.altKey || event.metaKey) return
    if (isTyping(event.target) || event.key.length > 1) return
    const pressed = event.key.toLowerCase()
    clearTimeout(timer)
    const act =
      listed.findLast(({ key }) => key === `${before} ${pressed}`) ?? listed.findLast(({ key }) => key === pressed)
    before = act === undefined && listed.some(({ key }) => key.startsWith(`${pressed} `)) ? pressed : ''
    timer = setTimeout(() => {
      before = ''
    }, pauseMs)
    if (act === undefined) return
    event.preventDefault()
    act.run()
  }
  addEventListener('keydown', press)
  return () => removeEventListener('keydown', press)
}
