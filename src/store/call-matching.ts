import type { Tx } from './tx.ts'
import type { DropMessage } from './voicemail-drops.ts'

/** A person who waits for an agent. */
export interface WaitingCall {
  attempt_id: string
  campaign_id: string
  trunk_id: string
  skills: string[]
  /** Who of ours this person talked to last. */
  sticky_agent_id: string | null
  live_at: Date
}

/** Whoever waits, the longest first. */
export async function findWaitingCalls(tx: Tx, workspaceId: string, limit: number): Promise<WaitingCall[]> {
  const { rows } = await tx.query<WaitingCall>({
    name: 'find-waiting-calls',
    text: `select a.id as attempt_id, a.campaign_id, a.trunk_id, a.live_at,
        (select c.skills from campaigns c where c.workspace_id = $1 and c.id = a.campaign_id) as skills,
        (select c.agent_id from calls c where c.workspace_id = $1 and c.contact_id = a.contact_id and c.agent_id is not null
          order by c.id desc limit 1) as sticky_agent_id
      from attempts a where a.workspace_id = $1 and a.awaits_agent and a.live_at is not null and a.ended_at is null
      order by a.live_at, a.id limit $2`,
    values: [workspaceId, limit],
  })
  return rows
}

/** Nobody has the call any more, and somebody must. */
export async function takeBack(tx: Tx, workspaceId: string, attemptId: string, sessionId: string): Promise<void> {
  await tx.query({
    name: 'take-back',
    text: `update attempts set awaits_agent = true, session_id = null, agent_id = null
      where workspace_id = $1 and id = $2 and session_id = $3 and ended_at is null`,
    values: [workspaceId, attemptId, sessionId],
  })
}

/** A leg over which no call could be put through gets none any more: it is closed, and another one opened. */
export async function doubtLeg(tx: Tx, workspaceId: string, legId: string): Promise<void> {
  await tx.query({
    name: 'doubt-leg',
    text: `update legs set closing = true, check_at = now() where workspace_id = $1 and id = $2 and down_at is null`,
    values: [workspaceId, legId],
  })
}

/** An answered call whose agent is reserved and does not hear it yet. */
export interface UnbridgedCall {
  attempt_id: string
  trunk_id: string
  session_id: string
  agent_id: string
  leg_id: string | null
  /** The agent was reserved before somebody answered, for this call alone. */
  bound: boolean
  live_at: Date
}

/** Calls to be put through; those of agents reserved after `reservedAfter` (epoch ms) are in the hands of who did that. */
export async function findUnbridgedCalls(tx: Tx, workspaceId: string, reservedAfter: number): Promise<UnbridgedCall[]> {
  const { rows } = await tx.query<UnbridgedCall>({
    name: 'find-unbridged-calls',
    text: `
      with reserved as materialized (
        select s.id, s.agent_id, s.call_id, s.leg_id, s.state_since from agent_sessions s
        where s.workspace_id = $1 and s.state = 'reserved'
      )
      select a.id as attempt_id, a.trunk_id, a.live_at, r.id as session_id, r.agent_id, r.leg_id, r.state_since < a.live_at as bound
      from reserved r join attempts a on a.workspace_id = $1 and a.id = r.call_id
      where a.ended_at is null and a.live_at is not null and a.hang_up_at is null and a.session_id = r.id
        and (r.state_since < a.live_at or r.state_since <= $2)
      order by a.live_at, a.id`,
    values: [workspaceId, new Date(reservedAfter)],
  })
  return rows
}

/** Of people who have waited since before `waitingSince` (epoch ms): their calls are abandoned, and to end. */
export async function abandonCalls(
  tx: Tx,
  workspaceId: string,
  waitingSince: number,
  at: number,
): Promise<{ attempt_id: string; trunk_id: string }[]> {
  const { rows } = await tx.query<{ attempt_id: string; trunk_id: string }>({
    name: 'abandon-calls',
    text: `
      with late as materialized (
        select id from attempts where workspace_id = $1 and awaits_agent and live_at <= $2 and ended_at is null
        order by id for no key update skip locked
      )
      update attempts a set awaits_agent = false, abandoned_at = $3, hang_up_at = now()
      where a.workspace_id = $1 and a.id = any (array(select id from late))
      returning a.id as attempt_id, a.trunk_id`,
    values: [workspaceId, new Date(waitingSince), new Date(at)],
  })
  return rows
}

