/** The hours in which people may be called, copied from the law a second time, by hand, in another form. */
import type { DayName } from './wall-clock.ts'

/** From one time of day to another, on the days on which it begins; to a time at or before the first: of the next day. */
export interface Hours {
  from: string
  to: string
  days: readonly DayName[]
}

const everyDay = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'] as const
export const daily = (from: string, to: string): Hours => ({ from, to, days: everyDay })

const careful = [daily('09:00', '20:00')]
const countries: Record<string, Hours[]> = {
  US: [daily('08:00', '21:00')],
  IN: [daily('09:00', '21:00'), daily('10:00', '19:00')],
}
const states: Record<string, Hours> = {
  FL: daily('08:00', '20:00'),
  OK: daily('08:00', '20:00'),
  WA: daily('08:00', '20:00'),
  MD: daily('08:00', '20:00'),
}

/** All of these must be open. `any` state means that each of them may be the one. */
export function lawIn(country: string, state: string | 'any' | null): Hours[] {
  const own = countries[country] ?? careful
  if (country !== 'US' || state === null) return own
  return state === 'any' ? [...own, ...Object.values(states)] : [...own, ...(states[state] ? [states[state]] : [])]
}
