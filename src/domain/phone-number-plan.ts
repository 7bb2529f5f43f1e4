/**
 * Numbering plans, compiled once: libphonenumber-js's own metadata as anchored expressions.
 *
 * Takes bare digits; gives the number with country and kind, `none` where no way of reading the digits makes a number,
 * or `unsure`: ask the library. It never differs from the library; being unsure too often costs time, not truth.
 */
import metadata from 'libphonenumber-js/metadata.max.json'

export type NumberKind = 'mobile' | 'fixed' | 'toll_free' | 'premium' | 'other'
/** `national` is the significant number, without calling code and trunk prefix. */
export type PlannedNumber = { number: string; national: string; country: string | null; kind: NumberKind }

/** What the plans say of some digits. */
export type Finding = PlannedNumber | 'none' | 'unsure'

type Pattern = { lengths: number; whole: RegExp }
type Plan = {
  code: string
  country: string | null
  general: RegExp
  /** Bit n is set if n digits are possible. */
  lengths: number
  idd: Prefix | null
  trunk: Prefix | null
  leading: RegExp | null
  fixed: Pattern | null
  /** Null: the fixed-line pattern covers mobiles too, as in North America. */
  mobile: Pattern | null
  others: { kind: NumberKind; pattern: Pattern }[]
}
/** Most prefixes are plain digits, which need no expression. */
type Prefix = string | RegExp
type CallingCode = { main: Plan; plans: Plan[] }

/**
 * Places in the metadata's arrays; its order of types is that of the library's own getNumberType.
 * Shared-cost numbers charge the caller, so they count as premium.
 */
const at = { code: 0, idd: 1, general: 2, lengths: 3, trunk: 5, trunkForParsing: 7, leading: 10, types: 11 } as const
const otherTypes: [place: number, kind: NumberKind][] = [
  [3, 'premium'],
  [2, 'toll_free'],
  [9, 'premium'],
  [8, 'other'],
  [4, 'other'],
  [7, 'other'],
  [6, 'other'],
  [5, 'other'],
]

const anchored = (source: string | 0 | undefined) => (source ? new RegExp(`^(?:${source})`) : null)
const compilePrefix = (source: string | 0 | undefined) => (source && /^\d+$/.test(source) ? source : anchored(source))
const bits = (lengths: number[]) => lengths.reduce((mask, length) => mask | (1 << length), 0)

type RawType = readonly [source: string, lengths?: number[]] | null

function compilePattern(type: RawType, lengths: number): Pattern | null {
  if (!type?.[0]) return null
  return { lengths: type[1] ? bits(type[1]) : lengths, whole: new RegExp(`^(?:${type[0]})$`) }
}

function compilePlan(raw: unknown[], country: string | null): Plan {
  const types = ((raw[at.types] || []) as (RawType | 0)[]).map((type) => type || null)
  const lengths = bits(raw[at.lengths] as number[])
  return {
    code: raw[at.code] as string,
    country,
    general: new RegExp(`^(?:${raw[at.general]})$`),
    lengths,
    idd: compilePrefix(raw[at.idd] as string),
    trunk: compilePrefix((raw[at.trunkForParsing] || raw[at.trunk]) as string),
    leading: anchored(raw[at.leading] as string),
    fixed: compilePattern(types[0] ?? null, lengths),
    mobile: compilePattern(types[1] ?? null, lengths),
    others: otherTypes.flatMap(([place, kind]) => {
      const pattern = compilePattern(types[place] ?? null, lengths)
      return pattern ? [{ kind, pattern }] : []
    }),
  }
}

const planOfCountry = new Map<string, Plan>()
const callingCodes = new Map<string, CallingCode>()
for (const [code, countries] of Object.entries(metadata.country_calling_codes)) {
  const plans: Plan[] = []
  for (const country of countries) {
    const raw = metadata.countries[country]
    if (!raw) throw new Error(`No numbering plan of ${country}`)
    const plan = compilePlan(raw, country)
    planOfCountry.set(country, plan)
    plans.push(plan)
  }
  callingCodes.set(code, { main: plans[0] as Plan, plans })
}
for (const [code, raw] of Object.entries(metadata.nonGeographic)) {
  const plan = compilePlan(raw as unknown[], null)
  callingCodes.set(code, { main: plan, plans: [plan] })
}

const fits = (pattern: Pattern | null, digits: string) =>
  pattern !== null && (pattern.lengths & (1 << digits.length)) !== 0 && pattern.whole.test(digits)

