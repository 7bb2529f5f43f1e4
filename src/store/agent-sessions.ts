import type { AgentSession, AgentState } from '#domain/agent-session.ts'
import type { Tx } from './tx.ts'

/** A session as it is kept: its state, and what the rules of the state don't look at. */
export interface StoredSession extends AgentSession {
  id: string
  agent_id: string
  /** Who asked for `next_state`, when it was not the agent. */
  next_by_user_id: string | null
  /** The connection that shows the calls. */
  connection_id: string | null
  /** Counts its transitions. */
  steps: number
  /** Counts everything its agent's connection has to hear of. */
  seq: number
  ip: string | null
  client: string | null
  started_at: number
  ended_at: number | null
}

export const sessionColumns = `s.id, s.agent_id, s.state, s.state_since, s.idle_since, s.reason, s.call_id, s.wrap_up_until,
  s.wrap_up_extended, s.unsaved, s.next_state, s.next_reason, s.next_by_user_id, s.connection_id, s.steps, s.seq, s.ip,
  s.client, s.started_at, s.ended_at`

const instants = ['state_since', 'idle_since', 'wrap_up_until', 'started_at', 'ended_at'] as const

/** A row's instants as epoch milliseconds, as the rules take them. */
export function toSession<Row extends Record<(typeof instants)[number], Date | null>>(row: Row): StoredSession {
  const times = Object.fromEntries(instants.map((name) => [name, row[name]?.getTime() ?? null]))
  return { ...row, ...times } as unknown as StoredSession
}

/** What watchers of the board hear of a row `moved`; leaves with the statement that changed it. */
export const tellBoard = `insert into live_outbox (workspace_id, type, data, at)
  select $1, 'agent.updated', jsonb_build_object('agent_id', agent_id, 'session_id', id, 'seq', seq, 'state', state,
    'state_since', to_char(state_since at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'reason', reason,
    'call_id', call_id, 'next_state', next_state), told_at from moved`

/** Locks a session; null when there is none. */
export async function lockAgentSession(tx: Tx, workspaceId: string, id: string): Promise<StoredSession | null> {
  const { rows } = await tx.query({
    name: 'lock-agent-session',
    text: `select ${sessionColumns} from agent_sessions s where s.workspace_id = $1 and s.id = $2 for no key update`,
    values: [workspaceId, id],
  })
  return rows[0] ? toSession(rows[0]) : null
}

export async function readAgentSession(tx: Tx, workspaceId: string, id: string): Promise<StoredSession | null> {
  const { rows } = await tx.query({
    name: 'read-agent-session',
    text: `select ${sessionColumns} from agent_sessions s where s.workspace_id = $1 and s.id = $2`,
    values: [workspaceId, id],
  })
  return rows[0] ? toSession(rows[0]) : null
}

/** The agent's open session. */
export async function findOpenSession(tx: Tx, workspaceId: string, agentId: string): Promise<StoredSession | null> {
  const { rows } = await tx.query({
    name: 'find-open-session',
    text: `select ${sessionColumns} from agent_sessions s
      where s.workspace_id = $1 and s.agent_id = $2 and s.ended_at is null`,
    values: [workspaceId, agentId],
  })
  return rows[0] ? toSession(rows[0]) : null
}

/** The open sessions, of a team's agents where one is named; in an order in which they can be locked one after the other. */
export async function listOpenSessions(tx: Tx, workspaceId: string, teamId: string | null): Promise<string[]> {
  const { rows } = await tx.query<{ id: string }>({
    name: 'list-open-sessions',
    text: `select s.id from agent_sessions s where s.workspace_id = $1 and s.ended_at is null
      and ($2::uuid is null or exists (select from team_members m
        where m.workspace_id = $1 and m.team_id = $2 and m.agent_id = s.agent_id))
      order by s.id`,
    values: [workspaceId, teamId],
  })
  return rows.map(({ id }) => id)
}

