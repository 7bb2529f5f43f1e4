import { startOfDay } from './zone-offset.ts'

const dayMs = 86_400_000

/** The day so many days after another, or before it. */
export function dayAfter(day: string, days: number): string {
  return new Date(Date.parse(day) + days * dayMs).toISOString().slice(0, 10)
}

/** Days of a zone as instants: from the first one's beginning, and before the end of the last. */
export function spanOfDays(zone: string, { since, until }: { since?: string; until?: string }): SpanOfDays {
  return {
    ...(since !== undefined && { from: new Date(startOfDay(zone, since)) }),
    ...(until !== undefined && { before: new Date(startOfDay(zone, dayAfter(until, 1))) }),
  }
}

export interface SpanOfDays {
  from?: Date
  before?: Date
}
