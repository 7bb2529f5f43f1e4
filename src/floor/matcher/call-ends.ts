import { defaultWrapUpMs } from '#domain/agent-session.ts'
import { lockAgentSession } from '#store/agent-sessions.ts'
import type { Tx } from '#store/tx.ts'
import { beginWrapUp, releaseAgent } from './reservations.ts'

export interface EndedAgentCall {
  attempt_id: string
  /** Whose hands it was in; null when it was in nobody's. */
  session_id: string | null
  wrap_up_seconds: number | null
}

/** Calls are over: whoever talked wraps up, whoever was only reserved is free again. In the transaction that ends them. */
export async function endAgentCalls(tx: Tx, workspaceId: string, ended: EndedAgentCall[], at: number): Promise<void> {
  const held = ended.flatMap(({ session_id, ...call }) => (session_id === null ? [] : [{ ...call, session_id }]))
  // In the order of their ids, as everybody locks sessions.
  for (const call of held.sort((a, b) => (a.session_id < b.session_id ? -1 : 1))) {
    await endAgentCall(tx, workspaceId, call, at)
  }
}

async function endAgentCall(
  tx: Tx,
  workspaceId: string,
  { session_id, attempt_id, wrap_up_seconds }: EndedAgentCall & { session_id: string },
  at: number,
): Promise<void> {
  const session = await lockAgentSession(tx, workspaceId, session_id)
  if (session?.call_id !== attempt_id) return
  const call = { session_id, call_id: attempt_id }
  const wrap_up_ms = wrap_up_seconds === null ? defaultWrapUpMs : wrap_up_seconds * 1000
  if (session.state === 'on_call') await beginWrapUp(tx, workspaceId, { ...call, wrap_up_ms }, at)
  else if (session.state === 'reserved') await releaseAgent(tx, workspaceId, call, at)
}
