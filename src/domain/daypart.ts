/**
 * Parts of a day, as people are at home in them: morning until 12:00, afternoon until 17:00, evening until midnight, on the
 * clock of a zone.
 */
import { localTime, nextLocalMinute } from './zone-offset.ts'

const noon = 12 * 60
const evening = 17 * 60

/** The first instant from `earliest` on that is not in the part of the day in which `tried` was; epoch ms. */
export function inAnotherDaypart(zone: string, tried: number, earliest: number): number {
  const begun = startOf(zone, earliest)
  if (begun !== startOf(zone, tried)) return earliest
  const next = begun === 0 ? noon : begun === noon ? evening : 0
  return nextLocalMinute(zone, next, earliest)
}

/** The minute at which the part of the day that holds `at` began. */
function startOf(zone: string, at: number): number {
  const { minute_of_day } = localTime(zone, at)
  return minute_of_day >= evening ? evening : minute_of_day >= noon ? noon : 0
}
