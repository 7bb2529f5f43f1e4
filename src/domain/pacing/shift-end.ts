import { closesAt, isOpen, weekOf } from '../calling-hours.ts'
import { nextLocalMinute } from '../zone-offset.ts'

/** What says how long a campaign calls on a day. Minutes of the day. */
export interface ShiftHours {
  window_start: number | null
  window_end: number | null
  /** ISO: 1 is Monday. */
  weekdays: number[]
  time_zone: string
  /** Whose clock the window is on; on those of the people called it ends for each of them at another time. */
  hours_zone: 'campaign' | 'person'
}

/** When the shift that is on at `at` is over: with the campaign's window, and at midnight of its zone at the latest. */
export function endOfShift(
  { window_start, window_end, weekdays, time_zone, hours_zone }: ShiftHours,
  at: number,
): number {
  const midnight = nextLocalMinute(time_zone, 0, at + 1)
  if (hours_zone === 'person') return midnight
  const window = { hours: weekOf(window_start ?? 0, window_end ?? 0, weekdays), zone: time_zone }
  if (!isOpen(window, at)) return midnight
  return Math.min(midnight, closesAt(window, at) ?? midnight)
}
