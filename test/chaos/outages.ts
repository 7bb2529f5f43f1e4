/** When something that healing needs was away: the time is taken off how long an attempt was stuck. */
export interface Outages {
  /** Something goes away; the returned function says that it is back. */
  begin(): () => void
  /** Milliseconds between two instants in which anything was away. */
  overlap(from: number, to: number): number
  /** A dialer is killed: what it was asking the carrier at that moment nobody hears. */
  noteKill(): void
  kills(from: number, to: number): number
}

export function createOutages(): Outages {
  const intervals: { from: number; to: number }[] = []
  const killed: number[] = []
  return {
    begin() {
      const interval = { from: Date.now(), to: Number.POSITIVE_INFINITY }
      intervals.push(interval)
      return () => {
        interval.to = Date.now()
      }
    },
    overlap(from, to) {
      let away = 0
      let seen = from
      for (const interval of intervals.toSorted((a, b) => a.from - b.from)) {
        const start = Math.max(seen, interval.from)
        const end = Math.min(to, interval.to)
        if (end > start) away += end - start
        seen = Math.max(seen, Math.min(end, to))
      }
      return away
    },
    noteKill: () => void killed.push(Date.now()),
    kills: (from, to) => killed.filter((at) => at >= from && at <= to).length,
  }
}
