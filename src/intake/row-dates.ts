import { offsetAt } from '#domain/zone-offset.ts'

export type DateOrder = 'day_first' | 'month_first'

export interface DateRules {
  order: DateOrder
  /** Whose clock a time without zone means. */
  zone: string
}

export interface ReadDate {
  /** The instant; of a bare date its midnight UTC, as it is shown again. */
  at: number
  /** The instant at which it begins on the clocks of the zone. */
  begins_at: number
}

const isoDate = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(.*)$/
const localDate = /^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d{2})(.*)$/
const dayNamed = /^(\d{1,2})[-. ]+([A-Za-z]{3,9})[-., ]+(\d{4})(.*)$/
const monthNamed = /^([A-Za-z]{3,9})[. ]+(\d{1,2})(?:st|nd|rd|th)?,? +(\d{4})(.*)$/
const timeOfDay =
  /^(?:T| +)(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)? ?([AaPp][Mm])? ?(Z|[+-]\d{2}:?\d{2}|[+-]\d{2}|UTC)?$/
const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']

/** Reads a date or a time as lists have them; null for anything that is none, 31 February included. */
export function readDate(raw: string, rules: DateRules): ReadDate | null {
  const text = raw.trim()
  const found = splitDate(text, rules.order)
  if (!found) return null
  const { year, month, day, rest } = found
  const date = Date.UTC(year, month - 1, day)
  if (new Date(date).getUTCDate() !== day || month < 1 || month > 12 || year < 1900 || year > 2200) return null
  if (rest.trim() === '') return { at: date, begins_at: toInstant(date, rules.zone) }
  const time = timeOfDay.exec(rest)
  if (!time) return null
  const [, hours = '', minutes = '', seconds = '0', half, zone] = time
  const hour = (Number(hours) % (half ? 12 : 24)) + (half && /p/i.test(half) ? 12 : 0)
  if (Number(hours) > 23 || Number(minutes) > 59 || Number(seconds) > 59) return null
  const local = date + ((hour * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000
  const at = zone ? local - offsetOf(zone) : toInstant(local, rules.zone)
  return { at, begins_at: at }
}

interface DateParts {
  year: number
  month: number
  day: number
  rest: string
}

function splitDate(text: string, order: DateOrder): DateParts | null {
  const iso = isoDate.exec(text) ?? /^(\d{4})(\d{2})(\d{2})(?=$|T)(.*)$/.exec(text)
  if (iso) return parts(iso[1], iso[2], iso[3], iso[4])
  const named = dayNamed.exec(text)
  if (named) return parts(named[3], monthOf(named[2]), named[1], named[4])
  const spoken = monthNamed.exec(text)
  if (spoken) return parts(spoken[3], monthOf(spoken[1]), spoken[2], spoken[4])
  const local = localDate.exec(text)
  if (!local) return null
  const [, first = '', second = '', year = '', rest] = local
  const full = year.length === 2 ? `20${year}` : year
  // Whatever the order, a 13th month is a day; dots are never month first.
  const dayFirst = text.includes('.') || Number(first) > 12 || (order === 'day_first' && Number(second) <= 12)
  return dayFirst ? parts(full, second, first, rest) : parts(full, first, second, rest)
}

function parts(year = '', month: string | number = '', day = '', rest = ''): DateParts {
  return { year: Number(year), month: Number(month), day: Number(day), rest }
}

function monthOf(name = ''): number {
  return months.indexOf(name.slice(0, 3).toLowerCase()) + 1
}

function offsetOf(zone: string): number {
  const [, sign, hours = '0', minutes = '0'] = /^([+-])(\d{2}):?(\d{2})?$/.exec(zone) ?? []
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000
}

/** The instant at which the zone's clock shows what `local` would show in UTC. */
function toInstant(local: number, zone: string): number {
  return local - offsetAt(zone, local - offsetAt(zone, local))
}
