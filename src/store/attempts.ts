import { type AttemptState, attemptMayMove } from '#domain/attempt.ts'
import type { Pool } from './database.ts'
import type { Tx } from './tx.ts'

/** An attempt whose intent is committed: the command may leave. */
export interface Intent {
  attempt_id: string
  campaign_id: string | null
  trunk_id: string
  number: string
  caller_id: string | null
  ring_timeout_seconds: number
  /** Its carrier is to find out whether a machine answers. */
  detect_machines: boolean
}

/** What is known of a call that somebody dials by hand, besides whom it goes to. */
export interface ByHand {
  /** Who dials. */
  placed_by: string
  metadata: Record<string, unknown>
  /** Whom the client means, in its own words. */
  external_lead_id: string | null
}

/**
 * Turns claims into intents: call, first event and commitment are written with them. Passed over are attempts whose
 * campaign no longer runs, whose number was suppressed since the claim, or whose lease somebody else ended.
 */
export async function writeIntents(
  tx: Tx,
  workspaceId: string,
  attempts: ({ attempt_id: string; number: number; salt: string; commitment: string } & Partial<ByHand>)[],
  by: { worker: string; at: number; lease_seconds: number },
): Promise<Intent[]> {
  const { rows } = await tx.query<Intent>({
    name: 'write-intents',
    text: `
      with told as (
        select * from jsonb_to_recordset($2) as t (attempt_id uuid, number bigint, salt text, commitment text,
          placed_by uuid, metadata jsonb, external_lead_id text)
      ), intent as (
        update attempts a set state = 'dialing', intent_at = clock_timestamp(),
          lease_until = clock_timestamp() + make_interval(secs => $5)
        from told
        where a.workspace_id = $1 and a.id = any ($6) and a.id = told.attempt_id and a.state = 'claimed' and a.claimed_by = $3
          and a.lease_until > clock_timestamp()
          -- A call dialed by hand may belong to no campaign.
          and (a.campaign_id is null or (select c.status from campaigns c where c.workspace_id = $1 and c.id = a.campaign_id) = 'active')
          and not exists (select from blocks_on($1, a.number, a.campaign_id) b where b.expires_at is null or b.expires_at > $4)
        returning a.*, told.number as call_number, told.salt, told.commitment, told.placed_by, told.metadata, told.external_lead_id,
          coalesce((select c.ring_timeout_seconds from campaigns c where c.workspace_id = $1 and c.id = a.campaign_id), 25)
            as ring_timeout_seconds,
          a.kind = 'campaign' and a.session_id is null and coalesce((select c.detects_machines from campaigns c
            where c.workspace_id = $1 and c.id = a.campaign_id), false) as detect_machines
      ), called as (
        insert into calls (workspace_id, id, number, campaign_id, lead_id, contact_id, owner_user_id, trunk_id, provider,
          from_number, to_number, initiated_at, placed_by, metadata, external_lead_id, zone)
        select $1, i.id, i.call_number, i.campaign_id, i.lead_id, i.contact_id, i.owner_user_id, i.trunk_id, t.provider,
          i.caller_id, i.number, $4, i.placed_by, coalesce(i.metadata, '{}'), i.external_lead_id,
          i.verdict #>> '{verdict,evidence,zones,0}'
        from intent i join trunks t on t.workspace_id = $1 and t.id = i.trunk_id
      ), committed as (
        insert into number_commitments (workspace_id, call_id, salt, number)
        select $1, id, decode(salt, 'hex'), number from intent
      ), told_first as (
        insert into call_events (workspace_id, call_id, event_key, kind, at, received_at, number_commitment)
        select $1, id, 'initiated', 'initiated', $4, $4, decode(commitment, 'hex') from intent
      ), live as (
        insert into live_outbox (workspace_id, type, data, at)
        select $1, 'call.updated', jsonb_build_object('call_id', id, 'campaign_id', campaign_id, 'state', 'initiated'), $4
        from intent
      )
      select id as attempt_id, campaign_id, trunk_id, number, caller_id, ring_timeout_seconds, detect_machines from intent`,
    values: [
      workspaceId,
      JSON.stringify(attempts),
      by.worker,
      new Date(by.at),
      by.lease_seconds,
      attempts.map((attempt) => attempt.attempt_id),
    ],
  })
  return rows
}

