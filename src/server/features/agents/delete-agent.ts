import { moveSession } from '#floor/agent-sessions.ts'
import { findOpenSession, lockAgentSession } from '#store/agent-sessions.ts'
import { deleteAgent, lockAgent } from '#store/agents.ts'
import { activeCampaignsOfAgent, type NamedCampaign } from '#store/campaign-agents.ts'
import { lockCampaign } from '#store/campaigns.ts'
import type { Tx } from '#store/tx.ts'
import type { Caller } from '../../http/caller.ts'
import { type ServerDeps, within } from '../../http/house.ts'
import { isRefusal, type Refusal, refuse, refuseUnknown } from '../../http/problems.ts'
import { pauseLocked } from '../campaigns/acts.ts'

/**
 * Takes an agent out. One with active campaigns stays, unless `force` pauses these first, as anybody's pause does: when
 * this has been answered, no command of theirs is on its way any more.
 */
export async function deleteOneAgent(
  house: ServerDeps,
  caller: Caller,
  id: string,
  force: boolean,
): Promise<null | Refusal> {
  const { workspace_id } = caller
  const refusal = await within(house, caller, async (tx) => {
    const at = house.clock.now()
    // Campaigns before the agent, as whoever gives a campaign its agents takes them.
    const locked = force ? await lockActive(tx, workspace_id, id) : []
    if (!(await lockAgent(tx, workspace_id, id))) return refuseUnknown('agent')
    const active = await activeCampaignsOfAgent(tx, workspace_id, id)
    if (active.some((campaign) => !locked.includes(campaign.id))) return refuseActive('agent', active)
    if (!(await signOff(tx, caller, id, at))) {
      return refuse('conflict', 'The agent has a call in hand; try again when it is over.')
    }
    await pauseLocked(tx, workspace_id, locked, { reason: 'its agent was deleted', by: caller.user_id, at })
    await deleteAgent(tx, workspace_id, id, at)
    return null
  })
  if (isRefusal(refusal)) return refusal
  house.engine.wake(workspace_id, 'live')
  return null
}

/** Ends the agent's open session; false, and nothing changed, while it has a call in hand. */
async function signOff(tx: Tx, { workspace_id, user_id }: Caller, agentId: string, at: number): Promise<boolean> {
  const open = await findOpenSession(tx, workspace_id, agentId)
  const session = open && (await lockAgentSession(tx, workspace_id, open.id))
  if (session === null || session.ended_at !== null) return true
  if (session.call_id !== null) return false
  const wish = { to: 'offline' as const, reason: 'the agent was deleted' }
  await moveSession(tx, workspace_id, session.id, wish, { actor: 'supervisor', user_id }, at)
  return true
}

async function lockActive(tx: Tx, workspaceId: string, agentId: string): Promise<string[]> {
  const locked: string[] = []
  for (const { id } of await activeCampaignsOfAgent(tx, workspaceId, agentId)) {
    const campaign = await lockCampaign(tx, workspaceId, id)
    if (campaign?.status === 'active') locked.push(id)
  }
  return locked
}

/** Names the campaigns that would lose who takes their calls. */
export function refuseActive(noun: 'agent' | 'team', campaigns: NamedCampaign[]): Refusal {
  const names = campaigns.map(({ name }) => `“${name}”`).join(', ')
  return refuse('conflict', `The ${noun} has active campaigns: ${names}. Pause them, or give them others.`, {
    campaigns,
  })
}
