import i18next from 'i18next'

/** Days of a zone, both included, as an address says them; none are all days. */
export interface Days {
  since?: string | undefined
  until?: string | undefined
  zone?: string | undefined
}

/** Of whoever looks. */
export const ownZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone

const dayMs = 86_400_000

/** The days that end today where somebody looks. */
export function lastDays(count: number, zone = ownZone()): Required<{ [Name in keyof Days]: string }> {
  const day = (at: number) => new Intl.DateTimeFormat('en-CA', { timeZone: zone }).format(at)
  return { since: day(Date.now() - (count - 1) * dayMs), until: day(Date.now()), zone }
}

const readDay = (value: unknown) => (typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value) ? value : undefined)

export function readDays({ since, until, zone }: Record<string, unknown>): Days {
  return {
    ...(readDay(since) && { since: readDay(since) }),
    ...(readDay(until) && { until: readDay(until) }),
    ...(typeof zone === 'string' && zone !== '' && { zone: zone.slice(0, 64) }),
  }
}

/** A day as it is, whatever zone its reader is in. */
export const showDate = (day: string, style: 'short' | 'medium' = 'medium'): string =>
  new Intl.DateTimeFormat(i18next.language, {
    ...(style === 'short' ? { day: 'numeric', month: 'short' } : { dateStyle: 'medium' }),
    timeZone: 'UTC',
  }).format(Date.parse(day))

/** Monday is 1; 2024 began on one. */
export const showWeekday = (day: number): string =>
  new Intl.DateTimeFormat(i18next.language, { weekday: 'short', timeZone: 'UTC' }).format(Date.UTC(2024, 0, day))

/** A moment on a clock of somewhere, with its zone. */
export const showMomentIn = (iso: string, zone: string): string =>
  new Intl.DateTimeFormat(i18next.language, {
    ...{ year: 'numeric', month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit', second: '2-digit' },
    ...{ timeZone: zone, timeZoneName: 'short' },
  } as Intl.DateTimeFormatOptions).format(new Date(iso))

/** A moment of about now, on the clock of whoever looks. */
export const showShortMoment = (iso: string): string =>
  new Intl.DateTimeFormat(i18next.language, {
    ...{ month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit' },
    ...(new Date(iso).getFullYear() !== new Date().getFullYear() && { year: 'numeric' }),
  } as Intl.DateTimeFormatOptions).format(new Date(iso))
