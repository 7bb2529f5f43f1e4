import { type CampaignMode, type CompletionRule, mayMove } from '#domain/campaign.ts'
import type { Campaign } from '#store/campaigns.ts'
import { readWorkspace, type Workspace } from '#store/workspaces.ts'
import { readOneAgent } from '../../features/agents/agents.ts'
import { type Act, actOnCampaign, refuseMove } from '../../features/campaigns/acts.ts'
import { changeOneCampaign, makeCampaign, readOneCampaign } from '../../features/campaigns/campaigns.ts'
import type { CampaignInput } from '../../features/campaigns/schema.ts'
import type { Caller } from '../../http/caller.ts'
import { type ServerDeps, within } from '../../http/house.ts'
import { isRefusal, type Refusal } from '../../http/problems.ts'
import { agentIn, type CampaignFields, readFields } from './campaign-input.ts'
import { type StatusWord, wordOf } from './words.ts'

/** Makes a draft, in mode `ai` when its agent is one, else in the dialect's. */
export async function makeOldCampaign(
  house: ServerDeps,
  caller: Caller,
  said: CampaignFields & { name: string },
  standard: { mode: CampaignMode; completes: CompletionRule },
): Promise<Campaign | Refusal> {
  const crew = await crewOf(house, caller, agentIn(said))
  if (isRefusal(crew)) return crew
  const settings = readFields(said, await zoneOf(house, caller))
  return makeCampaign(house, caller, { ...standard, ...settings, ...crew, name: said.name })
}

/** Changes whatever is said of a campaign, and last of all how it stands. */
export async function changeOldCampaign(
  house: ServerDeps,
  caller: Caller,
  id: string,
  { status, ...said }: CampaignFields & { status?: StatusWord },
): Promise<Campaign | Refusal> {
  const before = await readOneCampaign(house, caller, id)
  if (isRefusal(before)) return before
  const act = status === undefined || status === wordOf(before.status) ? null : actTo(status, before)
  if (isRefusal(act)) return act
  const crew = await crewOf(house, caller, agentIn(said))
  if (isRefusal(crew)) return crew
  // Nobody's voice is left when people take over from an AI: then it dials for them.
  const mode = crew.agent_ids && !crew.mode && before.mode === 'ai' ? { mode: 'progressive' as const } : {}
  const change = { ...readFields(said, before.time_zone), ...mode, ...crew }
  const changed = Object.keys(change).length === 0 ? before : await changeOneCampaign(house, caller, id, change)
  if (isRefusal(changed) || act === null) return changed
  return actOnCampaign(house, caller, id, act)
}

const acts: Record<Exclude<StatusWord, 'draft'>, Act> = {
  ...{ scheduled: 'start', active: 'start', paused: 'pause', completed: 'stop', cancelled: 'cancel' },
}

function actTo(status: StatusWord, { status: from }: Campaign): Act | Refusal {
  return status === 'draft' || !mayMove(from, status) ? refuseMove(`status ${status}`, from) : acts[status]
}

/** The agent that is named takes the calls alone; an AI makes it a campaign of its own mode. */
async function crewOf(
  house: ServerDeps,
  caller: Caller,
  agentId: string | null | undefined,
): Promise<Pick<CampaignInput, 'agent_ids' | 'mode'> | Refusal> {
  if (agentId === undefined) return {}
  if (agentId === null) return { agent_ids: [] }
  const agent = await readOneAgent(house, caller, agentId)
  if (isRefusal(agent)) return agent
  return { agent_ids: [agentId], ...(agent.kind === 'ai' ? { mode: 'ai' } : {}) }
}

/** Days are days of the workspace's zone. */
export async function zoneOf(house: ServerDeps, caller: Caller): Promise<string> {
  const workspace = await within(house, caller, (tx) => readWorkspace(tx, caller.workspace_id))
  return (workspace as Workspace).time_zone
}
