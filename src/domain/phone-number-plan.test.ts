import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import examples from 'libphonenumber-js/examples.mobile.json'
import {
  type CountryCode,
  getCountries,
  getCountryCallingCode,
  parsePhoneNumberFromString,
} from 'libphonenumber-js/max'
import { type Finding, findInternational, findNational } from './phone-number-plan.ts'

const kinds: Record<string, string> = {
  MOBILE: 'mobile',
  FIXED_LINE_OR_MOBILE: 'mobile',
  FIXED_LINE: 'fixed',
  TOLL_FREE: 'toll_free',
  PREMIUM_RATE: 'premium',
  SHARED_COST: 'premium',
}
const library = (text: string, country: CountryCode) => {
  const parsed = parsePhoneNumberFromString(text, { defaultCountry: country, extract: false })
  if (!parsed?.isValid()) return null
  return { number: parsed.number, country: parsed.country ?? null, kind: kinds[parsed.getType() ?? ''] ?? 'other' }
}
const shown = (finding: Finding) =>
  typeof finding === 'string' ? finding : { number: finding.number, country: finding.country, kind: finding.kind }

const countries = getCountries()
const digitsArb = (minLength: number, maxLength: number) =>
  fc.array(fc.integer({ min: 0, max: 9 }), { minLength, maxLength }).map((digits) => digits.join(''))

/** Numbers near the truth: a real number of the country with its end rolled, cut or lengthened; and plain noise. */
const nationalArb = (country: CountryCode) =>
  fc.oneof(
    {
      weight: 5,
      arbitrary: fc.tuple(fc.integer({ min: 1, max: 8 }), digitsArb(1, 9)).map(([keep, end]) => {
        const example = examples[country] ?? '2125550100'
        const rolled = example.slice(0, keep) + end
        return end.length % 3 === 0 ? rolled : rolled.padEnd(example.length, '0').slice(0, example.length)
      }),
    },
    { weight: 1, arbitrary: digitsArb(1, 14) },
  )
const caseArb = fc
  .constantFrom(...countries)
  .chain((country) => fc.record({ country: fc.constant(country), national: nationalArb(country), form: fc.nat(5) }))

test('never differs from the library, and is seldom unsure', () => {
  let unsure = 0
  let valid = 0
  const runs = 40_000
  fc.assert(
    fc.property(caseArb, ({ country, national, form }) => {
      const code = getCountryCallingCode(country)
      const text = [national, `0${national}`, `1${national}`, `${code}${national}`, `00${code}${national}`, national][
        form
      ]
      const digits = form === 5 ? code + national : (text as string)
      const finding = form === 5 ? findInternational(digits) : findNational(digits, country)
      if (finding === 'unsure') {
        unsure += 1
        return
      }
      const truth = library(form === 5 ? `+${digits}` : digits, country)
      if (truth) valid += 1
      assert.deepEqual(shown(finding), truth ?? 'none', `${country} ${form} ${digits}`)
    }),
    { numRuns: runs },
  )
  assert.ok(unsure / runs < 0.2, `unsure of ${unsure}`)
  assert.ok(valid / runs > 0.15, `only ${valid} valid numbers were tried`)
})

test('agrees on numbers of no country', () => {
  for (const number of ['80012345678', '870773111632', '88213612345', '99912345678', '0', '']) {
    assert.deepEqual(shown(findInternational(number)), library(`+${number}`, 'US') ?? 'none', number)
  }
})

test('tells the countries of one calling code apart', () => {
  const countryOf = (digits: string) => {
    const found = findInternational(digits)
    return typeof found === 'string' ? found : found.country
  }
  assert.equal(countryOf('12125550100'), 'US')
  assert.equal(countryOf('14165550100'), 'CA')
  assert.equal(countryOf('18765550100'), 'JM')
  assert.equal(countryOf('77011234567'), 'KZ')
  assert.equal(countryOf('441534123456'), 'JE')
})
