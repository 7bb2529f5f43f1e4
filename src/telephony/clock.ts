/** Time as a carrier in this process sees it; a test hands in one that stands still until it is told to move. */
export interface Clock {
  /** Epoch milliseconds. */
  now(): number
  /** Calls `fn` once, no earlier than `time`; the returned function takes the order back. */
  at(time: number, fn: () => void): () => void
}

/** Above this setTimeout fires at once (2^31 - 1 ms, Node's limit), so longer waits are made of several. */
const longest_timer_ms = 2_147_483_647

/**
 * The machine's clock. It reads the wall clock once and then counts monotonically, so that somebody setting the
 * machine's time neither ends running calls nor stretches them.
 */
export function createSystemClock(): Clock {
  const now = () => Math.floor(performance.timeOrigin + performance.now())
  return {
    now,
    at(time, fn) {
      let timer: NodeJS.Timeout
      const wait = () => {
        timer = setTimeout(check, Math.min(Math.max(time - now(), 0), longest_timer_ms))
      }
      // Node may fire a timer a fraction of a millisecond early.
      const check = () => (now() < time ? wait() : fn())
      wait()
      return () => clearTimeout(timer)
    },
  }
}
