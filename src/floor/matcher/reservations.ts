/**
 * An agent and a call: reserved → on_call → wrap_up, or given back. For the matcher; each step names the call, so that
 * one that comes late moves nobody.
 */
import { defaultWrapUpMs, type RefusedMove } from '#domain/agent-session.ts'
import { type Taken, takeAvailable, type Wanted } from '#store/agent-matching.ts'
import type { StoredSession } from '#store/agent-sessions.ts'
import type { Tx } from '#store/tx.ts'
import { byEngine, moveSession } from '../agent-sessions.ts'

export interface Reservation {
  session_id: string
  call_id: string
}

/** Reserves the free agent who has waited longest; null when there is none, or the call is in somebody's hands. */
export async function reserveAgent(tx: Tx, workspaceId: string, wanted: Wanted, at: number): Promise<Taken | null> {
  return takeAvailable(tx, workspaceId, wanted, at)
}

/** The call came to nothing: the agent is free again in the old place, or takes what was asked for meanwhile. */
export async function releaseAgent(
  tx: Tx,
  workspaceId: string,
  { session_id, call_id }: Reservation,
  at: number,
): Promise<StoredSession | RefusedMove | null> {
  return moveSession(tx, workspaceId, session_id, { to: 'released', call_id }, byEngine, at)
}

/** Agent and person hear each other. */
export async function beginTalk(
  tx: Tx,
  workspaceId: string,
  { session_id, call_id }: Reservation,
  at: number,
): Promise<StoredSession | RefusedMove | null> {
  return moveSession(tx, workspaceId, session_id, { to: 'on_call', call_id }, byEngine, at)
}

/** The call is over; the agent has `wrap_up_ms`, as the campaign says, to write down what it was about. */
export async function beginWrapUp(
  tx: Tx,
  workspaceId: string,
  { session_id, call_id, wrap_up_ms = defaultWrapUpMs }: Reservation & { wrap_up_ms?: number },
  at: number,
): Promise<StoredSession | RefusedMove | null> {
  return moveSession(tx, workspaceId, session_id, { to: 'wrap_up', call_id, wrap_up_ms }, byEngine, at)
}
