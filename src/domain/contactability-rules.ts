/**
 * The rules a verdict asks, apart from the hours. Rows are asked in their order; a new rule is a new row.
 *
 * Each row takes the stored input and what is known of the number; a `never` row gives a reason or null, a `wait` row
 * the instant until which it forbids the call, or null.
 */
import type { CampaignStatus } from './campaign.ts'
import type { Asked, CampaignHours, Place, WorkspaceHours } from './contactability-time.ts'
import type { LeadStatus } from './lead.ts'
import type { PersonPlace } from './number-zones.ts'
import type { NumberKind } from './phone-number-plan.ts'
import type { AttemptCap, ConsentStrength, RuleRow } from './rule-packs/rule-pack.ts'
import { consentStrengths, type OwnRules, type PackVersions, versionOfRule } from './rule-packs/rule-packs.ts'

/** Plain JSON: it is stored with the attempt and gives the same verdict when asked again. Instants are epoch ms. */
export type ContactabilityInput = {
  at: number
  /** `not_before` is the retry delay's end, a callback's time or a follow-up date. */
  lead: { status: LeadStatus; attempts: number; max_attempts: number; not_before: number | null }
  person: PersonPlace
  campaign: CampaignHours & {
    status: CampaignStatus
    starts_at: number | null
    ends_at: number | null
    /** What the calls are for; marketing unless said. */
    purpose?: 'marketing' | 'information'
  }
  workspace: WorkspaceHours & {
    own_rules?: OwnRules
    /** The only country to call while no rule of the workspace names others; absent where calls cost nothing. */
    home_country?: string
  }
  suppressions: readonly Suppression[]
  /** `needed` where AI or a recording speaks; without `strength` any basis is enough. */
  consent: { needed: boolean; basis: string | null; strength?: ConsentStrength }
  /** A rest of the number itself: after an abandon, a doubtful or a dead call. */
  number_rest_until: number | null
  /** When this number was dialed in the last 7 days, over all campaigns. */
  recent_attempts?: readonly number[]
  /** Replays under these versions; the present ones unless set. */
  pack_versions?: PackVersions
}
export type Suppression = { scope: string; source: string; reason: string; expires_at: number | null }

/** What of a question decides which rules hold at a place. */
export function askedOf({ consent, workspace, pack_versions }: ContactabilityInput): Asked {
  return { artificial_voice: consent.needed, own_rules: workspace.own_rules, pinned: pack_versions }
}

export type VerdictRule = { id: string; version: string; source: string }
export type NumberFacts = { country: string | null; kind: NumberKind }
export type Wait = { until: number; rule: VerdictRule }

/** The version of the rules in this file; raise it with every change of what they answer. */
export const houseVersion = '2026-11-21'
export const houseRule = (id: string, source: string): VerdictRule => ({ id, version: houseVersion, source })

const openLeads = new Set<LeadStatus>(['pending', 'calling', 'callback'])
/** A completed campaign may be resumed, so it only waits; these two never dial again. */
const endedCampaigns = new Set<CampaignStatus>(['cancelled', 'archived'])

type NeverRow = {
  rule: VerdictRule
  forbids: (input: ContactabilityInput, number: NumberFacts | null, place: Place) => string | null
}

function forbidsDestination(
  { person, workspace }: ContactabilityInput,
  number: NumberFacts | null,
  { rules }: Place,
): string | null {
  const { countries, prefixes, premium } = rules.destinations
  const country = number?.country ?? 'none'
  if (number?.kind === 'premium' && !premium) return 'a premium line'
  for (const allowed of countries) if (!allowed.includes(country)) return `country ${country}`
  for (const allowed of prefixes) {
    if (!allowed.some((prefix) => person.number.startsWith(prefix))) return 'no allowed prefix'
  }
  const home = workspace.home_country
  if (home === undefined || home === country || countries.length + prefixes.length > 0) return null
  return `country ${country}; the workspace's rules name none besides its own, ${home}`
}

