/** Recounts limits from when things began and ended, knowing nothing of how the product counts. */

/** Milliseconds on any one clock; `to` is infinite for what is not over. */
export interface Span {
  from: number
  to: number
}

export interface Recount {
  /** The most there was at any moment. */
  most: number
  /** Beginnings that found more than was allowed. */
  breaches: number
}

/** How many spans lie over one moment. One that ends at the moment another begins has made room for it. */
export function recountSpans(spans: Span[], allowed: number): Recount {
  const moments = spans.flatMap(({ from, to }) => [
    { at: from, change: 1 },
    { at: to, change: -1 },
  ])
  const recount = { most: 0, breaches: 0 }
  let up = 0
  for (const { change } of moments.sort((a, b) => a.at - b.at || a.change - b.change)) {
    up += change
    recount.most = Math.max(recount.most, up)
    if (change > 0 && up > allowed) recount.breaches += 1
  }
  return recount
}

/** By how many the instants ran ahead of a rate over any stretch of time that ends with one of them. */
export function recountRate(instants: number[], per_second: number, allowed: number): Recount {
  const recount = { most: 0, breaches: 0 }
  let lowest = Number.POSITIVE_INFINITY
  for (const [index, at] of instants.toSorted((a, b) => a - b).entries()) {
    const ahead = index - (per_second * at) / 1000
    lowest = Math.min(lowest, ahead)
    const excess = ahead - lowest + 1
    recount.most = Math.max(recount.most, excess)
    if (excess > allowed) recount.breaches += 1
  }
  return recount
}
