import { z } from 'zod'

/** Pieces that the schemas of every noun are made of. */
export const id = z.uuid()
export const instant = z.date()
export const ids = z.object({ id })

/** A short text of people's: at least one visible character. */
export const name = z.string().trim().min(1).max(200)
/** The name a workspace calls under. */
export const brand = z.string().trim().min(1).max(200)
export const longText = z.string().max(20_000)
export const timeZone = z
  .string()
  .max(64)
  .refine((zone) => isTimeZone(zone), 'must be an IANA time zone such as Europe/London')
/** A time of day; 24:00 is midnight at the day's end. */
export const timeOfDay = z.string().regex(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/, 'must be a time such as 09:00')
export const country = z
  .string()
  .regex(/^[A-Za-z]{2}$/, 'must be a country code such as US')
  .transform((code) => code.toUpperCase())
/** A BCP 47 tag, in its canonical spelling. */
export const language = z
  .string()
  .max(35)
  .refine((tag) => canonicalTag(tag) !== null, 'must be a language tag such as en-GB')
  .transform((tag) => canonicalTag(tag) ?? tag)
export const email = z.email().max(320)
/** An instant as a request carries it. */
export const instantText = z.iso.datetime({ offset: true })
export const day = z.iso.date()
/** Holidays: each day once, in order. */
export const closedDates = z
  .array(day)
  .max(1000)
  .transform((days) => [...new Set(days)].sort())
/** Free values of the caller's own. 20,000 characters hold any form and keep rows small. */
export const freeObject = z
  .record(z.string().max(200), z.unknown())
  .refine((value) => JSON.stringify(value).length <= 20_000, 'must be at most 20,000 characters of JSON')

export const pageQuery = {
  limit: z.coerce.number().int().min(1).max(1000).default(50),
  cursor: z.string().max(1000).exactOptional(),
}

/** A list's sort: a column, with a minus for descending. */
export function sortQuery<const Sort extends string>(columns: readonly Sort[], standard: Sort | `-${Sort}`) {
  const values = columns.flatMap((column): (Sort | `-${Sort}`)[] => [column, `-${column}`])
  return z.enum(values as [Sort | `-${Sort}`, ...(Sort | `-${Sort}`)[]]).default(standard as never)
}

/** `?active=true`. */
export const flagQuery = z
  .enum(['true', 'false'])
  .transform((text) => text === 'true')
  .exactOptional()

/** `?status=active,paused`. */
export function listQuery<const Value extends string>(values: readonly Value[]) {
  return z
    .string()
    .max(500)
    .transform((text) => text.split(','))
    .pipe(z.array(z.enum(values as unknown as [Value, ...Value[]])).max(50))
    .exactOptional()
}

/** A page of a list. */
export function pageOf<Item extends z.ZodType>(item: Item) {
  return z.object({ data: z.array(item), next_cursor: z.string().nullable() })
}

export const nothing = z.undefined()

function canonicalTag(tag: string): string | null {
  try {
    return Intl.getCanonicalLocales(tag)[0] ?? null
  } catch {
    return null
  }
}

function isTimeZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone })
    return /^[A-Za-z]/.test(zone)
  } catch {
    return false
  }
}
