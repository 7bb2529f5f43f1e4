import type { AgentState } from '#domain/agent-session.ts'
import type { Tx } from './tx.ts'

export interface Transition {
  step: number
  from_state: AgentState
  to_state: AgentState
  reason: string | null
  call_id: string | null
  by_user_id: string | null
  at: Date
}

/** A session's transitions after `step`, oldest first. */
export async function listTransitions(
  tx: Tx,
  workspaceId: string,
  sessionId: string,
  after: number,
  limit: number,
): Promise<Transition[]> {
  const { rows } = await tx.query<Transition>({
    name: 'list-transitions',
    text: `select step, from_state, to_state, reason, call_id, by_user_id, at from agent_transitions
      where workspace_id = $1 and session_id = $2 and step > $3 order by step limit $4`,
    values: [workspaceId, sessionId, after, limit],
  })
  return rows
}

/** Times in milliseconds; they add up to `login_ms`. */
export interface AgentTimes {
  /** Calls an agent was reserved for, and those talked on. */
  calls: number
  answered: number
  talk_ms: number
  wrap_up_ms: number
  break_ms: number
  idle_ms: number
  reserved_ms: number
  login_ms: number
}

/** What a session's transitions add up to, the state it is in until `at`. */
export async function readTotals(tx: Tx, workspaceId: string, sessionId: string, at: number): Promise<AgentTimes> {
  const { rows } = await tx.query<AgentTimes>({
    name: 'read-session-totals',
    text: `
      with stretch as (
        select state, round(extract(epoch from to_at - from_at) * 1000)::bigint as ms
        from agent_stretches($1, array[$2::uuid], $3) where state <> 'offline'
      )
      select count(*) filter (where state = 'reserved') as calls, count(*) filter (where state = 'on_call') as answered,
        coalesce(sum(ms) filter (where state = 'on_call'), 0)::bigint as talk_ms,
        coalesce(sum(ms) filter (where state = 'wrap_up'), 0)::bigint as wrap_up_ms,
        coalesce(sum(ms) filter (where state = 'break'), 0)::bigint as break_ms,
        coalesce(sum(ms) filter (where state = 'available'), 0)::bigint as idle_ms,
        coalesce(sum(ms) filter (where state = 'reserved'), 0)::bigint as reserved_ms,
        coalesce(sum(ms), 0)::bigint as login_ms
      from stretch`,
    values: [workspaceId, sessionId, new Date(at)],
  })
  return rows[0] as AgentTimes
}

export const periods = ['day', 'week', 'month'] as const
export type Period = (typeof periods)[number]
export interface Performance extends AgentTimes {
  agent_id: string
  /** The period's first day, in the workspace's zone; weeks begin on Monday. */
  starts_on: string
  /** Calls the agent was reserved for and never talked on. */
  missed: number
  /** Calls whose disposition counts as success, and their part of those answered. */
  sales: number
  conversion_percent: number | null
  average_talk_ms: number | null
}

/** What agents did in each whole period from the one of `since` to the one of `until`, those without a session left out. */
export async function readPerformance(
  tx: Tx,
  workspaceId: string,
  agentIds: string[],
  range: { period: Period; since: string; until: string },
  at: number,
): Promise<Performance[]> {
  const { rows } = await tx.query<Performance>({
    name: 'read-performance',
    text: `select p.* from agent_performance($1, $2, $3, date_trunc($3, $4::date::timestamp)::date,
        (date_trunc($3, $5::date::timestamp) + ('1 ' || $3)::interval)::date, $6) p
      order by p.agent_id, p.starts_on`,
    values: [workspaceId, agentIds, range.period, range.since, range.until, new Date(at)],
  })
  return rows
}

export interface BreakTime {
  agent_id: string
  reason: string | null
  used_ms: number
}

/** How long these agents have been on breaks today, by the workspace's zone, reason by reason. */
export async function readBreaksToday(
  tx: Tx,
  workspaceId: string,
  agentIds: string[],
  at: number,
): Promise<BreakTime[]> {
  const { rows } = await tx.query<BreakTime>({
    name: 'read-breaks-today',
    text: `
      with today as (
        select date_trunc('day', $3::timestamptz at time zone time_zone) at time zone time_zone as starts
        from workspaces where id = $1
      )
      select b.agent_id, b.reason,
        round(extract(epoch from sum(b.to_at - greatest(b.from_at, today.starts))) * 1000)::bigint as used_ms
      from today, agent_stretches($1, array(
        select s.id from agent_sessions s where s.workspace_id = $1 and s.agent_id = any ($2)
          and (s.ended_at is null or s.ended_at > today.starts)), $3) b
      where b.state = 'break' and b.to_at > today.starts
      group by b.agent_id, b.reason`,
    values: [workspaceId, agentIds, new Date(at)],
  })
  return rows
}
