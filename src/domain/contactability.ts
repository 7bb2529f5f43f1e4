/**
 * May this person be called now, when, or never? One pure function behind every dial, every due time and every
 * "why not".
 *
 * Takes all facts as one plain value; gives an answer with the rule that made it, its version and the evidence. It
 * reads nothing, knows no present time and never lets a call out that some rule forbids.
 *
 *   asked in this order                                            answer        at
 *   ────────────────────────────────────────────────────────────── ───────────── ────────────────────────────────
 *   1 lead_closed, campaign_over, number_undialable, destination,  never         –
 *     do_not_call, consent, attempts_spent
 *   2 campaign_starts, lead_not_before, do_not_call_until,         later         the latest of them, moved on to …
 *     number_rests, attempt caps of packs and workspace
 *   3 hours: campaign, workspace, every pack, every possible zone  later         … the next instant all are open
 *   4 no_common_hours, campaign_ends                               never         none such, or only after the end
 *   5 campaign_inactive (any status but active)                    later         that same instant, once it is active
 *   6 contactable                                                  now           the instant asked about
 *
 * The rule named for `later` is the one that binds last. Rows 1 and 2 are in contactability-rules.ts.
 */
import {
  askedOf,
  type ContactabilityInput,
  houseRule,
  neverRows,
  ruleOfRow,
  type VerdictRule,
  waitRows,
} from './contactability-rules.ts'
import { findPlace, findTimetable, type LocalTimes, localTimes, openFrom } from './contactability-time.ts'
import { describeNumber } from './phone-number.ts'
import type { PackVersions } from './rule-packs/rule-packs.ts'

export type { ContactabilityInput } from './contactability-rules.ts'

export type Evidence = {
  /** Possible countries, states (null: any of the country) and zones of the person, and the clocks at the instant asked. */
  countries: readonly string[]
  regions: readonly string[] | null
  zones: readonly string[]
  local_times: LocalTimes
  packs: PackVersions
  /** What the rule saw, in words. */
  detail: string | null
}

/** `at` is the earliest lawful instant: the one asked about for `now`, null for `never`. */
export type Verdict = { answer: 'now' | 'later' | 'never'; at: number | null; rule: VerdictRule; evidence: Evidence }

const contactable = houseRule('contactable', 'every rule allows it')
const noCommonHours = houseRule('no_common_hours', 'there is no instant in 400 days at which all hours are open')
const campaignEnds = houseRule('campaign_ends', 'the campaign ends before the next lawful instant')
const campaignInactive = houseRule('campaign_inactive', 'the campaign is not active')

/** The one answer to "may we call?", from facts alone: equal inputs give equal verdicts, today and on replay. */
export function decideContact(input: ContactabilityInput): Verdict {
  const { at, campaign, person, workspace } = input
  const number = describeNumber(person.number)
  const place = findPlace(person, number?.country ?? null, askedOf(input))
  const timetable = findTimetable(place, campaign, workspace)
  const verdict = (
    answer: Verdict['answer'],
    due: number | null,
    rule: VerdictRule,
    detail: string | null,
  ): Verdict => ({
    answer,
    at: due,
    rule,
    evidence: {
      countries: place.countries,
      regions: place.regions,
      zones: place.zones,
      local_times: localTimes(timetable, place, campaign, at),
      packs: place.rules.versions,
      detail,
    },
  })

  for (const { rule, forbids } of neverRows) {
    const detail = forbids(input, number, place)
    if (detail !== null) return verdict('never', null, rule, detail)
  }
  let due = at
  let binding: VerdictRule | null = null
  for (const row of waitRows) {
    const wait = row(input, place)
    if (wait && wait.until > due) {
      due = wait.until
      binding = wait.rule
    }
  }
  const opening = Number.isFinite(due) ? openFrom(timetable, due) : null
  if (!opening) return verdict('never', null, binding && !Number.isFinite(due) ? binding : noCommonHours, null)
  if (opening.held_by) {
    const { rule_id, source } = opening.held_by
    binding = ruleOfRow({ id: rule_id, source }, place.rules.versions)
  }
  due = opening.at
  if (campaign.ends_at !== null && due >= campaign.ends_at) {
    return verdict('never', null, campaignEnds, binding ? `held until then by ${binding.id}` : null)
  }
  if (binding) return verdict('later', due, binding, opening.held_by ? `in ${opening.held_by.zone}` : null)
  if (campaign.status !== 'active') return verdict('later', due, campaignInactive, campaign.status)
  return verdict('now', due, contactable, null)
}

/** The next lawful instant of a lead (its `due_at`), or null if there is none. */
export function nextLawfulInstant(input: ContactabilityInput): number | null {
  return decideContact(input).at
}
