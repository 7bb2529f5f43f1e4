/**
 * Where the person called may be: time zones, and in the US and Canada states.
 *
 * Takes an E.164 number and what the contact says of itself; gives every place that fits. What it can't know it widens
 * to the whole country, never narrows: a zone too many costs an hour of calling, one too few breaks the law.
 */
import table from './number-zones.data.json' with { type: 'json' }
import { regionsOfPostcode } from './number-zones-postcode.ts'
import { callingCountry } from './phone-number.ts'
import { isZone } from './zone-offset.ts'

export type PersonPlace = {
  number: string
  zone: string | null
  country: string | null
  region: string | null
  postcode: string | null
}

/**
 * `countries` are the number's and, if the contact states another, that one. `regions` is null where they matter and
 * can't be known: every state of the country is then possible.
 */
export type Whereabouts = {
  countries: readonly string[]
  regions: readonly string[] | null
  zones: readonly string[]
}

type Area = { zones: readonly string[]; regions: readonly string[] }

const zoneSets: readonly (readonly string[])[] = table.zone_sets
const countryZones: Readonly<Record<string, readonly string[]>> = table.countries
const regionZones: Readonly<Record<string, readonly string[]>> = table.regions
const regionNames: Readonly<Record<string, string>> = table.region_names
const prefixes = new Map(Object.entries(table.prefixes))
const areas = new Map<string, Area>()
for (const [code, [set, regions]] of Object.entries(table.area_codes) as [string, [number, string]][]) {
  areas.set(code, { zones: zoneSets[set] as readonly string[], regions: regions === '' ? [] : regions.split(' ') })
}
const LONGEST_PREFIX = Math.max(...[...prefixes.keys()].map((prefix) => prefix.length))

/** Where a toll-free or personal number may ring in any state, each with its own law. */
const countriesWithRegions = new Set(['US', 'CA'])
const noZones: readonly string[] = []
const noRegions: readonly string[] = []

/** Every zone of a country (ISO code), one name for each clock; empty for an unknown country. */
export function zonesOfCountry(country: string): readonly string[] {
  return countryZones[country] ?? noZones
}

/** Every zone a number may be in; all of its country's where the number doesn't say. */
export function zonesOfNumber(e164: string): readonly string[] {
  if (e164.startsWith('+1')) {
    const area = areas.get(e164.slice(2, 5))
    if (area) return area.zones
  } else {
    for (let length = Math.min(LONGEST_PREFIX, e164.length - 1); length > 0; length -= 1) {
      const set = prefixes.get(e164.slice(1, length + 1))
      if (set !== undefined) return zoneSets[set] as readonly string[]
    }
  }
  const country = callingCountry(e164)
  return country ? zonesOfCountry(country) : noZones
}

/** The front of a number that tells its place: numbers of one country that share it share zones and states. */
export function placePrefix(e164: string): string {
  return e164.startsWith('+1') ? e164.slice(0, 5) : e164.slice(0, LONGEST_PREFIX + 1)
}

/** States or provinces a US or Canadian number may be in; null where any is possible; none elsewhere. */
export function regionsOfNumber(e164: string): readonly string[] | null {
  if (!e164.startsWith('+1')) return noRegions
  const area = areas.get(e164.slice(2, 5))
  if (area) return area.regions
  return countriesWithRegions.has(callingCountry(e164) ?? '') ? null : noRegions
}

/** The code of a state or province given as code or name; null if it is neither. */
export function regionCode(text: string): string | null {
  const wanted = text.trim().toUpperCase()
  return regionZones[wanted] ? wanted : (regionNames[wanted] ?? null)
}

/** States the contact itself names; null where it names none that exists. */
function statedRegions({ region, postcode }: PersonPlace, country: string): readonly string[] | null {
  if (!countriesWithRegions.has(country)) return null
  const code = region ? regionCode(region) : null
  if (code) return [code]
  return postcode ? regionsOfPostcode(country, postcode) : null
}

const zonesOfRegions = (regions: readonly string[]) => [...new Set(regions.flatMap((code) => regionZones[code] ?? []))]

/**
 * Where a person may be: a stated zone beats a stated state or postcode, which beat the number's prefix. A stated
 * country says how to read state and postcode and adds its law; it doesn't move the clock.
 */
export function findWhereabouts(person: PersonPlace): Whereabouts {
  const ofNumber = callingCountry(person.number)
  const named = person.country?.trim().toUpperCase() ?? ''
  const home = zonesOfCountry(named).length > 0 ? named : (ofNumber ?? '')
  const countries = [...new Set([ofNumber ?? '', home])].filter((country) => country !== '')
  const stated = statedRegions(person, home)
  const anywhere = home !== ofNumber && countriesWithRegions.has(home)
  const regions = stated ?? (anywhere ? null : regionsOfNumber(person.number))
  if (person.zone && isZone(person.zone)) return { countries, regions, zones: [person.zone] }
  const zones = stated ? zonesOfRegions(stated) : noZones
  return { countries, regions, zones: zones.length > 0 ? zones : zonesOfNumber(person.number) }
}

/** Every zone the person may be in. */
export function zonesOfPerson(person: PersonPlace): readonly string[] {
  return findWhereabouts(person).zones
}
