/**
 * The wall clock of a zone at an instant, fast enough for a verdict per lead.
 *
 * Takes a zone name and an instant (epoch milliseconds); gives offset, weekday, minute and date there. It never asks
 * Temporal or Intl twice about the same decade of a zone, and never knows what time it is now.
 */
import { Temporal } from 'temporal-polyfill'

const MINUTE_MS = 60_000
const DAY_MS = 86_400_000
/** Zone tables are read in stretches of about ten years: long enough to be rare, short enough to be quick. */
const STRETCH_MS = 3653 * DAY_MS

/** Offsets of one stretch: `offsets[i]` holds from `starts[i]` until `starts[i + 1]`, the last until `end`. */
type Stretch = { starts: number[]; offsets: number[]; end: number }
type ZoneClock = { zone: string; stretches: Map<number, Stretch>; last: Stretch | null; lastIndex: number }

/** A run of instants over which the offset doesn't change. `until` may end early (at a table's edge), never late. */
export type OffsetRun = { offset: number; until: number }

/** weekday is ISO: 1 = Monday … 7 = Sunday. */
export type LocalTime = { weekday: number; minute_of_day: number; date: string }

const clocks = new Map<string, ZoneClock>()
const knownZones = new Map<string, boolean>()

/** True for a name of the IANA zone database; bare offsets such as `+05:00` aren't zones, as they know no DST. */
export function isZone(name: string): boolean {
  const known = knownZones.get(name)
  if (known !== undefined) return known
  const valid = /^[A-Za-z]/.test(name) && canMake(name)
  // Names come from uploaded files: a list of rubbish must not fill the memory.
  if (knownZones.size > 2_000) knownZones.clear()
  knownZones.set(name, valid)
  return valid
}

function canMake(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    return true
  } catch {
    // The only question Intl answers about a zone name is this exception.
    return false
  }
}

function readStretch(zone: string, index: number): Stretch {
  const start = index * STRETCH_MS
  const end = start + STRETCH_MS
  let at = Temporal.Instant.fromEpochMilliseconds(start).toZonedDateTimeISO(zone)
  const stretch: Stretch = { starts: [start], offsets: [at.offsetNanoseconds / 1e6], end }
  for (;;) {
    const next = at.getTimeZoneTransition('next')
    if (!next || next.epochMilliseconds >= end) return stretch
    if (next.epochMilliseconds > start) {
      stretch.starts.push(next.epochMilliseconds)
      stretch.offsets.push(next.offsetNanoseconds / 1e6)
    }
    at = next
  }
}

function clockOf(zone: string): ZoneClock {
  const clock = clocks.get(zone)
  if (clock) return clock
  if (!isZone(zone)) throw new RangeError(`Unknown time zone ${zone}`)
  const made: ZoneClock = { zone, stretches: new Map(), last: null, lastIndex: 0 }
  clocks.set(zone, made)
  return made
}

function stretchAt(zone: string, at: number): Stretch {
  const clock = clockOf(zone)
  const index = Math.floor(at / STRETCH_MS)
  if (clock.last && clock.lastIndex === index) return clock.last
  const stretch = clock.stretches.get(index) ?? readStretch(zone, index)
  clock.stretches.set(index, stretch)
  clock.last = stretch
  clock.lastIndex = index
  return stretch
}

function indexAt(stretch: Stretch, at: number): number {
  let index = stretch.starts.length - 1
  while (index > 0 && at < (stretch.starts[index] as number)) index -= 1
  return index
}

/** Milliseconds the zone's wall clock is ahead of UTC at the instant. */
export function offsetAt(zone: string, at: number): number {
  const stretch = stretchAt(zone, at)
  return stretch.offsets[indexAt(stretch, at)] as number
}

/** The offset at the instant and how long it is sure to hold. */
export function offsetRunAt(zone: string, at: number): OffsetRun {
  const stretch = stretchAt(zone, at)
  const index = indexAt(stretch, at)
  return { offset: stretch.offsets[index] as number, until: stretch.starts[index + 1] ?? stretch.end }
}

/** Day number since 1970-01-01 of a wall-clock reading (`at + offset`). */
export function dayOf(local: number): number {
  return Math.floor(local / DAY_MS)
}

/** Minutes since Monday 00:00 of a wall-clock reading (`at + offset`); 1970-01-01 was a Thursday. */
export function minuteOfWeek(local: number): number {
  const day = dayOf(local)
  const weekday = (((day + 3) % 7) + 7) % 7
  return weekday * 1440 + Math.floor((local - day * DAY_MS) / MINUTE_MS)
}

/** `YYYY-MM-DD` of a day number. */
export function dateOf(day: number): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10)
}

/** What a clock and a calendar on the wall show in the zone at the instant. */
export function localTime(zone: string, at: number): LocalTime {
  const local = at + offsetAt(zone, at)
  const minute = minuteOfWeek(local)
  return { weekday: Math.floor(minute / 1440) + 1, minute_of_day: minute % 1440, date: dateOf(dayOf(local)) }
}

/** The wall clock as people write it, to the minute: `2026-03-08 09:30`. */
export function localText(zone: string, at: number): string {
  return new Date(at + offsetAt(zone, at)).toISOString().slice(0, 16).replace('T', ' ')
}

/**
 * The first instant at or after `from` at which the zone's clock shows `minute` of a day. A minute that a DST gap
 * skips counts as the first instant after the gap; of a minute that a fold shows twice, each showing counts.
 */
export function nextLocalMinute(zone: string, minute: number, from: number): number {
  let at = from
  for (;;) {
    const { offset, until } = offsetRunAt(zone, at)
    const local = at + offset
    const today = dayOf(local) * DAY_MS + minute * MINUTE_MS
    const wanted = (today >= local ? today : today + DAY_MS) - offset
    if (wanted < until) return wanted
    const after = until + offsetAt(zone, until)
    if (wanted + offset < after) return until
    at = until
  }
}

/** The first instant of a day (`YYYY-MM-DD`) on the zone's clock; where a DST gap skips its midnight, the end of the gap. */
export function startOfDay(zone: string, day: string): number {
  const before = Date.parse(day) - DAY_MS
  let at = before - offsetAt(zone, before)
  while (localTime(zone, at).date < day) at = nextLocalMinute(zone, 0, at + MINUTE_MS)
  return at
}

/**
 * The instant at which the zone's clock shows this local time (`2026-11-23T15:00`); of a minute that a fold shows twice
 * the first. Null for what is no time, and for a minute that a DST gap skips.
 */
export function instantOfLocal(zone: string, text: string): number | null {
  const local = Date.parse(`${text}Z`)
  if (Number.isNaN(local) || new Date(local).toISOString().slice(0, 16) !== text) return null
  // The offset a day before and the one a day after are all there can be, and the earlier showing has the greater one.
  const offsets = [offsetAt(zone, local - DAY_MS), offsetAt(zone, local + DAY_MS)].sort((a, b) => b - a)
  return offsets.map((offset) => local - offset).find((at) => at + offsetAt(zone, at) === local) ?? null
}
