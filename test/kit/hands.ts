/** A call in an agent's hands, as the matcher puts it there: reserved, bridged to the agent's leg, talked on. */
import { beginTalk, reserveAgent } from '#floor/matcher/reservations.ts'
import { inWorkspace } from '#store/tx.ts'
import type { Carrier } from '#telephony/port.ts'
import type { Floor } from './floor.ts'

export interface Hand {
  call_id: string
  session_id: string
  agent_id: string
}

/** Gives the campaign's oldest answered call that is in nobody's hands to `agentId`, or whoever of its agents waits longest. */
export async function handCall(floor: Floor, campaignId: string, agentId: string | null = null): Promise<Hand> {
  const { db, engine, tenant, clock } = floor
  const { workspace_id } = tenant
  const { rows } = await db.owner.query(
    `select c.id, c.trunk_id from calls c join attempts a on a.workspace_id = c.workspace_id and a.id = c.id
     where c.campaign_id = $1 and c.state = 'answered' and a.session_id is null order by c.id limit 1`,
    [campaignId],
  )
  const call_id = rows[0].id as string
  const { trunk_id } = rows[0]
  await db.owner.query('update attempts set agentless = false, awaits_agent = true where id = $1', [call_id])
  const wanted = { call_id, campaign_id: campaignId, skills: [], sticky_agent_id: agentId, trunk_id }
  const taken = await inWorkspace(db.app, tenant, (tx) => reserveAgent(tx, workspace_id, wanted, clock.now()))
  if (taken === null) throw new Error('no agent is free')
  const { session_id, agent_id } = taken
  const legs = await db.owner.query('select leg_id from agent_sessions where id = $1', [session_id])
  const carrier = (await engine.carrierOf(workspace_id, rows[0].trunk_id)) as Carrier
  const fault = await carrier.control({ act: 'bridge', attempt_id: call_id, leg_id: legs.rows[0].leg_id })
  if (fault) throw new Error(fault.reason)
  await inWorkspace(db.app, tenant, (tx) => beginTalk(tx, workspace_id, { session_id, call_id }, clock.now()))
  return { call_id, session_id, agent_id }
}
