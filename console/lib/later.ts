import { useEffect, useState, useSyncExternalStore } from 'react'

let tellShown = () => {}
const shown = new Promise<void>((resolve) => {
  tellShown = resolve
})

/** To be told once, when nothing is left to do for the first page: what only a hand reaches for is loaded from then on. */
export const firstPageIsShown = (): void => tellShown()

/** A part of the console that the first page is there without. */
export interface Later<Part> {
  load: () => Promise<Part>
  /** Null until it is loaded. */
  read: () => Part | null
  listen: (heard: () => void) => () => void
}

/** Loaded when somebody reaches for it; begun again if the network failed. */
export function whenWanted<Part>(fetchPart: () => Promise<Part>): Later<Part> {
  let part: Part | null = null
  const listeners = new Set<() => void>()
  const load = async () => {
    part ??= await fetchPart()
    for (const heard of listeners) heard()
    return part
  }
  const listen = (heard: () => void) => {
    listeners.add(heard)
    return () => listeners.delete(heard)
  }
  return { load, read: () => part, listen }
}

/** Loaded after the first page, or before if somebody reaches for it. */
export function later<Part>(fetchPart: () => Promise<Part>): Later<Part> {
  const part = whenWanted(fetchPart)
  // Nobody waits for it here: if it fails, whoever wants it asks again, and is told.
  shown.then(part.load).catch(() => {})
  return part
}

/** The part once it is there; `wanted` loads it at once. What can't be loaded is thrown, for the page to show. */
export function useLater<Part>(part: Later<Part>, wanted: boolean): Part | null {
  const [fault, setFault] = useState<Error | null>(null)
  useEffect(() => {
    if (wanted) part.load().catch(setFault)
  }, [part, wanted])
  if (fault !== null) throw fault
  return useSyncExternalStore(part.listen, part.read)
}
