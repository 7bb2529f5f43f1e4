/**
 * A rule pack as it is written → as it is asked. The packs that come with the house and those of workspaces go through
 * this one door; whatever is wrong is told with the place where it stands.
 *
 * Hours are written per day or span of days, `{"mon-sat": "08:00-20:00", "sun": "12:00-14:00, 15:00-20:00"}`; a day that
 * is not named is closed, and a span may end on the next day.
 */
import { z } from 'zod'
import type { WeekHours } from '../calling-hours.ts'
import holidays from './holidays.data.json' with { type: 'json' }
import type { RulePack, RuleRows } from './rule-pack.ts'

const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']
const keptHolidays: Readonly<Record<string, readonly string[]>> = holidays.dates
/** As far back as the dials to a number are read, and as many of them. */
const longestPeriodHours = 168
const mostCalls = 100

const day = z
  .string()
  .regex(/^(mon|tue|wed|thu|fri|sat|sun)(-(mon|tue|wed|thu|fri|sat|sun))?$/, 'is no day or span of days')
const time = '(?:[01]\\d|2[0-3]):[0-5]\\d'
const span = `${time}-(?:${time}|24:00)`
const spans = z.string().regex(new RegExp(`^${span}(?:, ?${span})*$`), 'must be as in 08:00-20:00')

const writtenHours = z.record(day, spans).superRefine((week, issues) => {
  const named = Object.keys(week).flatMap(daysOf)
  const twice = named.find((each, index) => named.indexOf(each) !== index)
  if (twice !== undefined) issues.addIssue({ code: 'custom', message: `names ${weekdays[twice]} twice` })
  for (const [name, text] of Object.entries(week)) {
    const empty = text.split(/, ?/).find((each) => each.slice(0, 5) === each.slice(6))
    if (empty === undefined) continue
    const message = `${name}: ${empty} opens and closes at once; the whole day is 00:00-24:00`
    issues.addIssue({ code: 'custom', message })
  }
})

const written = {
  hours: writtenHours,
  closed_dates: z.union([
    z.strictObject({ holidays_of: z.enum(Object.keys(keptHolidays) as [string, ...string[]]) }),
    z.array(z.iso.date()).min(1).max(1000),
  ]),
  attempts: z.strictObject({
    calls: z.number().int().min(1).max(mostCalls),
    within_hours: z.number().positive().max(longestPeriodHours),
  }),
  destinations: z.strictObject({
    countries: z
      .array(z.string().regex(/^[A-Z]{2}$/, 'is no country code'))
      .min(1)
      .max(250)
      .optional(),
    prefixes: z
      .array(z.string().regex(/^\+[1-9]\d{0,9}$/, 'is no prefix such as +9230'))
      .min(1)
      .max(1000)
      .optional(),
    premium: z.boolean().default(false),
  }),
  voice_consent: z.strictObject({
    marketing: z.enum(['stated', 'express', 'written']),
    information: z.enum(['stated', 'express', 'written']),
  }),
  ring_floor_seconds: z.number().int().min(1).max(120),
  abandon_cap: z.strictObject({ percent: z.number().min(0).max(100), period_days: z.number().int().positive() }),
  abandon_limit: z.strictObject({
    within_ms: z.number().int().positive(),
    from: z.enum(['speech_start', 'greeting_end']),
  }),
  exemptions: z.string().min(1).max(100),
}

function rowsOf<T extends z.ZodType>(value: T) {
  const row = z.strictObject({
    id: z
      .string()
      .regex(/^[a-z][a-z0-9_]*(\/[a-z0-9_]+)+$/, 'must be as in us/fl/hours')
      .max(100),
    value,
    source: z.string().trim().min(5, 'is too short to be a source').max(500),
    checked: z.boolean().default(false),
    note: z.string().max(1000).optional(),
    country: z
      .string()
      .regex(/^[A-Z]{2}$/, 'is no country code')
      .optional(),
    state: z
      .string()
      .regex(/^[A-Z]{2}$/, 'is no code of a state')
      .optional(),
    voice: z.literal('artificial').optional(),
  })
  return z.array(row).max(500).default([])
}

/** The rows as they are written, each with its source. */
export const writtenRows = z.strictObject({
  hours: rowsOf(written.hours),
  closed_dates: rowsOf(written.closed_dates),
  attempts: rowsOf(written.attempts),
  destinations: rowsOf(written.destinations),
  voice_consent: rowsOf(written.voice_consent),
  ring_floor_seconds: rowsOf(written.ring_floor_seconds),
  abandon_cap: rowsOf(written.abandon_cap),
  abandon_limit: rowsOf(written.abandon_limit),
  exemptions: rowsOf(written.exemptions),
})

/** What a workspace may say for itself; how long a phone rings and who waits are the campaign's settings and the law's. */
export const ownRows = writtenRows.omit({ ring_floor_seconds: true, abandon_cap: true, abandon_limit: true })
export type OwnRows = z.output<typeof ownRows>

export const writtenPack = writtenRows.extend({
  id: z.string().regex(/^[a-z]+$/),
  version: z.string().min(1),
  countries: z.array(z.string().regex(/^[A-Z]{2}$/)),
})

export type WrittenRules = z.output<typeof writtenRows>

export type WrittenPack = z.output<typeof writtenPack>

/** A pack as it is asked: hours by weekday, dates by name, periods in ms. */
export function readPack({ hours, closed_dates, attempts, ...rest }: WrittenPack): RulePack {
  return {
    ...rest,
    hours: hours.map((row) => ({ ...row, value: toWeek(row.value) })),
    closed_dates: closed_dates.map((row) => ({ ...row, value: toDates(row.value) })),
    attempts: attempts.map(({ value: { calls, within_hours }, ...row }) => {
      return { ...row, value: { calls, within_ms: within_hours * 3_600_000 } }
    }),
  }
}

/** Every row of a pack, of whatever kind. */
export function allRows(pack: RuleRows | WrittenRules) {
  const { hours, closed_dates, attempts, destinations, voice_consent, exemptions } = pack
  const { ring_floor_seconds, abandon_cap, abandon_limit } = pack
  const calling = [...hours, ...closed_dates, ...attempts, ...destinations, ...voice_consent, ...exemptions]
  return [...calling, ...ring_floor_seconds, ...abandon_cap, ...abandon_limit]
}

/** Indexes of the days, 0 = Monday, of `mon` or `sat-mon`. */
function daysOf(name: string): number[] {
  const [first = '', last = first] = name.split('-')
  const from = weekdays.indexOf(first)
  const count = ((weekdays.indexOf(last) - from + 7) % 7) + 1
  return Array.from({ length: count }, (_, index) => (from + index) % 7)
}

function toDates(value: string[] | { holidays_of: string }): readonly string[] {
  return Array.isArray(value) ? value : (keptHolidays[value.holidays_of] as readonly string[])
}

function toWeek(week: Record<string, string>): WeekHours {
  const days: [number, number][][] = weekdays.map(() => [])
  for (const [name, text] of Object.entries(week)) {
    for (const index of daysOf(name)) days[index] = text.split(/, ?/).map(toSpan)
  }
  return days
}

function toSpan(text: string): [number, number] {
  const [from = '', to = ''] = text.split('-')
  return [minuteOf(from), minuteOf(to)]
}

function minuteOf(text: string): number {
  return Number(text.slice(0, 2)) * 60 + Number(text.slice(3))
}
