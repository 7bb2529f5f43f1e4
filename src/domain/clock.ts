/** The one source of business time: windows, retries, callbacks, days. Epoch milliseconds. */
export interface Clock {
  now(): number
}

/** Business time that can be waited for. */
export interface TimedClock extends Clock {
  /** Calls `fn` once, at `time` or later; gives what takes the order back. */
  at(time: number, fn: () => void): () => void
}
