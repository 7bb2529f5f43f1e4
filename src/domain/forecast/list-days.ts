/**
 * How many working days a list takes, when each day makes so many dials: leads that are fresh go first, whoever is to be
 * tried again comes back after a delay, and the last tries wait for it. Counted in streams, not lead by lead.
 */
import type { CallResult } from './shift-belief.ts'

export interface ListPlan {
  leads: number
  max_attempts: number
  /** Seconds until the next try; null where that outcome ends the lead. */
  retries: Record<CallResult, number | null>
  /** Of a day; the night between two days is the rest of it. */
  hours: number
}

/** Parts of a day. */
export const parts = 48
/** Until a last call that nobody takes is given up, in seconds. */
const lastRing = 25
/** Beyond them the list goes on at the pace it has had. */
const mostDays = 40

/** Working days and the part of the last one; infinite where there are no dials. `spread`: a day's dials over its parts. */
export function daysForList(
  { leads, max_attempts, retries, hours }: ListPlan,
  shares: Record<CallResult, number>,
  dialsOf: (day: number) => number,
  spread: readonly number[],
): number {
  if (leads <= 0) return 0
  const again = (Object.keys(shares) as CallResult[]).flatMap((result) => {
    const delay = retries[result]
    return delay === null || shares[result] <= 0
      ? []
      : [{ share: shares[result], delay: (delay * parts) / (3600 * hours) }]
  })
  const night = ((24 - hours) * parts) / hours
  const last = mostDays * parts
  /** By tries made: leads that are due, and those that become so, by part. */
  const due = Array.from({ length: max_attempts }, (_, tries) => (tries === 0 ? leads : 0))
  const coming = due.map(() => new Float64Array(last + 1))
  let left = leads
  let made = 0
  for (let now = 0; now < last; now += 1) {
    const perPart = Math.max(0, dialsOf(Math.floor(now / parts))) * (spread[now % parts] as number)
    let room = perPart
    for (let tries = 0; tries < max_attempts; tries += 1) {
      const open = (due[tries] as number) + ((coming[tries] as Float64Array)[now] as number)
      const taken = Math.min(room, open)
      due[tries] = open - taken
      room -= taken
      left -= taken
      const next = coming[tries + 1]
      if (!next || taken === 0) continue
      for (const { share, delay } of again) {
        const at = Math.min(last, dueAfter(now, delay, night))
        next[at] = (next[at] as number) + taken * share
        left += taken * share
      }
    }
    made += perPart - room
    if (left < 0.5) return (now + 1 - (perPart > 0 ? room / perPart : 0)) / parts + lastRing / (3600 * hours)
  }
  const tries = again.reduce((sum, { share }) => sum + share, 0)
  return made > 0 ? mostDays * (1 + (left * meanTries(tries, max_attempts)) / made) : Number.POSITIVE_INFINITY
}

/** In parts of working days: what falls into a night is due in the morning. */
function dueAfter(now: number, delay: number, night: number): number {
  let at = now + Math.max(1, Math.round(delay))
  for (let end = (Math.floor(now / parts) + 1) * parts; at > end; end += parts) {
    at = Math.max(end, at - night)
    if (at === end) break
  }
  return Math.ceil(at)
}

function meanTries(again: number, most: number): number {
  let tries = 0
  for (let attempt = 0; attempt < most; attempt += 1) tries += again ** attempt
  return tries
}
