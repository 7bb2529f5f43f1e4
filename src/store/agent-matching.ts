import { goneAfterSeconds } from '#domain/agent-session.ts'
import { tellBoard } from './agent-sessions.ts'
import type { Tx } from './tx.ts'

export interface Wanted {
  call_id: string
  /** Its agents are those assigned by name and those of its teams. */
  campaign_id: string
  /** Each of which the agent must have. */
  skills: string[]
  /** Who talked to this person before: goes before those who wait longer. */
  sticky_agent_id: string | null
  /** The agent's leg has to be up on it. */
  trunk_id: string
}

export interface Taken {
  session_id: string
  agent_id: string
  /** The connection that shows the call; null for an agent reached by phone. */
  connection_id: string | null
  leg_id: string
}

/**
 * Of an idle session: may its agent take the call? Scalar subqueries, because they stay what they are: the idle are walked
 * in their order and asked one by one until one fits. As joins, and without statistics, they were asked all with all.
 */
const mayTake = `
  (select a.active and a.deleted_at is null and a.skills @> $3::text[]
     and (a.reached_at <> 'browser' or s.seen_at > now() - make_interval(secs => $4))
   from agents a where a.workspace_id = $1 and a.id = s.agent_id)
  and (select l.state = 'up' and not l.closing and l.trunk_id = $8
    from legs l where l.workspace_id = $1 and l.id = s.leg_id)
  and takes_calls_of($1, $2, s.agent_id)`

/**
 * Gives a call that waits to the agent who has waited longest of those who may take it; null when nobody is free, or the
 * call waits no more. Any number of processes at once: none waits for another, no agent is taken twice and no call given
 * twice.
 */
export async function takeAvailable(tx: Tx, workspaceId: string, wanted: Wanted, at: number): Promise<Taken | null> {
  const { rows } = await tx.query<Taken>({
    name: 'take-available',
    text: `
      with waiting as materialized (
        select id from attempts where workspace_id = $1 and id = $5 and awaits_agent and ended_at is null
        for no key update skip locked
      ), known as (
        select s.id from agent_sessions s
        where s.workspace_id = $1 and s.agent_id = $6 and s.ended_at is null and s.state = 'available'
          and exists (select from waiting) and ${mayTake}
        limit 1 for no key update skip locked
      ), longest as (
        select s.id from agent_sessions s
        where s.workspace_id = $1 and s.state = 'available' and exists (select from waiting) and ${mayTake}
        order by s.idle_since, s.id limit 1 for no key update skip locked
      ), moved as (
        update agent_sessions s set state = 'reserved', state_since = greatest($7, s.state_since), reason = null,
          call_id = $5, steps = s.steps + 1, seq = s.seq + 1
        where s.workspace_id = $1 and s.id = coalesce((select id from known), (select id from longest))
        returning s.*, $7::timestamptz as told_at
      ), noted as (
        insert into agent_transitions (workspace_id, session_id, step, agent_id, from_state, to_state, call_id, at)
        select $1, id, steps, agent_id, 'available', state, call_id, state_since from moved
      ), given as (
        update attempts a set awaits_agent = false, session_id = moved.id, agent_id = moved.agent_id
        from moved where a.workspace_id = $1 and a.id = $5
      ), told as (${tellBoard})
      select id as session_id, agent_id, connection_id, leg_id from moved`,
    values: [
      workspaceId,
      wanted.campaign_id,
      wanted.skills,
      goneAfterSeconds,
      wanted.call_id,
      wanted.sticky_agent_id,
      new Date(at),
      wanted.trunk_id,
    ],
  })
  return rows[0] ?? null
}

/**
 * Reserves these sessions for these calls; gives those that were still free, with a leg up on the call's trunk. Whoever
 * else reserves passes over them meanwhile, so that nobody waits for anybody.
 */
export async function reserveSessions(
  tx: Tx,
  workspaceId: string,
  bound: { session_id: string; call_id: string; trunk_id: string }[],
  at: number,
): Promise<Set<string>> {
  const { rows } = await tx.query<{ session_id: string }>({
    name: 'reserve-sessions',
    text: `
      with wanted as (
        select * from jsonb_to_recordset($2) as w (session_id uuid, call_id uuid, trunk_id uuid)
      ), free as materialized (
        select s.id from agent_sessions s where s.workspace_id = $1 and s.id = any ($4) and s.state = 'available'
          and exists (select from legs l where l.workspace_id = $1 and l.id = s.leg_id and l.state = 'up' and not l.closing
            and l.trunk_id = (select w.trunk_id from wanted w where w.session_id = s.id))
        order by s.id for no key update skip locked
      ), moved as (
        update agent_sessions s set state = 'reserved', state_since = greatest($3, s.state_since), reason = null,
          call_id = w.call_id, steps = s.steps + 1, seq = s.seq + 1
        from wanted w where s.workspace_id = $1 and s.id = any (array(select id from free)) and s.id = w.session_id
        returning s.*, $3::timestamptz as told_at
      ), noted as (
        insert into agent_transitions (workspace_id, session_id, step, agent_id, from_state, to_state, call_id, at)
        select $1, id, steps, agent_id, 'available', state, call_id, state_since from moved
      ), told as (${tellBoard})
      select id as session_id from moved`,
    values: [workspaceId, JSON.stringify(bound), new Date(at), bound.map(({ session_id }) => session_id)],
  })
  return new Set(rows.map(({ session_id }) => session_id))
}

export async function takesCallsOf(tx: Tx, workspaceId: string, campaignId: string, agentId: string): Promise<boolean> {
  const { rows } = await tx.query<{ takes: boolean }>({
    name: 'takes-calls-of',
    text: 'select takes_calls_of($1, $2, $3) as takes',
    values: [workspaceId, campaignId, agentId],
  })
  return rows[0]?.takes ?? false
}

/** Locks sessions whose wrap-up may be over, and passes over those that somebody else holds. */
export async function lockEndedWrapUps(tx: Tx, workspaceId: string, at: number): Promise<string[]> {
  const { rows } = await tx.query<{ id: string }>({
    name: 'lock-ended-wrap-ups',
    text: `select id from agent_sessions where workspace_id = $1 and ended_at is null and state = 'wrap_up'
      and wrap_up_until <= $2 order by id for no key update skip locked`,
    values: [workspaceId, new Date(at)],
  })
  return rows.map(({ id }) => id)
}

/** Locks sessions of agents at a browser who were not heard of for too long and have no call in hand. */
export async function lockGoneSessions(tx: Tx, workspaceId: string): Promise<string[]> {
  const { rows } = await tx.query<{ id: string }>({
    name: 'lock-gone-sessions',
    text: `select s.id from agent_sessions s join agents a on a.workspace_id = $1 and a.id = s.agent_id
      where s.workspace_id = $1 and s.ended_at is null and s.state in ('available', 'break')
        and a.reached_at = 'browser' and s.seen_at <= now() - make_interval(secs => $2)
      order by s.id for no key update of s skip locked`,
    values: [workspaceId, goneAfterSeconds],
  })
  return rows.map(({ id }) => id)
}
