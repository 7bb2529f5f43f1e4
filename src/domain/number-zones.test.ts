import assert from 'node:assert/strict'
import { test } from 'node:test'
import examples from 'libphonenumber-js/examples.mobile.json'
import { getCountries, getCountryCallingCode } from 'libphonenumber-js/max'
import table from './number-zones.data.json' with { type: 'json' }
import {
  findWhereabouts,
  type PersonPlace,
  regionsOfNumber,
  zonesOfCountry,
  zonesOfNumber,
  zonesOfPerson,
} from './number-zones.ts'
import { regionsOfPostcode } from './number-zones-postcode.ts'
import { isZone } from './zone-offset.ts'

const person = (about: Partial<PersonPlace>): PersonPlace => ({
  number: '+12125550100',
  zone: null,
  country: null,
  region: null,
  postcode: null,
  ...about,
})

test('an area code has its zones, both where it lies in two', () => {
  assert.deepEqual(zonesOfNumber('+12125550100'), ['America/New_York'])
  assert.deepEqual(zonesOfNumber('+18505550100'), ['America/Chicago', 'America/New_York'])
  assert.deepEqual(zonesOfNumber('+19285550100'), ['America/Denver', 'America/Phoenix'])
  assert.deepEqual(zonesOfNumber('+14165550100'), ['America/Toronto'])
  assert.deepEqual(zonesOfNumber('+17875550100'), ['America/Puerto_Rico'])
})

test('an overlay lies where the older area code lies', () => {
  for (const [older, newer] of [
    ['850', '448'],
    ['270', '364'],
    ['541', '458'],
    ['407', '689'],
  ]) {
    assert.deepEqual(zonesOfNumber(`+1${newer}5550100`), zonesOfNumber(`+1${older}5550100`), newer)
  }
})

test('the longest prefix decides abroad', () => {
  assert.deepEqual(zonesOfNumber('+923001234567'), ['Asia/Karachi'])
  assert.deepEqual(zonesOfNumber('+442079460018'), ['Europe/London'])
  assert.deepEqual(zonesOfNumber('+74012345678'), ['Europe/Kaliningrad'])
  assert.deepEqual(zonesOfNumber('+919812345678'), ['Asia/Kolkata'])
})

test('a number that is tied to no place may be anywhere in its country', () => {
  assert.deepEqual(zonesOfNumber('+18005550199'), zonesOfCountry('US'))
  assert.deepEqual(zonesOfNumber('+79123456789'), zonesOfCountry('RU'))
  assert.deepEqual(zonesOfNumber('+61412345678'), zonesOfCountry('AU'))
  assert.ok(zonesOfCountry('US').includes('Pacific/Honolulu'))
  assert.equal(regionsOfNumber('+18005550199'), null)
  assert.deepEqual(zonesOfNumber('+80012345678'), [])
})

test('states of a number', () => {
  assert.deepEqual(regionsOfNumber('+13055550100'), ['FL'])
  assert.deepEqual(regionsOfNumber('+19025550100'), ['NS', 'PE'])
  assert.deepEqual(regionsOfNumber('+923001234567'), [])
  assert.deepEqual(regionsOfNumber('+18765550100'), [])
})

test('zone beats state, state beats postcode, postcode beats number', () => {
  const rich = person({ zone: 'Europe/Paris', region: 'CA', postcode: '32501' })
  assert.deepEqual(zonesOfPerson(rich), ['Europe/Paris'])
  assert.deepEqual(findWhereabouts(rich).regions, ['CA'])
  assert.deepEqual(zonesOfPerson({ ...rich, zone: null }), ['America/Los_Angeles'])
  assert.deepEqual(zonesOfPerson({ ...rich, zone: null, region: null }), ['America/New_York', 'America/Chicago'])
  assert.deepEqual(zonesOfPerson(person({ region: 'Florida' })), ['America/New_York', 'America/Chicago'])
  assert.deepEqual(zonesOfPerson(person({ zone: 'nonsense', region: 'Atlantis', postcode: 'x' })), ['America/New_York'])
})

test('a stated country reads the state and adds its law', () => {
  const emigrant = findWhereabouts(person({ number: '+923001234567', country: 'us', region: 'TX' }))
  assert.deepEqual(emigrant.countries, ['PK', 'US'])
  assert.deepEqual(emigrant.zones, ['America/Chicago', 'America/Denver'])
  assert.equal(findWhereabouts(person({ number: '+923001234567', country: 'US' })).regions, null)
  assert.deepEqual(findWhereabouts(person({ country: 'Utopia' })).countries, ['US'])
})

test('postcodes, with the zeros that spreadsheets drop', () => {
  assert.deepEqual(regionsOfPostcode('US', '2139'), ['MA'])
  assert.deepEqual(regionsOfPostcode('US', '90210-1234'), ['CA'])
  assert.deepEqual(regionsOfPostcode('CA', 'k1a 0b1'), ['ON'])
  assert.equal(regionsOfPostcode('US', '00000'), null)
  assert.equal(regionsOfPostcode('GB', 'SW1A 1AA'), null)
})

test('every zone named is one, and every country has a mobile number with a zone', () => {
  for (const zone of [...table.zone_sets, ...Object.values(table.countries), ...Object.values(table.regions)].flat()) {
    assert.ok(isZone(zone), zone)
  }
  for (const country of getCountries()) {
    assert.ok(zonesOfCountry(country).length > 0, country)
    const number = `+${getCountryCallingCode(country)}${examples[country]}`
    assert.ok(zonesOfNumber(number).length > 0, `${country} ${number}`)
  }
})

test('every area code of a state lies in zones of that state', () => {
  for (const [code, [set, regions]] of Object.entries(table.area_codes) as [string, [number, string]][]) {
    if (regions === '') continue
    const allowed = regions.split(' ').flatMap((region) => (table.regions as Record<string, string[]>)[region] ?? [])
    const strange = (table.zone_sets[set] ?? []).filter((zone) => !allowed.includes(zone))
    assert.deepEqual(strange, [], code)
  }
})
