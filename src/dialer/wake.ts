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
