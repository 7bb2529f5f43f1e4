/**
 * Which law applies where. Takes the countries and states a person may be in, and the workspace's own rules; gives every
 * rule that may apply, of which all must hold. A new country, or a new version, is its file in packs/ and two lines here.
 */
import defaultNovember from './packs/default.2026-11-01.json' with { type: 'json' }
import euNovember from './packs/eu.2026-11-21.json' with { type: 'json' }
import inFirst from './packs/in.2026-11-01.json' with { type: 'json' }
import inNovember from './packs/in.2026-11-21.json' with { type: 'json' }
import pkNovember from './packs/pk.2026-11-21.json' with { type: 'json' }
import ukNovember from './packs/uk.2026-11-21.json' with { type: 'json' }
import usFirst from './packs/us.2026-11-01.json' with { type: 'json' }
import usNovember from './packs/us.2026-11-21.json' with { type: 'json' }
import { type OwnRows, readPack, type WrittenPack, writtenPack, writtenRows } from './read-pack.ts'
import type { ConsentStrength, RulePack, RuleRow, RuleRows, VoiceConsent } from './rule-pack.ts'

/** Every version ever released, as it is written, oldest first. */
const documents = [
  ...[defaultNovember, euNovember, inFirst, inNovember, pkNovember, ukNovember, usFirst, usNovember],
].map((document) => writtenPack.parse(document))
const released: readonly RulePack[] = documents.map(readPack)

/** Pack id → version: which text a verdict was given under. */
export type PackVersions = Readonly<Record<string, string>>

/** What a workspace adds to the law: rows as they are written (read-pack.ts), of which some may set rows of the law aside. */
export type OwnRules = { version: string; rules: OwnRows }

export type ApplicableRules = Pick<RuleRows, 'hours' | 'closed_dates' | 'attempts'> & {
  /** Each list names what is allowed, and all of them have to. */
  destinations: { countries: readonly string[][]; prefixes: readonly string[][]; premium: boolean }
  /** The strongest that some rule wants. */
  voice_consent: VoiceConsent
  versions: PackVersions
}

/** Weakest first. */
export const consentStrengths: readonly ConsentStrength[] = ['stated', 'express', 'written']

/** The id of every workspace's own pack, and the front of its rules' ids. */
export const ownPackId = 'custom'

/** The pack of each id in its latest version, as it is written. */
export function latestPacks(): WrittenPack[] {
  return [...new Map(documents.map((pack) => [pack.id, pack])).values()]
}

/** The pack of a country (ISO code), or the default one; `pinned` chooses what held when a stored verdict was given. */
export function packOf(country: string, pinned?: PackVersions): RulePack {
  const candidates = released.filter((pack) => pack.countries.includes(country))
  const own = pinned ? findPinned(candidates, pinned) : candidates.at(-1)
  if (own) return own
  const defaults = released.filter(({ id }) => id === 'default')
  return (pinned && findPinned(defaults, pinned)) ?? (defaults.at(-1) as RulePack)
}

/** Null where the verdict knew no such pack: there was none yet. */
function findPinned(candidates: RulePack[], pinned: PackVersions): RulePack | null {
  const [{ id } = { id: '' }] = candidates
  const version = pinned[id]
  if (version === undefined) return null
  const found = candidates.find((pack) => pack.version === version)
  if (!found) throw new RangeError(`Rule pack ${id} has no version ${version}`)
  return found
}

/** Where a call goes, and who would speak. `regions` null means any state. */
export type CallPlace = { countries: readonly string[]; regions: readonly string[] | null; artificial_voice: boolean }

/** Every rule of the countries and of every state the person may be in. Nobody's country known means the default pack. */
export function rulesFor(place: CallPlace, own: RulePack | null, pinned?: PackVersions): ApplicableRules {
  const { countries } = place
  const packs = new Set((countries.length > 0 ? countries : ['']).map((country) => packOf(country, pinned)))
  for (const country of countries) if (!hasHours(packOf(country, pinned), country)) packs.add(packOf('', pinned))
  const exempt = new Set(own?.exemptions.filter((row) => isSurelyFor(row, place)).map(({ value }) => value))
  const all = own ? [...packs, own] : [...packs]
  const applying = <T>(rows: (pack: RulePack) => readonly RuleRow<T>[]) =>
    all.flatMap((pack) => rows(pack).filter((row) => isFor(row, place) && !exempt.has(row.id)))
  const destinations = applying((pack) => pack.destinations).map(({ value }) => value)
  const consents = applying((pack) => pack.voice_consent).map(({ value }) => value)
  const strongest = (purpose: keyof VoiceConsent) =>
    consentStrengths.findLast((strength) => consents.some((wanted) => wanted[purpose] === strength)) ?? 'stated'
  return {
    hours: applying((pack) => pack.hours),
    closed_dates: applying((pack) => pack.closed_dates),
    attempts: applying((pack) => pack.attempts),
    destinations: {
      countries: destinations.flatMap(({ countries }) => (countries ? [countries] : [])),
      prefixes: destinations.flatMap(({ prefixes }) => (prefixes ? [prefixes] : [])),
      premium: destinations.some(({ premium }) => premium),
    },
    voice_consent: { marketing: strongest('marketing'), information: strongest('information') },
    versions: Object.fromEntries(all.map((pack) => [pack.id, pack.version])),
  }
}

/** Hours of its states or of calls by machines alone are none of the country's. */
function hasHours(pack: RulePack, country: string): boolean {
  return pack.hours.some((row) => !row.state && !row.voice && (row.country ?? country) === country)
}

function isFor({ country, state, voice }: RuleRow<unknown>, { countries, regions, artificial_voice }: CallPlace) {
  if (country !== undefined && !countries.includes(country)) return false
  if (state !== undefined && regions !== null && !regions.includes(state)) return false
  return voice === undefined || artificial_voice
}

/** What loosens holds only where the person can be nowhere else. */
function isSurelyFor({ country, state, voice }: RuleRow<unknown>, { countries, regions, artificial_voice }: CallPlace) {
  if (country !== undefined && countries.some((each) => each !== country)) return false
  if (state !== undefined && (!regions?.length || regions.some((each) => each !== state))) return false
  return voice === undefined || artificial_voice
}

/** A workspace's rules as a pack that holds in every country. */
export function readOwnRows(rules: OwnRows, version: string): RulePack {
  return readPack({ ...writtenRows.parse({}), ...rules, id: ownPackId, version, countries: [] })
}

/** The version of the pack that a rule's id belongs to: ids start with the pack's. */
export function versionOfRule(ruleId: string, versions: PackVersions): string | null {
  return versions[ruleId.split('/')[0] ?? ''] ?? null
}
