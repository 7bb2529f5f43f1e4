import { tellBoard } from './agent-sessions.ts'
import type { Tx } from './tx.ts'

export const agentMessageTypes = ['message', 'offer', 'screen_pop', 'callback'] as const
export type AgentMessageType = (typeof agentMessageTypes)[number]

export interface AgentMessage {
  seq: number
  type: AgentMessageType
  data: Record<string, unknown>
  at: Date
}

/** Keeps what an open session's connection is to be told, and wakes it; false when none is open. */
export async function addAgentMessage(
  tx: Tx,
  workspaceId: string,
  sessionId: string,
  message: { type: AgentMessageType; data: object },
  at: number,
): Promise<boolean> {
  const { rowCount } = await tx.query({
    name: 'add-agent-message',
    text: `
      with moved as (
        update agent_sessions set seq = seq + 1 where workspace_id = $1 and id = $2 and ended_at is null
        returning *, $5::timestamptz as told_at
      ), kept as (
        insert into agent_messages (workspace_id, session_id, seq, type, data, at) select $1, id, seq, $3, $4, $5 from moved
      ), told as (${tellBoard})
      select from moved`,
    values: [workspaceId, sessionId, message.type, JSON.stringify(message.data), new Date(at)],
  })
  return rowCount === 1
}

/** What was told after `seq`, oldest first. */
export async function readAgentMessages(
  tx: Tx,
  workspaceId: string,
  sessionId: string,
  after: number,
  limit: number,
): Promise<AgentMessage[]> {
  const { rows } = await tx.query<AgentMessage>({
    name: 'read-agent-messages',
    text: `select seq, type, data, at from agent_messages
      where workspace_id = $1 and session_id = $2 and seq > $3 order by seq limit $4`,
    values: [workspaceId, sessionId, after, limit],
  })
  return rows
}
