/**
 * A workspace's own rules, looked through before they hold: what contradicts itself or the law, or names what is not there.
 *
 * Rules of its own may only narrow; what loosens (an exemption, premium lines) is told apart, because it is an owner's act.
 */
import { nextOpenAll } from '../calling-hours.ts'
import { regionCode, zonesOfCountry } from '../number-zones.ts'
import { callingCodeOfCountry } from '../phone-number-plan.ts'
import type { OwnRows } from './read-pack.ts'
import type { RulePack } from './rule-pack.ts'
import { latestPacks, ownPackId, readOwnRows, rulesFor } from './rule-packs.ts'

export type RuleFault = { path: string; message: string }

/** Every contradiction; none where the rules may hold. `country` is the workspace's. */
export function findFaults(rules: OwnRows, country: string): RuleFault[] {
  const pack = readOwnRows(rules, 'new')
  return [
    ...findOddNames(pack),
    ...findOddExemptions(pack),
    ...findOddDestinations(pack),
    ...findShutHours(pack, country),
  ]
}

/** What of these rules lets calls out that the law or the house alone would not, in words that change with it; sorted. */
export function listLoosened({ exemptions, destinations }: OwnRows): string[] {
  const aside = exemptions.map(({ value }) => `sets aside ${value}`)
  const abroad = destinations.flatMap(({ value: { countries, prefixes, premium } }) => [
    ...(countries ?? []).map((country) => `calls to ${country}`),
    ...(prefixes ?? []).map((prefix) => `calls to ${prefix}`),
    ...(premium ? ['calls to premium lines'] : []),
  ])
  return [...new Set([...aside, ...abroad])].sort()
}

function findOddNames(pack: RulePack): RuleFault[] {
  const { id: _, version: __, countries: ___, ...kinds } = pack
  return Object.entries(kinds).flatMap(([kind, rows]) =>
    rows.flatMap(({ id, country, state }, index) => {
      const faults: string[] = []
      if (!id.startsWith(`${ownPackId}/`) || !id.endsWith(`/${kind}`))
        faults.push(`must be as in custom/office/${kind}`)
      if (rows.findIndex((row) => row.id === id) < index) faults.push('stands twice')
      if (country !== undefined && zonesOfCountry(country).length === 0) faults.push(`names no country: ${country}`)
      if (state !== undefined && regionCode(state) !== state) faults.push(`names no state or province: ${state}`)
      return faults.map((message) => ({ path: id, message }))
    }),
  )
}

function findOddExemptions({ exemptions }: RulePack): RuleFault[] {
  const kinds = ['hours', 'closed_dates', 'attempts', 'voice_consent'] as const
  const lawful = new Set(latestPacks().flatMap((pack) => kinds.flatMap((kind) => pack[kind].map(({ id }) => id))))
  return exemptions
    .filter(({ value }) => !lawful.has(value))
    .map(({ id, value }) => ({
      path: id,
      message: `sets aside ${value}, which is no rule of any pack that lets calls out`,
    }))
}

function findOddDestinations({ destinations }: RulePack): RuleFault[] {
  return destinations.flatMap(({ id, value: { countries, prefixes } }) => {
    const unknown = countries?.filter((country) => zonesOfCountry(country).length === 0) ?? []
    const faults = unknown.map((country) => ({ path: id, message: `names no country: ${country}` }))
    const codes = countries?.flatMap((country) => callingCodeOfCountry(country) ?? [])
    const outside = prefixes?.filter(
      (prefix) => codes && !codes.some((code) => prefix.startsWith(`+${code}`) || `+${code}`.startsWith(prefix)),
    )
    for (const prefix of outside ?? [])
      faults.push({ path: id, message: `prefix ${prefix} lies in none of its countries` })
    return faults
  })
}

/** Hours that share no minute of any week with the law of where they hold: nobody there could ever be called. */
function findShutHours(pack: RulePack, home: string): RuleFault[] {
  return pack.hours.flatMap((row) => {
    const country = row.country ?? home
    const place = { countries: [country], regions: row.state ? [row.state] : [], artificial_voice: false }
    const rules = rulesFor(place, pack)
    const windows = rules.hours.map(({ value }) => ({ hours: value, zone: 'UTC' }))
    if (nextOpenAll(windows, 0)) return []
    const law = rules.hours.filter(({ id }) => id !== row.id).map(({ id }) => id)
    return [{ path: row.id, message: `is never open together with ${law.join(', ')}` }]
  })
}
