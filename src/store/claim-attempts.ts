import type { ByHand } from './attempts.ts'
import { suppressionsKey, type Tx } from './tx.ts'

/**
 * Waits for the claims under way (which hold the suppressions still from before they read them until they commit) and
 * lets later ones wait until this transaction's suppressions are committed.
 */
export async function holdClaims(tx: Tx, workspaceId: string): Promise<void> {
  await tx.query(`select pg_advisory_xact_lock(${suppressionsKey(workspaceId)})`)
}

/** Locks the next due leads of each campaign in dialing order, at most `take` of each. */
export async function pickDueLeads(
  tx: Tx,
  workspaceId: string,
  wanted: { campaign_id: string; take: number }[],
  at: number,
): Promise<string[]> {
  const { rows } = await tx.query<{ lead_id: string }>({
    name: 'pick-due-leads',
    // Asked in the order of the campaigns' ids: weighted lists are locked, and two claims must not wait for each other.
    text: `with w as materialized (
        select * from unnest($2::uuid[], $3::int[]) with ordinality as w (campaign_id, take, place) order by campaign_id
      )
      select p.lead_id from w cross join lateral pick_due_leads($1, w.campaign_id, w.take, $4) p order by w.place, p.place`,
    values: [workspaceId, wanted.map((w) => w.campaign_id), wanted.map((w) => w.take), new Date(at)],
  })
  return rows.map((row) => row.lead_id)
}

/** Locks a lead that may be called, due or not; false when it is final, or being called. */
export async function lockOpenLead(tx: Tx, workspaceId: string, leadId: string): Promise<boolean> {
  const { rowCount } = await tx.query({
    name: 'lock-open-lead',
    text: `select from leads where workspace_id = $1 and id = $2 and status in ('pending', 'callback') for no key update`,
    values: [workspaceId, leadId],
  })
  return rowCount === 1
}

/** A number let out by the gate and admitted under the limits: a lead's, or (by hand) any. */
export interface Claim {
  attempt_id: string
  kind: 'campaign' | 'manual'
  lead_id: string | null
  campaign_id: string | null
  contact_id: string | null
  owner_user_id: string
  trunk_id: string
  agentless: boolean
  number: string
  caller_id: string | null
  /** In the campaign's zone; null without one. */
  day: string | null
  verdict: unknown
  /** Whose it is from the claim on; null when whoever is free takes it. */
  agent_id: string | null
  session_id: string | null
  /** Epoch ms: until then the agent decides whether it is dialed; null when it is dialed at once. */
  offered_until: number | null
  /** Nobody else's for so long, by the database's clock. */
  lease_seconds: number
  /** Its campaign chooses among trunks: where this one can't dial, another one may. */
  chooses_trunk?: boolean
  /** Of a call dialed by hand: kept with the call as soon as there is one. */
  by_hand?: ByHand
}

/** A lead the gate did not let out: when it may be, or why never. */
export interface Held {
  lead_id: string
  /** Epoch ms; null for never. */
  due_at: number | null
  status: string | null
  /** The rule; null when nothing holds the lead. */
  held_by: string | null
}

/**
 * Writes the attempts, takes their leads out of the hopper, spends tokens, turns, the day's dials and the lists' shares.
 * A lead whose number is being dialed for another campaign at this moment gets no attempt and is due again at
 * `busy_until` (epoch ms). Resolves to the attempts that were written.
 */
