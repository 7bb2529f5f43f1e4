import i18next from 'i18next'

const byLanguage = <Format>(make: (language: string) => Format) => {
  const made = new Map<string, Format>()
  return (): Format => {
    const { language } = i18next
    const known = made.get(language)
    if (known !== undefined) return known
    const fresh = make(language)
    made.set(language, fresh)
    return fresh
  }
}

const whole = byLanguage((language) => new Intl.NumberFormat(language, { maximumFractionDigits: 0 }))
const short = byLanguage((language) => new Intl.NumberFormat(language, { notation: 'compact' }))
const share = byLanguage((language) => new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 1 }))
const moment = byLanguage((language) => new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' }))
const clock = byLanguage((language) => new Intl.DateTimeFormat(language, { timeStyle: 'medium' }))
const minute = byLanguage((language) => new Intl.DateTimeFormat(language, { timeStyle: 'short' }))
const date = byLanguage((language) => new Intl.DateTimeFormat(language, { day: 'numeric', month: 'long' }))
const kilobytes = byLanguage(
  (language) => new Intl.NumberFormat(language, { style: 'unit', unit: 'kilobyte', maximumFractionDigits: 0 }),
)
const ago = byLanguage((language) => new Intl.RelativeTimeFormat(language, { numeric: 'auto' }))

export const showCount = (count: number): string => whole().format(count)
export const showShort = (count: number): string => (count < 10_000 ? showCount(count) : short().format(count))
/** `part` from 0 to 1. */
export const showShare = (part: number): string => share().format(part)
export const showMoment = (iso: string): string => moment().format(new Date(iso))

/** On the clock of a zone, which is named. */
export const showMomentIn = (iso: string, timeZone: string): string =>
  `${new Intl.DateTimeFormat(i18next.language, { dateStyle: 'medium', timeStyle: 'short', timeZone }).format(new Date(iso))} (${timeZone})`

/** A day without a time, such as 2026-03-04. */
export const showDate = (day: string): string =>
  new Intl.DateTimeFormat(i18next.language, { dateStyle: 'medium', timeZone: 'UTC' }).format(
    new Date(`${day}T00:00:00Z`),
  )

/** Monday is 1, as ISO 8601 counts; 2024 began on one. */
export const nameOfDay = (day: number, weekday: 'short' | 'long' = 'short'): string =>
  new Intl.DateTimeFormat(i18next.language, { weekday, timeZone: 'UTC' }).format(Date.UTC(2024, 0, day))

/** The time of day, to the second. */
export const showTime = (iso: string): string => clock().format(new Date(iso))

/** The time of day, to the minute. */
export const showMinute = (at: string | number): string => minute().format(new Date(at))

/** Words of somebody else's inside a sentence: they run in their own direction and leave the sentence's alone. */
export const isolate = (text: string): string => `\u2068${text}\u2069`

export const showBytes = (bytes: number): string => kilobytes().format(bytes / 1000)

export const showDay = (day: Date): string => date().format(day)

export const showMoney = (amount: number, currency: string): string =>
  new Intl.NumberFormat(i18next.language, { style: 'currency', currency }).format(amount)

const steps: [Intl.RelativeTimeFormatUnit, number][] = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
]

/** Such as "3 hours ago", in the largest unit that fits. */
export function showAgo(iso: string, now = Date.now()): string {
  const seconds = (Date.parse(iso) - now) / 1000
  const [unit, size] = steps.find(([, size]) => Math.abs(seconds) >= size) ?? (['minute', 60] as const)
  return ago().format(Math.round(seconds / size), unit)
}

/** Such as 4:07, or 1:04:07 from an hour on. */
export function showAge(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000))
  const two = (count: number) => String(count).padStart(2, '0')
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60]
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`
}

/** A weekday and a time on the clock of a zone. */
export const showTimeIn = (at: number, zone: string): string =>
  new Intl.DateTimeFormat(i18next.language, {
    weekday: 'short',
    hour: 'numeric',
    minute: '2-digit',
    timeZone: zone,
  }).format(at)

/** The name of a country, by its two letters. */
export const showPlace = (country: string): string =>
  new Intl.DisplayNames(i18next.language, { type: 'region' }).of(country) ?? country