/** The carrier has these calls: its trunk is trusted again. The sweeper asks after one whose end is not known `quiet_ms` from now. */
export async function recordDialed(
  tx: Tx,
  workspaceId: string,
  dialed: { attempt_id: string; provider_call_id: string; quiet_ms: number }[],
): Promise<void> {
  if (dialed.length === 0) return
  await tx.query({
    name: 'record-dialed',
    text: `
      with told as (
        select * from jsonb_to_recordset($2) as t (attempt_id uuid, provider_call_id text, quiet_ms double precision)
      ), held as (
        -- In the order of their ids, as everybody locks calls.
        select id from calls where workspace_id = $1 and id = any ($3) order by id for no key update
      ), dialed as (
        -- One that is dialed already is asked after later.
        update attempts a set state = 'dialed', dialed_at = coalesce(a.dialed_at, clock_timestamp()), provider_call_id = told.provider_call_id,
          lease_until = clock_timestamp() + make_interval(secs => told.quiet_ms / 1000)
        from told where a.workspace_id = $1 and a.id = any ($3) and a.id = told.attempt_id and a.state in ('dialing', 'unknown', 'dialed')
        returning a.trunk_id
      ), trusted as (
        update dial_limits l set refusals = 0, blocked_until = null, blocked_reason = null
        where l.workspace_id = $1 and l.blocked_until is not null and l.limited_id in (select trunk_id from dialed)
      ), named as (
        update calls c set provider_call_id = told.provider_call_id
        from held join told on told.attempt_id = held.id
        where c.workspace_id = $1 and c.id = any ($3) and c.id = held.id and c.provider_call_id is null
        returning c.trunk_id, c.provider_call_id
      )
      update event_inbox i set waiting = false
      from named where i.workspace_id = $1 and i.waiting and i.trunk_id = named.trunk_id
        and i.provider_call_id = named.provider_call_id`,
    values: [workspaceId, JSON.stringify(dialed), dialed.map((each) => each.attempt_id)],
  })
}

/** The command may have left and nobody knows: only the carrier's answer moves these on. */
export async function recordUnknown(tx: Tx, workspaceId: string, attemptIds: string[]): Promise<void> {
  if (attemptIds.length === 0) return
  await tx.query(
    `update attempts set state = 'unknown', lease_until = clock_timestamp() + interval '1 second'
     where workspace_id = $1 and id = any ($2) and state = 'dialing'`,
    [workspaceId, attemptIds],
  )
}

/**
 * Gives back the slot, the try and the day's dial of attempts that rang nobody; their leads are due at `due_at` again.
 * Only attempts in one of `from` are touched.
 */
export async function dropAttempts(
  tx: Tx,
  workspaceId: string,
  attemptIds: string[],
  drop: { from: AttemptState[]; reason: string; at: number; due_at: number; held_by?: string },
): Promise<number> {
  if (attemptIds.length === 0) return 0
  if (!drop.from.every((state) => attemptMayMove(state, 'dropped'))) throw new Error('a call that rang is not dropped')
  const { rowCount } = await tx.query({
    name: 'drop-attempts',
    text: `
      with dropped as (
        update attempts set state = 'dropped', drop_reason = $4, ended_at = $5
        where workspace_id = $1 and id = any ($2) and state = any ($3)
        returning id, lead_id, campaign_id, day, verdict
      ), uncounted as (
        update campaign_days d set dials = d.dials - u.n
        from (select campaign_id, day, count(*) as n from dropped group by 1, 2) u
        where d.workspace_id = $1 and d.campaign_id = u.campaign_id and d.day = u.day
      ), closed as (
        update calls c set state = 'ended', outcome = 'canceled', hangup_cause = $4, ended_at = $5
        from dropped where c.workspace_id = $1 and c.id = any ($2) and c.id = dropped.id and c.ended_at is null
        returning c.id, c.campaign_id
      ), told as (
        insert into call_events (workspace_id, call_id, event_key, kind, at, received_at, detail)
        select $1, id, 'dropped', 'ended', $5, $5, jsonb_build_object('outcome', 'canceled', 'cause', $4) from closed
      ), live as (
        insert into live_outbox (workspace_id, type, data, at)
        select $1, 'call.updated',
          jsonb_build_object('call_id', id, 'campaign_id', campaign_id, 'state', 'ended', 'outcome', 'canceled'), $5
        from closed
      )
      update leads l set status = coalesce(dropped.verdict #>> '{input,lead,status}', 'pending'), due_at = $6, held_by = coalesce($7, l.held_by),
        updated_at = $5
      from dropped where l.workspace_id = $1 and l.id = dropped.lead_id and l.status = 'calling'`,
    values: [
      workspaceId,
      attemptIds,
      drop.from,
      drop.reason,
      new Date(drop.at),
      new Date(drop.due_at),
      drop.held_by ?? null,
    ],
  })
  return rowCount ?? 0
}

export interface EndedAttempt {
  attempt_id: string
  lead_id: string | null
  trunk_id: string
  /** Whose call it was. */
  session_id: string | null
  /** Of the campaign; null without one. */
  wrap_up_seconds: number | null
}

