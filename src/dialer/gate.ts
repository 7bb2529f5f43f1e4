import { isAgentless } from '#domain/campaign.ts'
import { frameCampaign } from '#domain/campaign-frame.ts'
import { strengthOfBasis } from '#domain/consent.ts'
import { type ContactabilityInput, decideContact, type Verdict } from '#domain/contactability.ts'
import { type Held, holdLeads } from '#store/claim-attempts.ts'
import { type CampaignEvidence, type LeadEvidence, readLeadEvidence } from '#store/lead-evidence.ts'
import type { NumberEvidence } from '#store/number-evidence.ts'
import type { Tx } from '#store/tx.ts'

export interface Judgement {
  /** What the verdict saw; stored with the attempt, it gives the same verdict again. */
  input: ContactabilityInput
  verdict: Verdict
}

/** Asks the one rule function about a lead as the store knows it. */
export function judge(evidence: LeadEvidence, at: number): Judgement {
  const input: ContactabilityInput = {
    at,
    lead: {
      status: evidence.contact_deleted ? 'skipped' : evidence.status,
      attempts: evidence.attempts,
      max_attempts: evidence.max_attempts,
      not_before: evidence.not_before,
    },
    person: {
      number: evidence.number ?? '',
      zone: evidence.time_zone,
      country: evidence.country,
      region: evidence.region,
      postcode: evidence.postcode,
    },
    ...frameOf(evidence.campaign),
    suppressions: evidence.suppressions,
    consent: readConsent(evidence),
    number_rest_until: evidence.rest_until,
    recent_attempts: evidence.recent_attempts,
  }
  const verdict = decideContact(input)
  return { input: { ...input, pack_versions: verdict.evidence.packs }, verdict }
}

/** AI and recorded voices call nobody without a basis. */
function readConsent({
  campaign,
  consent_basis: basis,
  consent_strength,
}: LeadEvidence): ContactabilityInput['consent'] {
  const needed = isAgentless(campaign.mode)
  return basis === null || !needed
    ? { needed, basis }
    : { needed, basis, strength: consent_strength ?? strengthOfBasis(basis) }
}

/** Asks about a number that is dialed by hand, for a campaign or for none. It has no budget: nobody dials it again. */
export function judgeNumber(
  number: string,
  evidence: NumberEvidence,
  campaign: CampaignEvidence | null,
  at: number,
): Judgement {
  const { time_zone, country, region, postcode, suppressions, rest_until, recent_attempts } = evidence
  const input: ContactabilityInput = {
    at,
    lead: { status: evidence.contact_deleted ? 'skipped' : 'pending', attempts: 0, max_attempts: 1, not_before: null },
    person: { number, zone: time_zone, country, region, postcode },
    ...(campaign ? frameOf(campaign) : frameWithout(evidence)),
    suppressions,
    consent: { needed: false, basis: null },
    number_rest_until: rest_until,
    recent_attempts,
  }
  const verdict = decideContact(input)
  return { input: { ...input, pack_versions: verdict.evidence.packs }, verdict }
}

/** Without a campaign the hours are the law's and the workspace's. */
function frameWithout(evidence: NumberEvidence): ReturnType<typeof frameCampaign> {
  const { workspace_time_zone, workspace_hours, workspace_closed_dates, own_rules, home_country } = evidence
  return frameCampaign({
    ...{ status: 'active', window_start: null, window_end: null, weekdays: [1, 2, 3, 4, 5, 6, 7], starts_at: null },
    ...{ time_zone: workspace_time_zone, hours_zone: 'person', ends_at: null, workspace_hours },
    ...{ closed_dates: [], workspace_closed_dates, purpose: 'marketing', own_rules, home_country },
  })
}

const frames = new WeakMap<CampaignEvidence, ReturnType<typeof frameCampaign>>()

function frameOf(campaign: CampaignEvidence): ReturnType<typeof frameCampaign> {
  const known = frames.get(campaign)
  if (known) return known
  const frame = frameCampaign(campaign)
  frames.set(campaign, frame)
  return frame
}

/** What becomes of a lead that is not let out now: due later, or final with the rule that said never. */
export function toHeld(evidence: LeadEvidence, verdict: Verdict, at: number): Held {
  const lead_id = evidence.lead_id
  if (verdict.answer === 'never') {
    return { lead_id, due_at: null, status: finalStatus(evidence, verdict), held_by: verdict.rule.id }
  }
  // Let out by every rule, yet without a trunk or a number to dial: looked at again in a minute.
  const due_at = verdict.answer === 'now' ? at + 60_000 : verdict.at
  return { lead_id, due_at, status: null, held_by: verdict.answer === 'now' ? 'no_trunk' : verdict.rule.id }
}

function finalStatus(evidence: LeadEvidence, verdict: Verdict): string {
  if (evidence.contact_deleted) return 'skipped'
  if (verdict.rule.id === 'lead_closed') return evidence.status
  if (verdict.rule.id === 'do_not_call') return 'do_not_call'
  return verdict.rule.id === 'attempts_spent' ? 'failed' : 'skipped'
}

/**
 * Asks anew about leads whose facts or rules have changed and writes down when they are due. Leads being called are
 * left alone: their end asks again.
 */
export async function reviewLeads(tx: Tx, workspaceId: string, leadIds: string[], at: number): Promise<Held[]> {
  const evidence = await readLeadEvidence(tx, workspaceId, leadIds, at)
  const open = evidence.filter((lead) => lead.status === 'pending' || lead.status === 'callback')
  const dated = open.map((lead) => dateLead(lead, at))
  await holdLeads(tx, workspaceId, dated, at)
  return dated
}

/** When a lead is due by the law and the hours; that its campaign is not running now is the campaign's affair. */
export function dateLead(lead: LeadEvidence, at: number): Held {
  const { verdict } = judge({ ...lead, campaign: asIfRunning(lead.campaign) }, at)
  if (verdict.answer === 'now') return { lead_id: lead.lead_id, due_at: at, status: null, held_by: null }
  return toHeld(lead, verdict, at)
}

const runnings = new WeakMap<CampaignEvidence, CampaignEvidence>()

function asIfRunning(campaign: CampaignEvidence): CampaignEvidence {
  let running = runnings.get(campaign)
  if (!running) {
    running = { ...campaign, status: 'active' }
    runnings.set(campaign, running)
  }
  return running
}
