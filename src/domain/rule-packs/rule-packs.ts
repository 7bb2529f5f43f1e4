/**
 * Which law applies where. Takes the countries and states a person may be in; gives every rule that may apply, of
 * which all must hold. A new country is its file and one line here.
 */
import type { WeekHours } from '../calling-hours.ts'
import { defaultPack } from './default.ts'
import { inPack } from './in.ts'
import type { AttemptCap, RulePack, RuleRow } from './rule-pack.ts'
import { usPack } from './us.ts'

/** Every version ever released, oldest first. */
const released: readonly RulePack[] = [defaultPack, usPack, inPack]

/** Pack id → version: which text a verdict was given under. */
export type PackVersions = Readonly<Record<string, string>>

export type ApplicableRules = {
  hours: readonly RuleRow<WeekHours>[]
  attempt_caps: readonly RuleRow<AttemptCap>[]
  packs: readonly RulePack[]
  versions: PackVersions
}

function findPack(matches: (pack: RulePack) => boolean, pinned: PackVersions | undefined): RulePack | undefined {
  const candidates = released.filter(matches)
  const version = candidates[0] && pinned?.[candidates[0].id]
  if (version === undefined) return candidates.at(-1)
  const found = candidates.find((pack) => pack.version === version)
  if (!found) throw new RangeError(`Rule pack ${candidates[0]?.id} has no version ${version}`)
  return found
}

/** The pack of a country (ISO code), or the default one; `pinned` chooses older versions, to replay a stored verdict. */
export function packOf(country: string, pinned?: PackVersions): RulePack {
  const own = findPack((pack) => pack.countries.includes(country), pinned)
  return own ?? (findPack((pack) => pack.id === 'default', pinned) as RulePack)
}

/**
 * Every rule of the countries and of every state the person may be in; `regions` null means any state. Nobody's
 * country known means the default pack.
 */
export function packsFor(
  countries: readonly string[],
  regions: readonly string[] | null,
  pinned?: PackVersions,
): ApplicableRules {
  const own = [...new Set((countries.length > 0 ? countries : ['']).map((country) => packOf(country, pinned)))]
  const needsHours = own.some((pack) => pack.hours.length === 0)
  const fallback = packOf('', pinned)
  const packs = needsHours && !own.includes(fallback) ? [...own, fallback] : own
  const states = own.flatMap((pack) => {
    if (regions === null) return Object.values(pack.states)
    return regions.flatMap((region) => pack.states[region] ?? [])
  })
  return {
    hours: [...packs.flatMap((pack) => pack.hours), ...states.flatMap((state) => state.hours ?? [])],
    attempt_caps: [
      ...packs.flatMap((pack) => pack.attempt_caps),
      ...states.flatMap((state) => state.attempt_caps ?? []),
    ],
    packs,
    versions: Object.fromEntries(packs.map((pack) => [pack.id, pack.version])),
  }
}

/** The version of the pack that a rule's id belongs to: ids start with the pack's. */
export function versionOfRule(ruleId: string, versions: PackVersions): string | null {
  return versions[ruleId.split('/')[0] ?? ''] ?? null
}
