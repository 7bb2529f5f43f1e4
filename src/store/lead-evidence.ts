import type { CallerIdChoice } from '#domain/caller-id-choice.ts'
import type { WeekHours } from '#domain/calling-hours.ts'
import type { CampaignMode, CampaignStatus } from '#domain/campaign.ts'
import type { LeadStatus } from '#domain/lead.ts'
import type { RetryRules } from '#domain/retry-policy.ts'
import type { TrunkChoice } from '#domain/routing.ts'
import type { ConsentStrength } from '#domain/rule-packs/rule-pack.ts'
import type { OwnRules } from '#domain/rule-packs/rule-packs.ts'
import type { Tx } from './tx.ts'

const declaredForRehearsals = "coalesce((w.consent_declaration ->> 'simulated')::boolean, false)"
/** SQL: what the workspace declared of everybody. Made for rehearsals it stands for any consent there, and for none elsewhere. */
export const declaredBasis = `case when t.provider = 'simulated' or not ${declaredForRehearsals}
  then w.consent_declaration ->> 'basis' end`

/** Everything the verdict on a lead looks at, read in one statement. Times are epoch ms. */
export interface LeadEvidence {
  lead_id: string
  campaign_id: string
  contact_id: string
  owner_user_id: string
  /** The one to dial now, of the contact's `phones`. */
  number: string | null
  phone_index: number
  phones: number
  status: LeadStatus
  attempts: number
  carrier_faults: number
  max_attempts: number
  not_before: number | null
  contact_deleted: boolean
  time_zone: string | null
  country: string | null
  region: string | null
  postcode: string | null
  consent_basis: string | null
  /** Null where only the words of the basis tell. */
  consent_strength: ConsentStrength | null
  /** Nobody else is given the call. */
  agent_id: string | null
  /** Trunks over which its last calls were refused, one after the other. */
  refused_by: string[] | null
  suppressions: { scope: string; source: string; reason: string; expires_at: number | null }[]
  rest_until: number | null
  /** When the number was dialed in the last 7 days, over all campaigns. */
  recent_attempts: number[]
  campaign: CampaignEvidence
}

export interface CampaignEvidence extends RetryRules {
  id: string
  status: CampaignStatus
  mode: CampaignMode
  purpose: 'marketing' | 'information'
  window_start: number | null
  window_end: number | null
  weekdays: number[]
  time_zone: string
  hours_zone: 'campaign' | 'person'
  /** From the first day's and to the last day's midnight in the campaign's zone. */
  starts_at: number | null
  ends_at: number | null
  caller_id: string | null
  caller_id_choice: CallerIdChoice
  trunk_choice: TrunkChoice
  /** Of preview: how long a lead is shown. */
  preview_seconds: number
  trunk_id: string | null
  /** On the campaign's calendar, and on the person's: nobody is called. */
  closed_dates: string[]
  workspace_closed_dates: string[]
  /** The workspace's own stricter hours. */
  workspace_hours: WeekHours | null
  own_rules: OwnRules | null
  /** The workspace's, where calls cost money; null on a simulated trunk. */
  home_country: string | null
}