/** Whether a user talks on the call as an agent, or writes down what it was about. */
export async function hasCallInHand(tx: Tx, workspaceId: string, callId: string, userId: string): Promise<boolean> {
  const { rowCount } = await tx.query({
    name: 'has-call-in-hand',
    text: `select from agent_sessions s join agents a on a.workspace_id = s.workspace_id and a.id = s.agent_id
      where s.workspace_id = $1 and s.call_id = $2 and a.user_id = $3 and s.ended_at is null`,
    values: [workspaceId, callId, userId],
  })
  return (rowCount ?? 0) > 0
}

export interface NewSession {
  id: string
  agent_id: string
  ip: string | null
  client: string | null
  /** Who signed the agent on, when it was not the agent. */
  by_user_id: string | null
}

/** Opens a session with its first transition; null when the agent has an open one. */
export async function openAgentSession(
  tx: Tx,
  workspaceId: string,
  opened: NewSession,
  session: AgentSession,
): Promise<StoredSession | null> {
  const { rows } = await tx.query({
    name: 'open-agent-session',
    text: `
      with moved as (
        insert into agent_sessions (workspace_id, id, agent_id, ip, client, state, state_since, idle_since, reason, steps,
          seq, started_at)
        values ($1, $2, $3, $4, $5, $6, $7, case when $6 = 'available' then $7::timestamptz end, $8, 1, 1, $7)
        on conflict (workspace_id, agent_id) where ended_at is null do nothing
        returning *, $7::timestamptz as told_at
      ), noted as (
        insert into agent_transitions (workspace_id, session_id, step, agent_id, from_state, to_state, reason, by_user_id, at)
        select $1, id, 1, agent_id, 'offline', state, reason, $9, $7 from moved
      ), told as (${tellBoard})
      select ${sessionColumns} from moved s`,
    values: [
      workspaceId,
      opened.id,
      opened.agent_id,
      opened.ip,
      opened.client,
      session.state,
      new Date(session.state_since),
      session.reason,
      opened.by_user_id,
    ],
  })
  return rows[0] ? toSession(rows[0]) : null
}

/** What a change of a session is written with. */
export interface WrittenBy {
  /** Of the transition: who did it, when it was not the agent or the engine. */
  user_id: string | null
  /** Who asked for what is remembered. */
  next_by_user_id: string | null
  /** The agent's own doing shows that they are there. */
  seen: boolean
  at: number
}

/**
 * Writes what became of a session, with its transition when the state is another one; null when somebody else changed it
 * since `before` was read, and then nothing was written.
 */
export async function writeAgentSession(
  tx: Tx,
  workspaceId: string,
  before: StoredSession,
  after: AgentSession,
  by: WrittenBy,
): Promise<StoredSession | null> {
  const { rows } = await tx.query({
    name: 'write-agent-session',
    text: `
      with moved as (
        update agent_sessions s set state = $4, state_since = $5, idle_since = $6, reason = $7, call_id = $8,
          wrap_up_until = $9, wrap_up_extended = $10, unsaved = $11, next_state = $12, next_reason = $13,
          next_by_user_id = $14, ended_at = case when $4 = 'offline' then $5::timestamptz end,
          seen_at = case when $15 then now() else s.seen_at end,
          steps = s.steps + ($4 <> $16)::integer, seq = s.seq + 1
        where s.workspace_id = $1 and s.id = $2 and s.seq = $3
        returning *, $18::timestamptz as told_at
      ), noted as (
        insert into agent_transitions (workspace_id, session_id, step, agent_id, from_state, to_state, reason, call_id,
          by_user_id, at)
        select $1, id, steps, agent_id, $16, state, reason, call_id, $17, state_since from moved where state <> $16
      ), told as (${tellBoard})
      select ${sessionColumns} from moved s`,
    values: [
      workspaceId,
      before.id,
      before.seq,
      after.state,
      new Date(after.state_since),
      instant(after.idle_since),
      after.reason,
      after.call_id,
      instant(after.wrap_up_until),
      after.wrap_up_extended,
      after.unsaved,
      after.next_state,
      after.next_reason,
      after.next_state === null ? null : by.next_by_user_id,
      by.seen,
      before.state satisfies AgentState,
      by.user_id,
      new Date(by.at),
    ],
  })
  return rows[0] ? toSession(rows[0]) : null
}

function instant(at: number | null): Date | null {
  return at === null ? null : new Date(at)
}