function forbidsWithoutConsent(
  { campaign, consent: { needed, basis, strength } }: ContactabilityInput,
  _: NumberFacts | null,
  { rules }: Place,
): string | null {
  if (!needed) return null
  if (!basis) return 'no basis recorded'
  const wanted = rules.voice_consent[campaign.purpose ?? 'marketing']
  if (strength === undefined || consentStrengths.indexOf(strength) >= consentStrengths.indexOf(wanted)) return null
  return `${wanted} consent is needed; the basis is ${basis} (${strength})`
}

function forbidsForGood({ suppressions }: ContactabilityInput): string | null {
  for (const { scope, source, reason, expires_at } of suppressions) {
    if (expires_at === null) return `${scope} list, ${source}: ${reason}`
  }
  return null
}

export const neverRows: readonly NeverRow[] = [
  {
    rule: houseRule('lead_closed', 'the lead is final'),
    forbids: ({ lead }) => (openLeads.has(lead.status) ? null : lead.status),
  },
  {
    rule: houseRule('campaign_over', 'the campaign is cancelled or archived'),
    forbids: ({ campaign }) => (endedCampaigns.has(campaign.status) ? campaign.status : null),
  },
  {
    rule: houseRule('number_undialable', 'a campaign dials valid numbers of a country, no emergency or short ones'),
    forbids: ({ person }, number) => (number?.country ? null : person.number),
  },
  { rule: houseRule('destination', "the workspace's allowed destinations"), forbids: forbidsDestination },
  { rule: houseRule('do_not_call', 'suppression lists'), forbids: forbidsForGood },
  {
    rule: houseRule('consent', 'calls by AI and recorded voices need a consent basis, as strong as the law says'),
    forbids: forbidsWithoutConsent,
  },
  {
    rule: houseRule('attempts_spent', "the lead's one retry budget"),
    forbids: ({ lead }) => (lead.attempts < lead.max_attempts ? null : `${lead.attempts} of ${lead.max_attempts}`),
  },
]

type WaitRow = (input: ContactabilityInput, place: Place) => Wait | null

const waits = (until: number | null, rule: VerdictRule): Wait | null => (until === null ? null : { until, rule })

const suppressedUntil = houseRule('do_not_call_until', 'suppression lists')
function waitForSuppression({ suppressions }: ContactabilityInput): Wait | null {
  if (suppressions.length === 0) return null
  return waits(Math.max(...suppressions.map(({ expires_at }) => expires_at ?? 0)), suppressedUntil)
}

/** When the oldest of the last `calls` attempts leaves the rolling period. */
function capEnds({ calls, within_ms }: AttemptCap, attempts: readonly number[]): number | null {
  if (attempts.length < calls) return null
  const sorted = [...attempts].sort((a, b) => a - b)
  return (sorted[sorted.length - calls] as number) + within_ms
}

function waitForCaps(input: ContactabilityInput, { rules }: Place): Wait | null {
  const attempts = input.recent_attempts ?? []
  if (attempts.length === 0) return null
  let longest: Wait | null = null
  for (const row of rules.attempts) {
    const until = capEnds(row.value, attempts)
    if (until !== null && until > (longest?.until ?? 0)) longest = { until, rule: ruleOfRow(row, rules.versions) }
  }
  return longest
}

/** The law's rows and the workspace's carry their pack's version. */
export function ruleOfRow(
  { id, source }: Pick<RuleRow<unknown>, 'id' | 'source'>,
  versions: PackVersions,
): VerdictRule {
  return { id, version: versionOfRule(id, versions) ?? houseVersion, source }
}

const startsAt = houseRule('campaign_starts', "the campaign's start")
const notBefore = houseRule('lead_not_before', 'retry delay, callback or follow-up date')
const numberRests = houseRule('number_rests', 'rest of a number after an abandoned, doubtful or dead call')

export const waitRows: readonly WaitRow[] = [
  ({ campaign }) => waits(campaign.starts_at, startsAt),
  ({ lead }) => waits(lead.not_before, notBefore),
  waitForSuppression,
  ({ number_rest_until }) => waits(number_rest_until, numberRests),
  waitForCaps,
]