/** Reads the evidence of some leads; a lead the acting user may not see is not among them. */
export async function readLeadEvidence(
  tx: Tx,
  workspaceId: string,
  leadIds: string[],
  at: number,
): Promise<LeadEvidence[]> {
  const leads = tx.query<Omit<LeadEvidence, 'campaign'>>({
    name: 'read-lead-evidence',
    text: `
      -- The leads first, by their key: joined at once, a planner without statistics reads all leads of the campaign.
      with l as materialized (select * from leads where workspace_id = $1 and id = any ($2))
      select l.id as lead_id, l.campaign_id, l.contact_id, c.owner_user_id, p.number, l.phone_index, coalesce(p.phones, 0) as phones, l.status, l.attempts, l.agent_id, l.refused_by,
        l.carrier_faults, coalesce(l.max_attempts, c.max_attempts) as max_attempts,
        ${epoch('l.not_before')} as not_before, n.deleted_at is not null as contact_deleted,
        n.time_zone, n.country, n.region, n.postcode,
        -- What is on record of a number goes before what its lead, its list or the workspace says of it: who took a consent
        -- back took back that, too.
        case when k.records > 0 then k.basis else d.basis end as consent_basis,
        case when k.records > 0 then k.strength when d.rehearsal then 'written' end as consent_strength,
        array(select ${epoch('a.claimed_at')} from attempts a where a.workspace_id = $1 and a.number = p.number
          and a.claimed_at > $3::timestamptz - interval '7 days' and a.state <> 'dropped'
          -- The order is the index's: it keeps a planner without statistics from reading all the workspace's attempts.
          order by a.number, a.claimed_at desc limit 100) as recent_attempts,
        coalesce(s.list, '[]') as suppressions, ${epoch('r.until')} as rest_until
      from l
      join campaigns c on c.workspace_id = $1 and c.id = l.campaign_id
      join workspaces w on w.id = $1
      join contacts n on n.workspace_id = $1 and n.id = l.contact_id
      left join trunks t on t.workspace_id = $1 and case when c.trunk_id is null then t.is_default else t.id = c.trunk_id end
      left join imports i on i.workspace_id = $1 and i.id = l.import_id
      left join lateral (
        select numbers[1 + l.phone_index % cardinality(numbers)] as number, cardinality(numbers) as phones
        from (select array_agg(q.number order by q.position) as numbers from contact_phones q
          where q.workspace_id = $1 and q.contact_id = l.contact_id) a) p on true
      cross join lateral (
        select coalesce(said.basis, ${declaredBasis}) as basis, said.basis is null and ${declaredForRehearsals} as rehearsal
        from (select coalesce(l.consent_basis, i.consent_basis) as basis) said) d
      cross join lateral (
        select count(*) as records, (array_agg(c.basis order by c.grade) filter (where c.holds))[1] as basis,
          (array_agg(c.strength order by c.grade) filter (where c.holds))[1] as strength
        from (select q.basis, q.strength, q.withdrawn_at is null and (q.expires_at is null or q.expires_at > $3) as holds,
            array_position(array['written', 'express', 'stated'], q.strength) as grade
          from consents q where q.workspace_id = $1 and q.number = p.number) c) k
      left join number_rests r on r.workspace_id = $1 and r.number = p.number
      left join lateral (
        select jsonb_agg(jsonb_build_object('scope', s.scope, 'source', s.source, 'reason', s.reason,
          'expires_at', ${epoch('s.expires_at')})) as list
        from blocks_on($1, p.number, l.campaign_id) s) s on true`,
    values: [workspaceId, leadIds, new Date(at)],
  })
  // Not one after the other: on a pipelined connection both go in one round trip.
  const [{ rows }, campaigns] = await Promise.all([leads, readCampaignsOf(tx, workspaceId, leadIds)])
  return rows.map((row) => ({ ...row, campaign: campaigns.get(row.campaign_id) as CampaignEvidence }))
}

/** The part of the evidence that all leads of a campaign share. */
export async function readCampaignEvidence(
  tx: Tx,
  workspaceId: string,
  campaignIds: string[],
): Promise<Map<string, CampaignEvidence>> {
  if (campaignIds.length === 0) return new Map()
  const { rows } = await tx.query<CampaignEvidence>({
    name: 'read-campaign-evidence',
    text: `${campaignEvidence} and c.id = any ($2)`,
    values: [workspaceId, campaignIds],
  })
  return new Map(rows.map((row) => [row.id, row]))
}

async function readCampaignsOf(tx: Tx, workspaceId: string, leadIds: string[]): Promise<Map<string, CampaignEvidence>> {
  const { rows } = await tx.query<CampaignEvidence>({
    name: 'read-campaigns-of-leads',
    text: `${campaignEvidence} and c.id = any (array(
      select distinct l.campaign_id from leads l where l.workspace_id = $1 and l.id = any ($2)))`,
    values: [workspaceId, leadIds],
  })
  return new Map(rows.map((row) => [row.id, row]))
}

/** The workspace's own rules in their latest version. */
export const ownRules = `(select jsonb_build_object('version', o.version::text, 'rules', o.rules) from rule_packs o
      where o.workspace_id = $1 order by o.version desc limit 1)`

/** Where calls cost money, no country but the workspace's is called until its rules name others. */
export const homeCountry = "case when t.provider <> 'simulated' then w.country end"

const campaignEvidence = `select c.id, c.status, c.mode, c.purpose, c.window_start, c.window_end, c.weekdays, c.time_zone, c.hours_zone,
    ${epoch('(c.start_date::timestamp at time zone c.time_zone)')} as starts_at,
    ${epoch(`least((c.end_date + 1)::timestamp at time zone c.time_zone, case when c.completes = 'at_end' then
      ((c.started_at at time zone c.time_zone)::date + c.duration_days)::timestamp at time zone c.time_zone end)`)} as ends_at,
    c.retry_interval_seconds, c.retry_rules, c.disposition_rules, c.caller_id, c.caller_id_choice, c.trunk_choice, c.preview_seconds, w.hours as workspace_hours,
    c.closed_dates, w.closed_dates as workspace_closed_dates, ${ownRules} as own_rules,
    ${homeCountry} as home_country, t.id as trunk_id
  from campaigns c join workspaces w on w.id = $1
  left join trunks t on t.workspace_id = $1 and case when c.trunk_id is null then t.is_default else t.id = c.trunk_id end
  where c.workspace_id = $1`

function epoch(column: string): string {
  return `(extract(epoch from ${column}) * 1000)::double precision`
}
