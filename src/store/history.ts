/** What was done in another system before this one: written down once, so that caps, counters and histories know of it. */
import { addLimitsRow } from './dial-limits.ts'
import type { Tx } from './tx.ts'

/** Stands for the lines of the other system; nothing is ever dialed over it. */
export async function keepPastTrunk(
  tx: Tx,
  workspaceId: string,
  trunk: { id: string; name: string },
  at: number,
): Promise<void> {
  const { rowCount } = await tx.query(
    `insert into trunks (workspace_id, id, name, provider, active, channels, created_at, updated_at)
     values ($1, $2, $3, 'past', false, 0, $4, $4) on conflict (workspace_id, id) do nothing`,
    [workspaceId, trunk.id, trunk.name, new Date(at)],
  )
  if (rowCount === 1) await addLimitsRow(tx, workspaceId, trunk.id)
}

/** A call as the other system told it; the number is E.164, instants are ISO. */
export interface PastCall {
  id: string
  number: number
  campaign_id: string | null
  agent_id: string | null
  phone: string
  /** The clock of whoever it was, as far as the number tells. */
  zone: string | null
  direction: 'outbound' | 'inbound'
  caller_id: string | null
  outcome: string
  initiated_at: string
  answered_at: string | null
  ended_at: string
  provider_call_id: string | null
  recording_url: string | null
  external_lead_id: string | null
  metadata: Record<string, unknown>
  disposition_id: string | null
  note: string
}

/**
 * Writes calls down, each with the attempt it was and the events it is the merge of; those that are there already stay as
 * they are. A call of a campaign is a try of the lead whose number it went to. Returns the ids of the new ones.
 */
export async function recordPastCalls(
  tx: Tx,
  workspaceId: string,
  { calls, trunk_id, user_id, source }: { calls: PastCall[]; trunk_id: string; user_id: string; source: string },
): Promise<Set<string>> {
  const { rows } = await tx.query<{ id: string }>({
    name: 'record-past-calls',
    text: `
      with past as (
        select p.*, (select h.contact_id from contact_phones h where h.workspace_id = $1 and h.number = p.phone) as contact_id,
          coalesce((select c.owner_user_id from campaigns c where c.workspace_id = $1 and c.id = p.campaign_id), $4) as owner_user_id
        from jsonb_to_recordset($2) as p (id uuid, number bigint, campaign_id uuid, agent_id uuid, phone text, zone text, direction text,
          caller_id text, outcome text, initiated_at timestamptz, answered_at timestamptz, ended_at timestamptz,
          provider_call_id text, recording_url text, external_lead_id text, metadata jsonb, disposition_id uuid, note text)
      ), placed as materialized (
        select p.*, (select l.id from leads l where l.workspace_id = $1 and l.campaign_id = p.campaign_id
          and l.contact_id = p.contact_id) as lead_id from past p
      ), called as (
        insert into calls (workspace_id, id, number, direction, campaign_id, lead_id, contact_id, owner_user_id, trunk_id, provider,
          provider_call_id, from_number, to_number, state, outcome, initiated_at, answered_at, connected_at, ended_at, agent_id,
          metadata, external_lead_id, recording_url, zone)
        select $1, id, number, direction, campaign_id, lead_id, contact_id, owner_user_id, $3, 'past', provider_call_id,
          case direction when 'inbound' then phone else caller_id end, case direction when 'inbound' then caller_id else phone end,
          'ended', outcome, initiated_at, answered_at, case when agent_id is not null then answered_at end, ended_at, agent_id,
          metadata, external_lead_id, recording_url, zone
        from placed on conflict (workspace_id, id) do nothing returning id
      ), fresh as materialized (
        select p.* from placed p where p.id in (select id from called)
      ), tried as (
        insert into attempts (workspace_id, id, kind, lead_id, campaign_id, contact_id, owner_user_id, trunk_id, agentless, number,
          caller_id, state, outcome, verdict, provider_call_id, claimed_by, claimed_at, lease_until, intent_at, dialed_at,
          ended_at, agent_id)
        select $1, id, 'past', lead_id, campaign_id, contact_id, owner_user_id, $3, agent_id is null, phone, caller_id, 'ended',
          outcome, jsonb_build_object('past', $5::text), provider_call_id, 'past', initiated_at, initiated_at, initiated_at,
          initiated_at, ended_at, agent_id
        from fresh where direction = 'outbound'
      ), told as (
        insert into call_events (workspace_id, call_id, event_key, kind, at, received_at, detail)
        select $1, id, 'past:ended', 'ended', ended_at, ended_at,
          jsonb_strip_nulls(jsonb_build_object('outcome', outcome, 'answered_at', answered_at)) from fresh
        union all
        select $1, id, 'past:connected', 'connected', answered_at, answered_at, jsonb_build_object('agent_id', agent_id)
        from fresh where agent_id is not null and answered_at is not null
      ), meant as (
        insert into call_dispositions (workspace_id, call_id, campaign_id, disposition_id, note, set_by, set_at, changed_by, changed_at)
        select $1, id, campaign_id, disposition_id, note, $4, ended_at, $4, ended_at from fresh where disposition_id is not null
      ), counted as (
        update leads l set attempts = least(l.attempts + f.n, 32000), last_attempt_at = greatest(l.last_attempt_at, f.last_at),
          last_outcome = case when l.last_attempt_at > f.last_at then l.last_outcome else f.last_outcome end
        from (select lead_id, count(*) as n, max(initiated_at) as last_at,
            (array_agg(outcome order by initiated_at desc))[1] as last_outcome
          from fresh where lead_id is not null and direction = 'outbound' group by lead_id) f
        where l.workspace_id = $1 and l.id = any (array(select lead_id from fresh)) and l.id = f.lead_id
      )
      select id from called`,
    values: [workspaceId, JSON.stringify(calls), trunk_id, user_id, source],
  })
  return new Set(rows.map((row) => row.id))
}

