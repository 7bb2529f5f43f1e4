/** The hours in which people may be called, copied from the law a second time, by hand, in another form. */
import Calendar from 'date-holidays'
import type { DayName } from './wall-clock.ts'

/** From one time of day to another, on the days on which it begins; to a time at or before the first: of the next day. */
export interface Hours {
  from: string
  to: string
  days: readonly DayName[]
}

const weekdays = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri'] as const
const noSundays = [...weekdays, 'Sat'] as const
const everyDay = [...noSundays, 'Sun'] as const
export const daily = (from: string, to: string): Hours => ({ from, to, days: everyDay })
const on = (days: readonly DayName[], from: string, to: string): Hours => ({ from, to, days })

/** One rule: it is open while one of its hours is. */
type Rule = readonly Hours[]

const careful: Rule[] = [[daily('09:00', '20:00')]]
const countries: Record<string, Rule[]> = {
  US: [[daily('08:00', '21:00')]],
  IN: [[daily('09:00', '21:00')], [daily('10:00', '19:00')]],
  FR: [[on(weekdays, '10:00', '13:00'), on(weekdays, '14:00', '20:00')]],
  ES: [[on(weekdays, '09:00', '21:00')]],
  IT: [[on(weekdays, '09:00', '20:00'), on(['Sat'], '10:00', '19:00')]],
}
const eightToEight: Rule = [daily('08:00', '20:00')]
const eightToEightNoSundays: Rule = [on(noSundays, '08:00', '20:00')]
const nineToNine: Rule = [daily('09:00', '21:00')]
const nineToEight: Rule = [daily('09:00', '20:00')]
const states: Record<string, Rule> = {
  ...{ FL: eightToEight, MA: eightToEight, MD: eightToEight, OK: eightToEight, WA: eightToEight, WY: eightToEight },
  ...{ AL: eightToEightNoSundays, LA: eightToEightNoSundays, MS: eightToEightNoSundays },
  ...{ MI: nineToNine, MN: nineToNine, NM: nineToNine, CT: nineToEight, NV: nineToEight },
  KY: [daily('10:00', '21:00')],
  PA: [on(noSundays, '09:00', '21:00'), on(['Sun'], '13:30', '21:00')],
  RI: [on(weekdays, '09:00', '18:00'), on(['Sat'], '10:00', '17:00')],
  SD: [on(noSundays, '09:00', '21:00')],
  TX: [on(noSundays, '09:00', '21:00'), on(['Sun'], '12:00', '21:00')],
  UT: [on(noSundays, '08:00', '21:00')],
}
const closedOnHolidays = ['AL', 'LA', 'MS', 'PA', 'RI', 'UT']

/** All of these must be open. `any` state means that each of them may be the one. */
export function lawIn(country: string, state: string | 'any' | null): Rule[] {
  const own = countries[country] ?? careful
  if (country !== 'US' || state === null) return own
  return state === 'any' ? [...own, ...Object.values(states)] : [...own, ...(states[state] ? [states[state]] : [])]
}

const holidays = new Map<string, Set<string>>()

/** Whether one of the states that may be the one keeps the day as a holiday on which nobody is called. */
export function isHoliday(state: string | 'any' | null, date: string): boolean {
  return closedOnHolidays.some(
    (each) => (state === 'any' || state === each) && holidaysOf(each, date.slice(0, 4)).has(date),
  )
}

function holidaysOf(state: string, year: string): Set<string> {
  const key = `${state} ${year}`
  const known = holidays.get(key)
  if (known) return known
  const kept = new Calendar('US', state).getHolidays(Number(year)).filter(({ type }) => type === 'public')
  const dates = new Set(kept.map(({ date }) => date.slice(0, 10)))
  holidays.set(key, dates)
  return dates
}
