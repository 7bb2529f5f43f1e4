import { newId } from '#store/ids.ts'
import type { App } from './app.ts'

/** An agent with a user and a key of their own. */
export async function makeAgentUser(app: App): Promise<{ agent_id: string; user_id: string; key: string }> {
  const { user_id, key } = await app.makeMember(app.tenant, 'agent')
  const made = await app.ask('POST', '/api/v1/agents', { body: { name: 'Agent', user_id } })
  return { agent_id: made.body.id, user_id, key }
}

/** Leaves behind what a session does in which the agent talked on the call. */
export async function letTalk(app: App, agentId: string, callId: string): Promise<void> {
  const { workspace_id } = app.tenant
  const [id, at] = [newId(app.now()), new Date(app.now())]
  await app.db.owner.query(
    `insert into agent_sessions (workspace_id, id, agent_id, state, state_since, started_at, ended_at)
     values ($1, $2, $3, 'offline', $4, $4, $4)`,
    [workspace_id, id, agentId, at],
  )
  await app.db.owner.query(
    `insert into agent_transitions (workspace_id, session_id, step, agent_id, from_state, to_state, call_id, at)
     values ($1, $2, 1, $3, 'reserved', 'on_call', $4, $5)`,
    [workspace_id, id, agentId, callId, at],
  )
}
