/**
 * What people write in a phone column, read as one number.
 *
 * Takes the cell's text and the rules of the list; gives an E.164 number with country, kind and extension, or what was
 * found and what was expected, in words for the import's report. It never guesses a missing digit and never lets an
 * emergency or short number through.
 */
import { type CountryCode, ParseError, parsePhoneNumberWithError } from 'libphonenumber-js/max'
import { cleanCell, type Digits, isShortened, scanDigits } from './phone-number-cell.ts'
import {
  callingCodeOfCountry,
  type Finding,
  findInternational,
  findNational,
  hasPlan,
  lengthFault,
  type NumberKind,
} from './phone-number-plan.ts'

export type NumberRules = {
  /** The ISO country of numbers that name none. */
  country: string
  /** Export artefacts such as `ap` and `b`, dropped (in any case) before digits or `+`. */
  drop_prefixes: readonly string[]
  /** Digits that are no number of the country but a valid one abroad are read as that. Default true. */
  allow_international_digits?: boolean
}
export type ReadNumber = {
  ok: true
  number: string
  country: string | null
  kind: NumberKind
  extension: string | null
}
export type RefusedNumber = { ok: false; found: string; expected: string }
export type NumberReading = ReadNumber | RefusedNumber

/** The library's types of line in our words; what isn't listed is `other`. */
const kinds: Record<string, NumberKind> = {
  MOBILE: 'mobile',
  FIXED_LINE_OR_MOBILE: 'mobile',
  FIXED_LINE: 'fixed',
  TOLL_FREE: 'toll_free',
  PREMIUM_RATE: 'premium',
  SHARED_COST: 'premium',
}

const reasons = {
  too_short: 'which has too few digits',
  too_long: 'which has too many digits',
  no_country: 'whose country code does not exist',
  no_plan: 'which no numbering plan has',
  no_number: 'which is not a phone number',
} as const
type Reason = (typeof reasons)[keyof typeof reasons]
const libraryReasons: Record<string, Reason> = {
  TOO_SHORT: reasons.too_short,
  TOO_LONG: reasons.too_long,
  INVALID_COUNTRY: reasons.no_country,
  NOT_A_NUMBER: reasons.no_number,
}

/** Up to six digits that no plan knows are a short code: the longest service codes in use (116 xxx) have six. */
const SHORT_DIGITS = 6
/** Refused even where a plan has a subscriber so: ITU-T E.161.1 recommends 112 and 911; the rest are common. */
const emergencyNumbers = new Set(['112', '911', '999', '000', '110', '111', '113', '115', '118', '119'])
/** Numbers of social value, harmonised by Commission Decision 2007/116/EC. */
const socialNumber = /^116\d{3}$/

function refuse(text: string, why: string, expected: string): RefusedNumber {
  return { ok: false, found: `“${text.length > 40 ? `${text.slice(0, 40)}…` : text}”, ${why}`, expected }
}

const expectedIn = (country: string) => `one phone number of ${country}, or one with + and its country code`
const refuseShort = (text: string) => refuse(text, 'an emergency or short number', "a subscriber's full number")

/** The library's word, for what the compiled plans leave open. */
function askLibrary(text: string, country: string): ReadNumber | Reason {
  try {
    const parsed = parsePhoneNumberWithError(text, { defaultCountry: country as CountryCode, extract: false })
    const type = parsed.getType()
    if (!type || !parsed.isValid()) return reasons.no_plan
    const kind = kinds[type] ?? 'other'
    return { ok: true, number: parsed.number, country: parsed.country ?? null, kind, extension: parsed.ext ?? null }
  } catch (error) {
    if (!(error instanceof ParseError)) throw error
    return libraryReasons[error.message] ?? reasons.no_plan
  }
}

function settle(finding: Finding, text: string, country: string): ReadNumber | Reason {
  if (finding === 'none') return reasons.no_plan
  if (finding === 'unsure') return askLibrary(text, country)
  return { ok: true, number: finding.number, country: finding.country, kind: finding.kind, extension: null }
}

