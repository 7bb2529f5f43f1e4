/**
 * May somebody be called at an instant, as far as place and clock go? The second answer, by another road: it looks at walls,
 * minute by minute, and knows neither offsets nor spans nor when anything opens next.
 */
import { type Case, minuteOf } from './cases.ts'
import { type Hours, isHoliday, lawIn } from './law.ts'
import { dayNameOf, daysFrom, readWall, type Wall } from './wall-clock.ts'

export function mayCall({ who, campaign, house }: Case, at: number): boolean {
  const law = lawIn(who.country, who.state)
  const walls = who.zones.map((zone) => readWall(zone, at))
  const own = campaign.in_person_zone ? walls : [readWall(campaign.zone, at)]
  if (!own.every((wall) => covers(campaign.hours, wall) && !campaign.closed.includes(wall.date))) return false
  return walls.every(
    (wall) =>
      law.every((rule) => rule.some((hours) => covers(hours, wall))) &&
      !(who.country === 'US' && isHoliday(who.state, wall.date)) &&
      covers(house.hours, wall) &&
      !house.closed.includes(wall.date) &&
      !house.closed_days.includes(dayNameOf(wall.date)),
  )
}

/** Hours cover what the wall shows if they began today before it, or yesterday and reach past midnight to it. */
function covers(hours: Hours | null, { date, minute }: Wall): boolean {
  if (hours === null) return true
  const [from, to] = [minuteOf(hours.from), minuteOf(hours.to)]
  const overnight = to <= from
  const today = hours.days.includes(dayNameOf(date)) && minute >= from && (overnight || minute < to)
  const yesterday = overnight && hours.days.includes(dayNameOf(daysFrom(date, -1))) && minute < to
  return today || yesterday
}
