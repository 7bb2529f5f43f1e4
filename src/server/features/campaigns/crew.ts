import { holdCrew } from '#store/campaign-agents.ts'
import type { Campaign } from '#store/campaigns.ts'
import type { Tx } from '#store/tx.ts'
import { type Refusal, refuseValues, type ValueFault } from '../../http/problems.ts'
import type { CampaignInput } from './schema.ts'

/** What of the agents and teams, merged with those the campaign has, can't take its calls. */
export async function findCrewFault(
  tx: Tx,
  workspaceId: string,
  before: Campaign | null,
  { agent_ids, team_ids }: CampaignInput,
): Promise<Refusal | null> {
  if (agent_ids === undefined && team_ids === undefined) return null
  const crew = { agent_ids: agent_ids ?? before?.agent_ids ?? [], team_ids: team_ids ?? before?.team_ids ?? [] }
  const { agents, teams } = await holdCrew(tx, workspaceId, crew)
  const faults = [
    ...findUnknown('agent_ids', agent_ids ?? [], (id) => agents.has(id), 'names no agent'),
    ...findUnknown('team_ids', team_ids ?? [], (id) => teams.has(id), 'names no team'),
  ]
  if ([...agents.values()].includes('ai') && (agents.size > 1 || crew.team_ids.length > 0)) {
    const path = agent_ids === undefined ? 'team_ids' : 'agent_ids'
    faults.push({ path, message: 'an AI agent takes the calls of a campaign alone' })
  }
  return faults.length > 0 ? refuseValues(faults.slice(0, 50)) : null
}

function findUnknown(path: string, ids: string[], isKnown: (id: string) => boolean, message: string): ValueFault[] {
  return ids.flatMap((id, index) => (isKnown(id) ? [] : [{ path: `${path}.${index}`, message }]))
}
