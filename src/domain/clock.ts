/** The one source of business time: windows, retries, callbacks, days. Epoch milliseconds. */
export interface Clock {
  now(): number
}