export async function insertClaims(
  tx: Tx,
  workspaceId: string,
  claims: Claim[],
  by: { worker: string; at: number; turn: number; busy_until: number },
): Promise<Set<string>> {
  const { rows } = await tx.query<{ id: string }>({
    name: 'insert-claims',
    text: `
      with claim as (
        select c.*, row_number() over () as place
        from jsonb_to_recordset($2) as c (attempt_id uuid, kind text, lead_id uuid, campaign_id uuid, contact_id uuid, owner_user_id uuid,
          trunk_id uuid, agentless boolean, number text, caller_id text, day date, verdict jsonb, agent_id uuid, session_id uuid,
          offered_until double precision, lease_seconds double precision)
      ), taken as (
        insert into attempts (workspace_id, id, kind, lead_id, campaign_id, contact_id, owner_user_id, trunk_id, agentless, number,
          caller_id, state, day, verdict, claimed_by, claimed_at, lease_until, agent_id, session_id, awaits_agent, offered_until)
        select $1, attempt_id, kind, lead_id, campaign_id, contact_id, owner_user_id, trunk_id, agentless, number,
          caller_id, 'claimed', day, verdict, $3, $4, clock_timestamp() + make_interval(secs => lease_seconds), agent_id,
          session_id, not agentless and session_id is null, to_timestamp(offered_until / 1000)
        from claim order by number
        on conflict do nothing returning id, lead_id, owner_user_id, campaign_id, trunk_id, day
      ), calling as (
        update leads l set status = 'calling', due_at = null, held_by = null, updated_at = $4
        where l.workspace_id = $1 and l.id = any (array(select lead_id from taken))
      ), dialed as (
        select l.campaign_id, l.list_number, l.rank >> 47 as standing, count(*) as n from leads l
        where l.workspace_id = $1 and l.id = any (array(select lead_id from taken)) group by 1, 2, 3
      ), charged as (
        update lists x set credit = greatest(-1, least(1, x.credit
          + x.share * coalesce((select sum(d.n) from dialed d where d.campaign_id = x.campaign_id and d.standing = x.standing), 0)::integer
          - coalesce((select d.n from dialed d where d.campaign_id = x.campaign_id and d.standing = x.standing
            and d.list_number = x.number), 0)))
        where x.workspace_id = $1 and x.campaign_id = any (array(select campaign_id from taken)) and x.share is not null
      ), busy as (
        update leads l set due_at = $6, held_by = 'number_in_call', updated_at = $4
        where l.workspace_id = $1 and l.id = any (array(select lead_id from claim except select lead_id from taken))
      ), turned as (
        insert into owner_turns (workspace_id, owner_user_id, turn)
        select $1, c.owner_user_id, $5 + max(c.place) from claim c join taken t on t.id = c.attempt_id group by 2
        on conflict (workspace_id, owner_user_id) do update set turn = excluded.turn
      ), counted as (
        insert into campaign_days (workspace_id, campaign_id, day, dials)
        select $1, campaign_id, day, count(*) from taken where campaign_id is not null group by campaign_id, day
        on conflict (workspace_id, campaign_id, day) do update set dials = campaign_days.dials + excluded.dials
      ), spent as (
        update dial_limits d set refilled_at = clock_timestamp(), tokens = case when t.calls_per_second is null then 2 else
            least(2, d.tokens + t.calls_per_second * greatest(0, extract(epoch from clock_timestamp() - d.refilled_at))) - u.n end
        from (select trunk_id, count(*) as n from taken group by trunk_id) u
        join trunks t on t.workspace_id = $1 and t.id = u.trunk_id
        where d.workspace_id = $1 and d.limited_id = u.trunk_id
      ), advanced as (
        update dial_limits d set turn = d.turn + (select count(*) from claim), refilled_at = clock_timestamp(),
          tokens = case when w.calls_per_second is null then 2 else least(2, d.tokens + w.calls_per_second
            * greatest(0, extract(epoch from clock_timestamp() - d.refilled_at))) - (select count(*) from taken) end
        from workspaces w where w.id = $1 and d.workspace_id = $1 and d.limited_id = $1
      )
      select id from taken`,
    values: [workspaceId, JSON.stringify(claims), by.worker, new Date(by.at), by.turn, new Date(by.busy_until)],
  })
  return new Set(rows.map((row) => row.id))
}

/** Writes down what the gate said of leads it did not let out, each in its place by its list and its campaign's order. */
export async function holdLeads(tx: Tx, workspaceId: string, held: Held[], at: number): Promise<void> {
  if (held.length === 0) return
  await tx.query({
    name: 'hold-leads',
    text: `update leads l set due_at = to_timestamp(h.due_at / 1000), status = coalesce(h.status, l.status),
        held_by = h.held_by, updated_at = $3,
        ordered_by = (select nullif(c.lead_order, 'due_first') from campaigns c where c.workspace_id = $1 and c.id = l.campaign_id),
        list_number = coalesce((select x.number from lists x where x.workspace_id = $1 and x.campaign_id = l.campaign_id
          and x.id = coalesce(l.import_id, l.campaign_id)), 0)
      from jsonb_to_recordset($2) as h (lead_id uuid, due_at double precision, status text, held_by text)
      where l.workspace_id = $1 and l.id = any ($4) and l.id = h.lead_id`,
    values: [workspaceId, JSON.stringify(held), new Date(at), held.map((lead) => lead.lead_id)],
  })
}
