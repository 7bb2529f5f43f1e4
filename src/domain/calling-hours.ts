/**
 * When a window is open, and when it opens next.
 *
 * Takes weekly hours, a zone, closed dates and an instant; gives an instant. The hours speak of the wall clock:
 * whatever it shows at an instant decides, so the hour that a DST gap skips is open to nobody and the hour that a fold
 * repeats is open in both passes. It never guesses a zone and never looks at a rule: those are the caller's.
 */
import { dateOf, dayOf, minuteOfWeek, nextLocalMinute, offsetAt, offsetRunAt } from './zone-offset.ts'

/**
 * Per weekday (index 0 = Monday) the intervals [start, end) in minutes of the day. An end at or before the start is on
 * the next day, so [1320, 120] is 22:00–02:00 and [0, 0] is all day. Hours are values: never change one in place.
 */
export type WeekHours = readonly (readonly (readonly [number, number])[])[]

/** Hours on the clocks of one zone; on `closed_dates` (local, `YYYY-MM-DD`) they are shut from midnight to midnight. */
export type TimeWindow = { hours: WeekHours; zone: string; closed_dates?: readonly string[] | undefined }

const WEEK_MINUTES = 7 * 1440
const MINUTE_MS = 60_000
const DAY_MS = 86_400_000
/** Longer than a leap year: hours that open on one date a year are still found; beyond it the answer is "never". */
const HORIZON_MS = 400 * DAY_MS

/** Sorted, merged [start, end) spans in minutes of the week, flat: start0, end0, start1, end1, … */
type Spans = readonly number[]
const compiled = new WeakMap<WeekHours, Spans>()

function compile(hours: WeekHours): Spans {
  const raw: [number, number][] = []
  hours.forEach((day, weekday) => {
    for (const [start, end] of day) {
      const from = weekday * 1440 + start
      const to = weekday * 1440 + (end <= start ? end + 1440 : end)
      raw.push([from, Math.min(to, WEEK_MINUTES)])
      if (to > WEEK_MINUTES) raw.push([0, to - WEEK_MINUTES])
    }
  })
  raw.sort((a, b) => a[0] - b[0])
  const spans: number[] = []
  for (const [from, to] of raw) {
    const last = spans.length - 1
    if (last > 0 && from <= (spans[last] as number)) spans[last] = Math.max(spans[last] as number, to)
    else spans.push(from, to)
  }
  return spans
}

function spansOf(hours: WeekHours): Spans {
  const known = compiled.get(hours)
  if (known) return known
  const spans = compile(hours)
  compiled.set(hours, spans)
  return spans
}

/** The end (minute of week) of the span that holds the minute, or -1. */
function endOfSpan(spans: Spans, minute: number): number {
  for (let i = 0; i < spans.length; i += 2) {
    if (minute < (spans[i] as number)) return -1
    if (minute < (spans[i + 1] as number)) return spans[i + 1] as number
  }
  return -1
}

/** Minutes from `minute` to the next start of a span, around the week's end if need be. */
function minutesToStart(spans: Spans, minute: number): number {
  for (let i = 0; i < spans.length; i += 2) if ((spans[i] as number) > minute) return (spans[i] as number) - minute
  return (spans[0] as number) + WEEK_MINUTES - minute
}

function isClosedDate(window: TimeWindow, local: number): boolean {
  return window.closed_dates?.includes(dateOf(dayOf(local))) ?? false
}

/** Does the wall clock in the zone stand inside the hours? */
export function isOpen(window: TimeWindow, at: number): boolean {
  const local = at + offsetAt(window.zone, at)
  return endOfSpan(spansOf(window.hours), minuteOfWeek(local)) >= 0 && !isClosedDate(window, local)
}

/** The first instant at or after `at` when the window is open (`at` itself if it is); null if there is none in 400 days. */
export function nextOpen(window: TimeWindow, at: number): number | null {
  const spans = spansOf(window.hours)
  if (spans.length === 0) return null
  for (let now = at; now <= at + HORIZON_MS; ) {
    const { offset, until } = offsetRunAt(window.zone, now)
    const local = now + offset
    if (isClosedDate(window, local)) {
      now = nextLocalMinute(window.zone, 0, now + 1)
      continue
    }
    const minute = minuteOfWeek(local)
    if (endOfSpan(spans, minute) >= 0) return now
    const wholeMinute = Math.floor(local / MINUTE_MS) * MINUTE_MS
    // A change of offset before the opening may bring it nearer or skip it: look again from there.
    now = Math.min(wholeMinute + minutesToStart(spans, minute) * MINUTE_MS - offset, until)
  }
  return null
}

/** The first instant at or after `at` when the window is shut (`at` itself if it is); null if it stays open 400 days. */
export function closesAt(window: TimeWindow, at: number): number | null {
  const spans = spansOf(window.hours)
  for (let now = at; now <= at + HORIZON_MS; ) {
    const { offset, until } = offsetRunAt(window.zone, now)
    const local = now + offset
    const minute = minuteOfWeek(local)
    const end = endOfSpan(spans, minute)
    if (end < 0 || isClosedDate(window, local)) return now
    const wholeMinute = Math.floor(local / MINUTE_MS) * MINUTE_MS
    const midnight = (dayOf(local) + 1) * DAY_MS
    const spanEnd = wholeMinute + (end - minute) * MINUTE_MS
    now = Math.min((window.closed_dates ? Math.min(spanEnd, midnight) : spanEnd) - offset, until)
  }
  return null
}

/** `held_by` is the position of the first window that was still shut just before `at`; -1 if it is open from the start. */
export type CommonOpening = { at: number; held_by: number }

/** The first instant at or after `from` when every window is open at once; null if there is none in 400 days. */
export function nextOpenAll(windows: readonly TimeWindow[], from: number): CommonOpening | null {
  let at = from
  for (let agreed = 0, i = 0; agreed < windows.length; agreed += 1, i = (i + 1) % windows.length) {
    const opens = nextOpen(windows[i] as TimeWindow, at)
    if (opens === null || opens > from + HORIZON_MS) return null
    if (opens > at) {
      at = opens
      agreed = 0
    }
  }
  return { at, held_by: at === from ? -1 : windows.findIndex((window) => !isOpen(window, at - 1)) }
}

/** The first instant after `at` when one of the windows, all open at `at`, shuts; null if none does in 400 days. */
export function firstClosing(windows: readonly TimeWindow[], at: number): number | null {
  let first: number | null = null
  for (const window of windows) {
    const closes = closesAt(window, at)
    if (closes !== null && (first === null || closes < first)) first = closes
  }
  return first
}

/** The same hours on each of the given weekdays (ISO, 1 = Monday … 7 = Sunday); all seven unless told. */
export function weekOf(start: number, end: number, weekdays: readonly number[] = [1, 2, 3, 4, 5, 6, 7]): WeekHours {
  return [1, 2, 3, 4, 5, 6, 7].map((weekday) => (weekdays.includes(weekday) ? [[start, end] as const] : []))
}
