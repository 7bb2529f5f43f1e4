import type { CallbackStatus } from '#domain/callback.ts'
import type { Tx } from './tx.ts'

/** A promise made before a call of its lead, as it stands when the call is over. Instants are epoch ms. */
export interface PromiseBefore {
  /** Of the call. */
  call_id: string
  callback_id: string
  status: CallbackStatus
  promised_at: number
  /** When an agent began to hear the person. */
  connected_at: number | null
}

/** Of each of these calls the promise that it may have kept: open still, or closed by that very call. */
export async function readPromisesBefore(
  tx: Tx,
  workspaceId: string,
  callIds: string[],
): Promise<Map<string, PromiseBefore>> {
  const { rows } = await tx.query<PromiseBefore>({
    name: 'read-promises-before',
    text: `
      with c as materialized (select id, lead_id, connected_at from calls where workspace_id = $1 and id = any ($2))
      select c.id as call_id, k.id as callback_id, k.status,
        (extract(epoch from k.promised_at) * 1000)::double precision as promised_at,
        (extract(epoch from c.connected_at) * 1000)::double precision as connected_at
      from c join lateral (
        select * from (
          select * from callbacks o where o.workspace_id = $1 and o.lead_id = c.lead_id and o.status = 'open'
            and o.call_id is distinct from c.id
          union all
          select * from callbacks d where d.workspace_id = $1 and d.closed_call_id = c.id) either
        order by status = 'open' desc limit 1) k on true`,
    values: [workspaceId, callIds],
  })
  return new Map(rows.map((row) => [row.call_id, row]))
}

export interface PromiseOnCall {
  id: string
  agent_id: string | null
  status: CallbackStatus
}

/** What was promised on a call: what is open of it, or the latest. */
export async function readPromiseOnCall(
  tx: Tx,
  workspaceId: string,
  leadId: string,
  callId: string,
): Promise<PromiseOnCall | null> {
  const { rows } = await tx.query<PromiseOnCall>(
    `select id, agent_id, status from callbacks where workspace_id = $1 and lead_id = $2 and call_id = $3
     order by status = 'open' desc, id desc limit 1`,
    [workspaceId, leadId, callId],
  )
  return rows[0] ?? null
}

/** Whether this agent, a person who is at work here, takes calls of the campaign. Null: there is no such agent. */
export async function takesCallsOf(
  tx: Tx,
  workspaceId: string,
  agentId: string,
  campaignId: string,
): Promise<boolean | null> {
  const { rows } = await tx.query<{ takes: boolean }>(
    `select a.active and a.kind = 'human' and (
       exists (select from campaign_agents x where x.workspace_id = $1 and x.campaign_id = $3 and x.agent_id = $2)
       or exists (select from team_members m
         join campaign_teams t on t.workspace_id = $1 and t.campaign_id = $3 and t.team_id = m.team_id
         where m.workspace_id = $1 and m.agent_id = $2)) as takes
     from agents a where a.workspace_id = $1 and a.id = $2 and a.deleted_at is null`,
    [workspaceId, agentId, campaignId],
  )
  return rows[0]?.takes ?? null
}