/** As voicemail drops are bounded. */
const longestDropSeconds = 600

export interface HangUp {
  attempt_id: string
  trunk_id: string
  provider_call_id: string | null
  abandoned_at: Date | null
  /** What an abandoned person hears first. */
  abandon_message: string
  /** What is left on a machine first. */
  drop: DropMessage | null
}

/**
 * Calls whose carrier is to be told that they end, by nobody else for `again_seconds`, or for as long as the message takes that
 * is left before, if its greeting takes `greeting_seconds`. A message is handed out once: nobody leaves it twice.
 */
export async function takeHangUps(
  tx: Tx,
  workspaceId: string,
  { again_seconds, greeting_seconds }: { again_seconds: number; greeting_seconds: number },
): Promise<HangUp[]> {
  const { rows } = await tx.query<HangUp>({
    name: 'take-hang-ups',
    text: `
      with ordered as materialized (
        select a.id, a.leaves_drop_id from attempts a
        where a.workspace_id = $1 and a.hang_up_at <= now() and a.ended_at is null and a.state <> 'claimed'
        order by a.id for no key update skip locked
      ), dropped as (
        select o.id, v.duration_seconds, case when v.id is null then null else
          jsonb_build_object('id', v.id, 'message', v.message, 'sha256', encode(v.sha256, 'hex')) end as drop
        from ordered o left join voicemail_drops v on v.workspace_id = $1 and v.id = o.leaves_drop_id
      )
      update attempts a set leaves_drop_id = null, hang_up_at = now() + make_interval(secs =>
        case when d.drop is null then $2 else $3 + coalesce(d.duration_seconds, $4) end)
      from dropped d
      where a.workspace_id = $1 and a.id = any (array(select id from ordered)) and a.id = d.id
      returning a.id as attempt_id, a.trunk_id, d.drop, a.provider_call_id, a.abandoned_at, coalesce((select c.abandon_message
        from campaigns c where c.workspace_id = $1 and c.id = a.campaign_id), 'safe-harbour') as abandon_message`,
    values: [workspaceId, again_seconds, greeting_seconds, longestDropSeconds],
  })
  return rows
}

/** Sessions reserved before `since` (epoch ms) whose call is over, or was never made. */
export async function findLostReservations(
  tx: Tx,
  workspaceId: string,
  since: number,
): Promise<{ session_id: string; call_id: string }[]> {
  const { rows } = await tx.query<{ session_id: string; call_id: string }>({
    name: 'find-lost-reservations',
    text: `
      with held as materialized (
        select s.id, s.call_id from agent_sessions s
        where s.workspace_id = $1 and s.state = 'reserved' and s.state_since <= $2
      )
      select h.id as session_id, h.call_id from held h
      where not exists (select from attempts a
        where a.workspace_id = $1 and a.id = h.call_id and a.ended_at is null and a.session_id = h.id)
      order by h.id`,
    values: [workspaceId, new Date(since)],
  })
  return rows
}

/** Sessions that have talked since before `since` (epoch ms) on a call that is over, with its campaign's wrap-up. */
export async function findLostTalks(
  tx: Tx,
  workspaceId: string,
  since: number,
): Promise<{ session_id: string; attempt_id: string; wrap_up_seconds: number | null }[]> {
  const { rows } = await tx.query<{ session_id: string; attempt_id: string; wrap_up_seconds: number | null }>({
    name: 'find-lost-talks',
    text: `
      with held as materialized (
        select s.id, s.call_id from agent_sessions s
        where s.workspace_id = $1 and s.state = 'on_call' and s.state_since <= $2
      )
      select h.id as session_id, h.call_id as attempt_id, (select c.wrap_up_seconds from campaigns c
        where c.workspace_id = $1 and c.id = a.campaign_id) as wrap_up_seconds
      from held h left join attempts a on a.workspace_id = $1 and a.id = h.call_id
      where a.id is null or a.ended_at is not null order by h.id`,
    values: [workspaceId, new Date(since)],
  })
  return rows
}
