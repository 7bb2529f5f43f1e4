/**
 * The floor: people at their phones. In: who signs on, what they and their supervisors ask for, what calls do to them.
 * Out: sessions moved as the table in `domain/agent-session.ts` allows, each move kept as a transition, and agents told of
 * it. It must never change a state without its transition, nor give an agent to two calls.
 *
 * Everything here works inside the caller's transaction; whoever commits wakes `live`.
 */
import {
  type Actor,
  type AgentSession,
  extendWrapUp,
  holdUnsaved,
  isRefusedMove,
  moveAgent,
  newAgentSession,
  type RefusedMove,
  type Wish,
} from '#domain/agent-session.ts'
import {
  lockAgentSession,
  type NewSession,
  openAgentSession,
  type StoredSession,
  writeAgentSession,
} from '#store/agent-sessions.ts'
import type { Tx } from '#store/tx.ts'

export interface MovedBy {
  actor: Actor
  /** Of a supervisor. */
  user_id: string | null
}
export const byAgent: MovedBy = { actor: 'agent', user_id: null }
export const byEngine: MovedBy = { actor: 'engine', user_id: null }

/** Opens a session, available or on a break; null when the agent has an open one. */
export async function signOn(
  tx: Tx,
  workspaceId: string,
  opened: NewSession,
  wish: Extract<Wish, { to: 'available' | 'break' }>,
  at: number,
  by: Actor = 'agent',
): Promise<StoredSession | null> {
  const decision = moveAgent(newAgentSession(at), wish, by, at)
  if (isRefusedMove(decision)) throw new Error(`nobody can sign on as ${wish.to}`)
  return openAgentSession(tx, workspaceId, opened, decision.session)
}

/** Moves a session as somebody wishes; a refused move changes nothing. Null when there is no such session. */
export async function moveSession(
  tx: Tx,
  workspaceId: string,
  sessionId: string,
  wish: Wish,
  by: MovedBy,
  at: number,
): Promise<StoredSession | RefusedMove | null> {
  const before = await lockAgentSession(tx, workspaceId, sessionId)
  if (before === null) return null
  // Nobody signs on to a session that has ended.
  if (before.state === 'offline') return { because: 'table', from: 'offline', allowed: [] }
  const decision = moveAgent(before, wish, by.actor, at)
  return isRefusedMove(decision) ? decision : writeMove(tx, workspaceId, before, decision.session, by, at)
}

/** Writes what became of a session that the transaction has locked. */
export async function writeMove(
  tx: Tx,
  workspaceId: string,
  before: StoredSession,
  after: AgentSession,
  by: MovedBy,
  at: number,
): Promise<StoredSession> {
  // What was asked for and is now taken is the doing of whoever asked.
  const tookNext = before.next_state !== null && before.next_state === after.state
  const asks = after.next_state !== null && (after.next_state !== before.next_state || by.actor !== 'engine')
  const written = await writeAgentSession(tx, workspaceId, before, after, {
    user_id: tookNext ? before.next_by_user_id : by.user_id,
    next_by_user_id: asks ? by.user_id : before.next_by_user_id,
    seen: by.actor === 'agent',
    at,
  })
  if (written === null) throw new Error('a session changed under its lock')
  return written
}

/** The agent's one extension of a wrap-up; null when there is none to extend. */
export async function extendSession(
  tx: Tx,
  workspaceId: string,
  sessionId: string,
  at: number,
): Promise<StoredSession | null> {
  return changeOwn(tx, workspaceId, sessionId, extendWrapUp, at)
}

/** The agent's client has a text that is not saved, or none any more; null where there is no call it could be about. */
export async function markUnsaved(
  tx: Tx,
  workspaceId: string,
  sessionId: string,
  unsaved: boolean,
  at: number,
): Promise<StoredSession | null> {
  return changeOwn(tx, workspaceId, sessionId, (session) => holdUnsaved(session, unsaved), at)
}

async function changeOwn(
  tx: Tx,
  workspaceId: string,
  sessionId: string,
  change: (session: AgentSession) => AgentSession | null,
  at: number,
): Promise<StoredSession | null> {
  const before = await lockAgentSession(tx, workspaceId, sessionId)
  const after = before && change(before)
  return before && after && writeMove(tx, workspaceId, before, after, byAgent, at)
}
