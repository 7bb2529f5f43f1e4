import { Temporal } from 'temporal-polyfill'
import type { Campaign } from '#store/campaigns.ts'

/** Whether the campaign's first day, by its own zone, has not begun yet. */
export function isBeforeStart({ start_date, time_zone }: Campaign, at: number): boolean {
  if (start_date === null) return false
  const today = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(time_zone).toPlainDate()
  return Temporal.PlainDate.compare(today, Temporal.PlainDate.from(start_date)) < 0
}
