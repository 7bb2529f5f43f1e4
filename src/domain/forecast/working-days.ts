import { closesAt, nextOpen, type TimeWindow } from '../calling-hours.ts'
import { nextLocalMinute } from '../zone-offset.ts'

const hourMs = 3_600_000
/** As far as hours are looked ahead. */
const mostDays = 400

/** When so many working days of so many hours are over, from `at` on; null where the window has too few of them. */
export function endOfWork(
  window: TimeWindow,
  { at, hours, days }: { at: number; hours: number; days: number },
): number | null {
  let left = days * hours * hourMs
  let now = at
  for (let day = 0; day < mostDays; day += 1) {
    const opens = nextOpen(window, now)
    if (opens === null) return null
    const midnight = nextLocalMinute(window.zone, 0, opens + 1)
    const until = Math.min(closesAt(window, opens) ?? midnight, midnight, opens + hours * hourMs)
    if (left <= until - opens) return opens + left
    left -= until - opens
    now = until < opens + hours * hourMs ? until : midnight
  }
  return null
}