/** Ends attempts once; those already settled are not returned. */
export async function endAttempts(
  tx: Tx,
  workspaceId: string,
  endings: { attempt_id: string; outcome: string }[],
  at: number,
): Promise<EndedAttempt[]> {
  if (endings.length === 0) return []
  const { rows } = await tx.query<EndedAttempt>({
    name: 'end-attempts',
    text: `
      with ended as (
        update attempts a set state = 'ended', outcome = e.outcome, ended_at = $3
        from jsonb_to_recordset($2) as e (attempt_id uuid, outcome text)
        where a.workspace_id = $1 and a.id = any ($4) and a.id = e.attempt_id and a.ended_at is null
        returning a.id, a.lead_id, a.session_id, a.campaign_id, a.trunk_id, a.outcome, a.live_at, a.abandoned_at
      ), heard as (
        insert into answer_days (workspace_id, campaign_id, day, live_answers, abandoned)
        select $1, e.campaign_id, (e.live_at at time zone c.time_zone)::date, count(*), count(e.abandoned_at)
        from ended e join campaigns c on c.workspace_id = $1 and c.id = e.campaign_id
        where e.live_at is not null and (e.abandoned_at is not null or e.outcome not in ('machine', 'fax', 'screened'))
        group by 2, 3 order by 2, 3
        on conflict (workspace_id, campaign_id, day) do update
          set live_answers = answer_days.live_answers + excluded.live_answers, abandoned = answer_days.abandoned + excluded.abandoned
      ), charged as (
        insert into spend_days (workspace_id, day, spent)
        select $1, ($3::timestamptz at time zone w.time_zone)::date,
          sum(t.price_per_minute * greatest(1, ceil(extract(epoch from c.ended_at - c.answered_at) / 60)))
        from ended e join trunks t on t.workspace_id = $1 and t.id = e.trunk_id and t.price_per_minute > 0
        join calls c on c.workspace_id = $1 and c.id = e.id and c.answered_at is not null and c.ended_at is not null
        join workspaces w on w.id = $1 group by 2
        on conflict (workspace_id, day) do update set spent = spend_days.spent + excluded.spent
      )
      select e.id as attempt_id, e.lead_id, e.trunk_id, e.session_id,
        (select c.wrap_up_seconds from campaigns c where c.workspace_id = $1 and c.id = e.campaign_id) as wrap_up_seconds
      from ended e`,
    values: [workspaceId, JSON.stringify(endings), new Date(at), endings.map((ending) => ending.attempt_id)],
  })
  return rows
}

/** An attempt whose lease has lapsed: somebody must find out what became of it. */
export interface LapsedAttempt {
  attempt_id: string
  state: AttemptState
  trunk_id: string
  campaign_id: string | null
  provider_call_id: string | null
  ring_timeout_seconds: number
  /** Whole seconds since the intent, by the database's clock. */
  seconds_since_intent: number
  number: string
  caller_id: string | null
  /** The carriers' ids of other attempts' calls to this number, of the last day; of an attempt without one of its own. */
  other_call_ids: string[]
}

/** Takes lapsed attempts for `hold_seconds`, so that other sweepers leave them alone meanwhile. */
export async function takeLapsedAttempts(
  tx: Tx,
  workspaceId: string,
  take: { limit: number; hold_seconds: number },
): Promise<LapsedAttempt[]> {
  const { rows } = await tx.query<LapsedAttempt>({
    name: 'take-lapsed-attempts',
    text: `
      with lapsed as (
        select id from attempts where workspace_id = $1 and ended_at is null and lease_until < clock_timestamp()
        order by lease_until limit $2 for update skip locked
      )
      update attempts a set lease_until = clock_timestamp() + make_interval(secs => $3)
      from lapsed where a.workspace_id = $1 and a.id = lapsed.id
      returning a.id as attempt_id, a.state, a.trunk_id, a.campaign_id, a.provider_call_id,
        coalesce((select c.ring_timeout_seconds from campaigns c where c.workspace_id = $1 and c.id = a.campaign_id), 25)
          as ring_timeout_seconds,
        coalesce(extract(epoch from clock_timestamp() - a.intent_at), 0)::double precision as seconds_since_intent,
        a.number, a.caller_id,
        array(select o.provider_call_id from attempts o where o.workspace_id = $1 and o.number = a.number and o.id <> a.id
          and a.provider_call_id is null and o.provider_call_id is not null
          and o.claimed_at > a.claimed_at - interval '1 day') as other_call_ids`,
    values: [workspaceId, take.limit, take.hold_seconds],
  })
  return rows
}

/** Attempts of one worker that never got as far as an intent: given back when it stops. */
export async function claimedBy(tx: Tx, workspaceId: string, worker: string): Promise<string[]> {
  const { rows } = await tx.query<{ id: string }>(
    `select id from attempts where workspace_id = $1 and ended_at is null and state = 'claimed' and claimed_by = $2`,
    [workspaceId, worker],
  )
  return rows.map((row) => row.id)
}

/** Attempts that this worker claimed and that still hold a slot, over all workspaces. */
export async function countLiveAttempts(pool: Pool, worker: string): Promise<number> {
  const { rows } = await pool.query<{ live: number }>('select count_live_attempts($1) as live', [worker])
  return rows[0]?.live ?? 0
}