/** A line that may be a mobile counts as one: the rules for mobiles are the stricter ones. */
function kindIn(plan: Plan, national: string): NumberKind | null {
  if (!plan.general.test(national)) return null
  if (fits(plan.fixed, national)) return plan.mobile && !fits(plan.mobile, national) ? 'fixed' : 'mobile'
  if (fits(plan.mobile, national)) return 'mobile'
  for (const { kind, pattern } of plan.others) if (fits(pattern, national)) return kind
  return null
}

function findIn({ plans, main }: CallingCode, national: string): PlannedNumber | null {
  for (const plan of plans) {
    if (plans.length > 1 && plan.leading && !plan.leading.test(national)) continue
    const kind = kindIn(plan, national)
    if (kind) return { number: `+${main.code}${national}`, national, country: plan.country, kind }
    // Leading digits settle the country; the library looks no further, so neither may we.
    if (plan.leading) return null
  }
  return null
}

/** How many digits the prefix takes at the front; -1 where it also rewrites the digits that follow. */
function prefixLength(prefix: Prefix | null, digits: string): number {
  if (prefix === null) return 0
  if (typeof prefix === 'string') return digits.startsWith(prefix) ? prefix.length : 0
  const match = prefix.exec(digits)
  if (!match) return 0
  return match.length > 1 && match[match.length - 1] !== undefined ? -1 : match[0].length
}

function callingCodeOf(digits: string): CallingCode | undefined {
  // Calling codes are prefix-free, so the first hit is the only one.
  return (
    callingCodes.get(digits.slice(0, 1)) ?? callingCodes.get(digits.slice(0, 2)) ?? callingCodes.get(digits.slice(0, 3))
  )
}

/** Digits after a `+`. */
export function findInternational(digits: string): Finding {
  const callingCode = callingCodeOf(digits)
  if (!callingCode) return 'none'
  const national = digits.slice(callingCode.main.code.length)
  if (prefixLength(callingCode.main.trunk, national) !== 0) return 'unsure'
  return findIn(callingCode, national) ?? (isNowhere(callingCode.main, national) ? 'none' : 'unsure')
}

/** Where a calling code's countries all decline, the library still asks the plan it started from. */
const isNowhere = (plan: Plan, national: string) => kindIn(plan, national) === null

/** Digits as dialed inside the country: with or without trunk prefix, calling code or international prefix. */
export function findNational(digits: string, country: string): Finding {
  const home = planOfCountry.get(country)
  if (!home) return 'unsure'
  const idd = prefixLength(home.idd, digits)
  if (idd !== 0) return idd < 0 || !/[1-9]/.test(digits[idd] ?? '') ? 'unsure' : findInternational(digits.slice(idd))
  const trunk = prefixLength(home.trunk, digits)
  if (trunk < 0) return 'unsure'
  const callingCode = callingCodes.get(home.code) as CallingCode
  const national = digits.slice(trunk)
  if ((home.lengths & (1 << national.length)) !== 0 && home.general.test(national)) {
    return findIn(callingCode, national) ?? 'unsure'
  }
  if (!digits.startsWith(home.code)) return isNumberAnyway(callingCode, home, digits, trunk) ? 'unsure' : 'none'
  const rest = digits.slice(home.code.length)
  if (prefixLength(home.trunk, rest) !== 0) return 'unsure'
  if (trunk === 0 && !home.general.test(digits) && home.general.test(rest)) return findInternational(digits)
  const withoutCode = isNumberAnyway(callingCode, home, rest, 0)
  return withoutCode || isNumberAnyway(callingCode, home, digits, trunk) ? 'unsure' : 'none'
}

/** Is it a number in any reading, with the trunk prefix or without, in any country of the calling code? */
function isNumberAnyway(callingCode: CallingCode, home: Plan, digits: string, trunk: number): boolean {
  const readings = trunk === 0 ? [digits] : [digits, digits.slice(trunk)]
  return readings.some((national) => findIn(callingCode, national) !== null || !isNowhere(home, national))
}

/** Whether the digits are fewer or more than any number of the country has, its calling code and trunk prefix aside. */
export function lengthFault(digits: string, country: string): 'too_short' | 'too_long' | null {
  const home = planOfCountry.get(country)
  if (!home) return null
  const lengths = [...Array(18).keys()].filter((length) => home.lengths & (1 << length))
  if (digits.length < (lengths[0] ?? 0)) return 'too_short'
  return digits.length > (lengths.at(-1) ?? 17) + home.code.length + 2 ? 'too_long' : null
}

/** Is this a country that has a numbering plan (ISO 3166 code in capitals)? */
export function hasPlan(country: string): boolean {
  return planOfCountry.has(country)
}

/** The calling code of a country with a plan, such as `92`. */
export function callingCodeOfCountry(country: string): string | null {
  return planOfCountry.get(country)?.code ?? null
}
