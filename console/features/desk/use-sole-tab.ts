import { useCallback, useEffect, useState } from 'react'

const lock = 'outdial.desk'

/**
 * Of all tabs of this browser one is the desk: two would answer the same call. The others wait, and are it as soon as that one
 * is closed, or at once when they `take` it. Where pages are served without https browsers have no locks: then the server
 * alone says which connection shows the calls.
 */
export function useSoleTab(): { sole: boolean | null; take: () => void } {
  const [sole, setSole] = useState<boolean | null>(navigator.locks === undefined ? true : null)
  const [taking, setTaking] = useState(0)
  useEffect(() => {
    if (navigator.locks === undefined) return
    const left = new AbortController()
    const hold = () => {
      setSole(true)
      return new Promise<void>((release) => left.signal.addEventListener('abort', () => release()))
    }
    const lose = (error: DOMException) => {
      if (error.name !== 'AbortError') throw error
      // Another tab has taken it, or this page is left.
      if (left.signal.aborted) return
      setSole(false)
      wait()
    }
    const wait = () => navigator.locks.request(lock, { signal: left.signal }, hold).catch(lose)
    const begin = async () => {
      if (taking > 0) return navigator.locks.request(lock, { steal: true }, hold)
      await navigator.locks.request(lock, { ifAvailable: true }, (granted) => (granted ? hold() : setSole(false)))
      if (!left.signal.aborted) wait()
    }
    begin().catch(lose)
    return () => left.abort()
  }, [taking])
  return { sole, take: useCallback(() => setTaking((before) => before + 1), []) }
}
