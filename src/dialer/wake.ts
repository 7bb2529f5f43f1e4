import type { TimedClock } from '#domain/clock.ts'

export interface Coalesced {
  (key: string): void
  busy(): boolean
  settled(): Promise<void>
}

/**
 * Runs `work` for a key at most once at a time: a wake while it runs makes it run once more, ten wakes too. A failure is
 * reported and ends the run; the next wake starts afresh.
 */
export function coalesce(
  work: (key: string) => Promise<void>,
  onError: (key: string, error: Error) => void,
): Coalesced {
  const running = new Map<string, Promise<void>>()
  const again = new Set<string>()

  async function run(key: string): Promise<void> {
    do {
      again.delete(key)
      await work(key).catch((error: Error) => onError(key, error))
    } while (again.has(key))
    running.delete(key)
  }

  const wake = (key: string): void => {
    if (running.has(key)) again.add(key)
    else running.set(key, run(key))
  }
  wake.busy = () => running.size > 0
  wake.settled = async () => {
    await Promise.all(running.values())
  }
  return wake
}

export interface Alarms {
  /** `fn` is called for the key then, and at no other time that was said before; null: not at all. */
  set(key: string, time: number | null): void
  /** The same, unless it will be called sooner. */
  setBy(key: string, time: number): void
  cancel(): void
}

/** One time to come for each key, on the business clock. */
export function openAlarms(clock: TimedClock, fn: (key: string) => void): Alarms {
  const alarms = new Map<string, { time: number; cancel: () => void }>()
  const set = (key: string, time: number | null) => {
    alarms.get(key)?.cancel()
    alarms.delete(key)
    if (time === null) return
    const ring = () => {
      alarms.delete(key)
      fn(key)
    }
    alarms.set(key, { time, cancel: clock.at(time, ring) })
  }
  return {
    set,
    setBy(key, time) {
      if (time < (alarms.get(key)?.time ?? Number.POSITIVE_INFINITY)) set(key, time)
    },
    cancel() {
      for (const { cancel } of alarms.values()) cancel()
      alarms.clear()
    },
  }
}
