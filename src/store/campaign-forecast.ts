import type { Outcome } from '#domain/call.ts'
import type { LeadStatus } from '#domain/lead.ts'
import type { Tx } from './tx.ts'

/** A lead as a dry run walks over it. */
export interface WalkedLead {
  id: string
  contact_id: string
  status: LeadStatus
  /** Settled by a rule, and nobody by hand: a start asks the rule again. */
  reopens: boolean
}

/** The campaign's next leads, in the order of an index. */
export async function walkLeads(
  tx: Tx,
  workspaceId: string,
  campaignId: string,
  after: string | null,
  limit: number,
): Promise<WalkedLead[]> {
  const { rows } = await tx.query<WalkedLead>({
    name: 'walk-leads',
    text: `select id, contact_id, status, coalesce(held_by <> 'import_undone'
        and (status in ('skipped', 'do_not_call') or (status = 'failed' and held_by = 'attempts_spent')), false) as reopens
      from leads where workspace_id = $1 and campaign_id = $2 and ($3::uuid is null or contact_id > $3)
      order by contact_id limit $4`,
    values: [workspaceId, campaignId, after, limit],
  })
  return rows
}

/** How many leads a campaign has that may still be called, or may be again when it is started. */
export async function countWalkedLeads(tx: Tx, workspaceId: string, campaignId: string): Promise<number> {
  const { rows } = await tx.query<{ n: number }>({
    name: 'count-walked-leads',
    text: `select count(*)::int as n from leads where workspace_id = $1 and campaign_id = $2
      and status not in ('completed', 'called')`,
    values: [workspaceId, campaignId],
  })
  return (rows[0] as { n: number }).n
}

/** What bounds a campaign's calls, whatever is in use now; limits of others than agentless campaigns are not theirs. */
export interface CampaignBounds {
  trunk: {
    name: string
    provider: string
    /** 0 while the trunk is off. */
    channels: number
    calls_per_second: number | null
    speed: number | null
    price_per_minute: number | null
    currency: string | null
  } | null
  owner_cap: number
  workspace_cap: number
  workspace_calls_per_second: number | null
  dials_today: number
}

export async function readCampaignBounds(
  tx: Tx,
  workspaceId: string,
  campaignId: string,
  at: number,
): Promise<CampaignBounds> {
  const { rows } = await tx.query<CampaignBounds>({
    name: 'read-campaign-bounds',
    text: `
      select case when t.id is not null then jsonb_build_object('name', t.name, 'provider', t.provider,
          'channels', case when t.active then t.channels else 0 end, 'calls_per_second', t.calls_per_second,
          'speed', case when jsonb_typeof(t.settings -> 'speed') = 'number' then t.settings -> 'speed' end,
          'price_per_minute', t.price_per_minute, 'currency', t.currency) end as trunk,
        coalesce(m.concurrent_calls, 0) as owner_cap, w.concurrent_calls as workspace_cap,
        w.calls_per_second as workspace_calls_per_second,
        coalesce(d.dials, 0)::int as dials_today
      from campaigns c join workspaces w on w.id = $1
      left join trunks t on t.workspace_id = $1 and case when c.trunk_id is null then t.is_default else t.id = c.trunk_id end
      left join memberships m on m.workspace_id = $1 and m.user_id = c.owner_user_id
      left join campaign_days d on d.workspace_id = $1 and d.campaign_id = c.id
        and d.day = ($3::timestamptz at time zone c.time_zone)::date
      where c.workspace_id = $1 and c.id = $2`,
    values: [workspaceId, campaignId, new Date(at)],
  })
  return rows[0] as CampaignBounds
}

export interface EndedCall {
  outcome: Outcome
  rang: boolean
  line_ms: number
  talk_ms: number
}

/** How the last calls ended and how long they took: a campaign's own, or (without one) those of the workspace's kind. */
export async function readLastCalls(
  tx: Tx,
  workspaceId: string,
  of: { campaign_id: string | null; agentless: boolean },
  limit: number,
): Promise<EndedCall[]> {
  const { rows } = await tx.query<EndedCall>({
    name: of.campaign_id === null ? 'read-last-calls' : 'read-last-calls-of-campaign',
    text: `
      with last as materialized (
        select id from attempts where workspace_id = $1 and ${of.campaign_id === null ? '$2::uuid is null' : 'campaign_id = $2'}
          and agentless = $3 and state = 'ended' and kind = 'campaign' and intent_at is not null
        order by id desc limit $4
      )
      select c.outcome, c.ringing_at is not null or c.answered_at is not null as rang,
        ${ms('c.initiated_at')} as line_ms, coalesce(${ms('c.answered_at')}, 0) as talk_ms
      from last join calls c on c.workspace_id = $1 and c.id = last.id
      where c.outcome is not null and c.ended_at is not null`,
    values: [workspaceId, of.campaign_id, of.agentless, limit],
  })
  return rows
}

function ms(since: string): string {
  return `greatest(0, (extract(epoch from c.ended_at - ${since}) * 1000)::double precision)`
}
