import { useSyncExternalStore } from 'react'
import { showAge } from '../lib/format.ts'

/** One clock for all that is shown, so that a thousand ages are one timer. */
let now = Date.now()
let timer: ReturnType<typeof setInterval> | undefined
const listeners = new Set<() => void>()

function listen(listener: () => void): () => void {
  listeners.add(listener)
  now = Date.now()
  timer ??= setInterval(() => {
    now = Date.now()
    for (const each of listeners) each()
  }, 1000)
  return () => {
    listeners.delete(listener)
    if (listeners.size > 0) return
    clearInterval(timer)
    timer = undefined
  }
}

/** How long something has lasted, going on by the second; nobody is told of each. */
export function Age({ since }: { since: string }) {
  const at = useSyncExternalStore(listen, () => now)
  return (
    <span role="timer" aria-live="off">
      {showAge(at - Date.parse(since))}
    </span>
  )
}
