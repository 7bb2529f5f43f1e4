import { addAgentMessage } from '#store/agent-messages.ts'
import type { Tx } from '#store/tx.ts'

export type AgentMessage =
  /** A supervisor's words. */
  | { type: 'message'; data: { text: string; from_user_id: string } }
  /** A call that the agent may take, or is about to be given. */
  | { type: 'offer'; data: { call_id: string } & Record<string, unknown> }
  /** What to show of a call that is in the agent's hands. */
  | { type: 'screen_pop'; data: { call_id: string } & Record<string, unknown> }
  /** A promised call of the agent's that is to come. */
  | { type: 'callback'; data: { callback_id: string; lead_id: string; promised_at: string } & Record<string, unknown> }

/**
 * Tells an agent something: kept, and sent to whatever connection shows the session, now or when it comes back. False
 * when the session has ended. Whoever commits wakes `live`.
 */
export async function tellAgent(
  tx: Tx,
  workspaceId: string,
  sessionId: string,
  message: AgentMessage,
  at: number,
): Promise<boolean> {
  return addAgentMessage(tx, workspaceId, sessionId, message, at)
}