/** Digits that were no number at home, as they would be dialed from a phone abroad. */
function abroad(digits: string, rules: NumberRules): string | null {
  // 00 and 011 mean "abroad" to people everywhere, whatever their own country's prefix is.
  const prefixed = /^(?:00|011)([1-9]\d+)$/.exec(digits)?.[1]
  if (prefixed) return prefixed
  return digits[0] !== '0' && (rules.allow_international_digits ?? true) ? digits : null
}

function readDigits({ digits, international }: Digits, text: string, rules: NumberRules): NumberReading {
  // Three digits more than a short code has: room for a calling code before it.
  if (digits.length <= SHORT_DIGITS + 3 && isEmergencyOrShort(text, rules.country)) return refuseShort(text)
  if (international) {
    const answer = settle(findInternational(digits), `+${digits}`, rules.country)
    return typeof answer === 'string' ? refuse(text, answer, expectedIn(rules.country)) : answer
  }
  const answer = settle(findNational(digits, rules.country), digits, rules.country)
  if (typeof answer !== 'string') return answer
  const elsewhere = abroad(digits, rules)
  const second = elsewhere && settle(findInternational(elsewhere), `+${elsewhere}`, rules.country)
  if (second && typeof second !== 'string') return second
  const fault = lengthFault(digits, rules.country)
  return refuse(text, fault ? reasons[fault] : answer, expectedIn(rules.country))
}

/** Reads one cell of a phone column. Throws on a default country without a numbering plan: that is a setting's fault. */
export function readNumber(raw: string, rules: NumberRules): NumberReading {
  if (!hasPlan(rules.country)) throw new RangeError(`No numbering plan of country ${rules.country}`)
  const asWritten = scanDigits(raw)
  if (asWritten) return readDigits(asWritten, raw, rules)
  const text = cleanCell(raw, rules.drop_prefixes)
  if (text === '') return { ok: false, found: 'an empty cell', expected: 'a phone number' }
  if (isShortened(text)) {
    const expected = 'all its digits: format the column as text and export again'
    return refuse(text, 'which a spreadsheet shortened', expected)
  }
  const cleaned = scanDigits(text)
  if (cleaned) return readDigits(cleaned, text, rules)
  const answer = askLibrary(text, rules.country)
  if (typeof answer === 'string') return refuse(text, answer, expectedIn(rules.country))
  return isDialable(answer.number) ? answer : refuseShort(text)
}

const isService = (national: string) => emergencyNumbers.has(national) || socialNumber.test(national)

/** True for 112, 911 and their like as they are dialed at home, whatever else they may be at an exchange. */
export function isEmergencyService(digits: string): boolean {
  return isService(digits)
}

/** True for 112, 911 and their like, with or without calling code, and for codes too short to be a subscriber's. */
export function isEmergencyOrShort(raw: string, country: string): boolean {
  const text = raw.trim()
  let digits = text.replace(/\D/g, '')
  if (text.startsWith('+')) {
    const found = findInternational(digits)
    if (typeof found !== 'string') return isService(found.national)
    const code = callingCodeOfCountry(country) ?? ''
    if (digits.startsWith(code)) digits = digits.slice(code.length)
  }
  if (digits === '' || digits.length > SHORT_DIGITS) return false
  return isService(digits) || typeof findNational(digits, country) === 'string'
}

/** Country and kind of a valid E.164 number; null for every other text, and for emergency and short numbers. */
export function describeNumber(e164: string): { country: string | null; kind: NumberKind } | null {
  if (!/^\+\d{5,17}$/.test(e164)) return null
  const found = findInternational(e164.slice(1))
  if (found === 'none') return null
  if (found !== 'unsure') return isService(found.national) ? null : found
  const answer = askLibrary(e164, 'US')
  return typeof answer !== 'string' && answer.number === e164 && !isEmergencyOrShort(e164, 'US') ? answer : null
}

/** The country an E.164 number belongs to; null where it belongs to none (satellites, +800) or isn't a number. */
export function callingCountry(e164: string): string | null {
  return describeNumber(e164)?.country ?? null
}

/** May a campaign dial this? A valid E.164 number, and no emergency or short one. */
export function isDialable(e164: string): boolean {
  return describeNumber(e164) !== null
}