/** How far a lead had come in the other system. */
export interface PastLead {
  campaign_id: string
  phone: string
  /** A final one; null where it is still to be called. */
  status: string | null
  /** Ids for the tries of which no call is known, as many as the lead had tries. */
  attempt_ids: string[]
  last_attempt_at: string | null
}

/**
 * Adds the tries that no known call stands for, and settles leads that were final; one that was called or settled here
 * since keeps what it has. Returns the leads found, by campaign and number.
 */
export async function settlePastLeads(
  tx: Tx,
  workspaceId: string,
  { leads, trunk_id, source, at }: { leads: PastLead[]; trunk_id: string; source: string; at: number },
): Promise<{ lead_id: string; campaign_id: string; phone: string }[]> {
  const { rows } = await tx.query<{ lead_id: string; campaign_id: string; phone: string }>({
    name: 'settle-past-leads',
    text: `
      with past as materialized (
        select p.*, (select l.id from leads l where l.workspace_id = $1 and l.campaign_id = p.campaign_id and l.contact_id = (
            select h.contact_id from contact_phones h where h.workspace_id = $1 and h.number = p.phone)) as lead_id
        from jsonb_to_recordset($2) as p (campaign_id uuid, phone text, status text, attempt_ids uuid[], last_attempt_at timestamptz)
      ), held as materialized (
        select l.id, l.contact_id, l.campaign_id, l.attempts,
          (select c.owner_user_id from campaigns c where c.workspace_id = $1 and c.id = l.campaign_id) as owner_user_id
        from leads l where l.workspace_id = $1 and l.id = any (array(select lead_id from past)) order by l.id for update
      ), lacking as materialized (
        select h.*, p.phone, p.last_attempt_at, t.id as attempt_id from held h join past p on p.lead_id = h.id
        cross join lateral unnest(p.attempt_ids) with ordinality as t (id, place)
        where t.place <= cardinality(p.attempt_ids) - h.attempts
      ), tried as (
        insert into attempts (workspace_id, id, kind, lead_id, campaign_id, contact_id, owner_user_id, trunk_id, agentless, number,
          state, verdict, claimed_by, claimed_at, lease_until, ended_at)
        select $1, attempt_id, 'past', id, campaign_id, contact_id, owner_user_id, $3, true, phone, 'ended',
          jsonb_build_object('past', $4::text), 'past', coalesce(last_attempt_at, $5), coalesce(last_attempt_at, $5),
          coalesce(last_attempt_at, $5) from lacking
      ), settled as (
        update leads l set updated_at = $5,
          attempts = greatest(l.attempts, least(cardinality(p.attempt_ids), 32000)),
          last_attempt_at = greatest(l.last_attempt_at, p.last_attempt_at),
          status = case when l.status = 'pending' and p.status is not null then p.status else l.status end,
          due_at = case when l.status = 'pending' and p.status is not null then null else l.due_at end,
          held_by = case when l.status <> 'pending' or p.status is null then l.held_by
            -- What nobody's rule settled is not asked about again when the campaign starts.
            when p.status = 'do_not_call' then p.status end
        from past p where l.workspace_id = $1 and l.id = any (array(select id from held)) and l.id = p.lead_id
      )
      select p.lead_id, p.campaign_id, p.phone from past p where p.lead_id is not null`,
    values: [workspaceId, JSON.stringify(leads), trunk_id, source, new Date(at)],
  })
  return rows
}
