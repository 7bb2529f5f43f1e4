import type { z } from 'zod'
import { holdAgents } from '#store/agents.ts'
import { activeCampaignsOfTeam } from '#store/campaign-agents.ts'
import { newId } from '#store/ids.ts'
import type { Page, PageOf } from '#store/keyset.ts'
import {
  addToTeam,
  changeTeam,
  createTeam,
  deleteTeam,
  keepInTeam,
  listTeams,
  lockTeam,
  readTeam,
  type Team,
  type TeamFilters,
  type TeamSort,
  takeFromTeam,
} from '#store/teams.ts'
import type { Tx } from '#store/tx.ts'
import type { Caller } from '../../http/caller.ts'
import { type ServerDeps, within } from '../../http/house.ts'
import { type Refusal, refuse, refuseUnknown, refuseValues } from '../../http/problems.ts'
import { refuseActive } from '../agents/delete-agent.ts'
import type { newTeam } from './schema.ts'

export async function listOfTeams(
  house: ServerDeps,
  caller: Caller,
  filters: TeamFilters,
  page: PageOf<TeamSort>,
): Promise<Page<Team>> {
  return within(house, caller, (tx) => listTeams(tx, caller.workspace_id, filters, page))
}

export async function readOneTeam(house: ServerDeps, caller: Caller, id: string): Promise<Team | Refusal> {
  return within(house, caller, async (tx) => (await readTeam(tx, caller.workspace_id, id)) ?? refuseUnknown('team'))
}

export async function makeTeam(
  house: ServerDeps,
  caller: Caller,
  wanted: z.output<typeof newTeam>,
): Promise<Team | Refusal> {
  const { workspace_id } = caller
  const at = house.clock.now()
  const { name, agent_ids = [] } = wanted
  return refuseTakenName(() =>
    within(house, caller, async (tx) => {
      const unknown = await findUnknownAgents(tx, workspace_id, agent_ids)
      if (unknown) return unknown
      const id = newId(at)
      await createTeam(tx, workspace_id, { id, name }, at)
      await addToTeam(tx, workspace_id, id, agent_ids)
      return (await readTeam(tx, workspace_id, id)) as Team
    }),
  )
}

export async function renameTeam(
  house: ServerDeps,
  caller: Caller,
  id: string,
  name: string | null,
): Promise<Team | Refusal> {
  return refuseTakenName(() => changeLocked(house, caller, id, name, async () => null))
}

/** The team has these agents from now on, and no others. */
export async function replaceAgents(
  house: ServerDeps,
  caller: Caller,
  id: string,
  agentIds: string[],
): Promise<Team | Refusal> {
  const { workspace_id } = caller
  return changeLocked(house, caller, id, null, async (tx) => {
    const unknown = await findUnknownAgents(tx, workspace_id, agentIds)
    if (unknown) return unknown
    await keepInTeam(tx, workspace_id, id, agentIds)
    await addToTeam(tx, workspace_id, id, agentIds)
    return null
  })
}

export async function addAgent(
  house: ServerDeps,
  caller: Caller,
  id: string,
  agentId: string,
): Promise<Team | Refusal> {
  const { workspace_id } = caller
  return changeLocked(house, caller, id, null, async (tx) => {
    const known = await holdAgents(tx, workspace_id, [agentId])
    if (!known.has(agentId)) return refuseValues([{ path: 'agent_id', message: 'names no agent' }])
    await addToTeam(tx, workspace_id, id, [agentId])
    return null
  })
}

export async function takeAgentOut(
  house: ServerDeps,
  caller: Caller,
  id: string,
  agentId: string,
): Promise<Team | Refusal> {
  return changeLocked(house, caller, id, null, async (tx) =>
    (await takeFromTeam(tx, caller.workspace_id, id, agentId)) ? null : refuseUnknown('agent in the team'),
  )
}

/** A team of active campaigns stays: they would lose who takes their calls. */
export async function deleteOneTeam(house: ServerDeps, caller: Caller, id: string): Promise<null | Refusal> {
  const { workspace_id } = caller
  return within(house, caller, async (tx) => {
    const active = await activeCampaignsOfTeam(tx, workspace_id, id)
    if (active.length > 0) return refuseActive('team', active)
    return (await deleteTeam(tx, workspace_id, id)) ? null : refuseUnknown('team')
  })
}

/** Changes a team under its lock, so that two changes of its members follow each other. */
async function changeLocked(
  house: ServerDeps,
  caller: Caller,
  id: string,
  name: string | null,
  work: (tx: Tx) => Promise<Refusal | null>,
): Promise<Team | Refusal> {
  const { workspace_id } = caller
  return within(house, caller, async (tx) => {
    if (!(await lockTeam(tx, workspace_id, id))) return refuseUnknown('team')
    const refusal = await work(tx)
    if (refusal) return refusal
    await changeTeam(tx, workspace_id, id, name, house.clock.now())
    return (await readTeam(tx, workspace_id, id)) as Team
  })
}

async function findUnknownAgents(tx: Tx, workspaceId: string, agentIds: string[]): Promise<Refusal | null> {
  const known = await holdAgents(tx, workspaceId, agentIds)
  const faults = agentIds.flatMap((agentId, index) =>
    known.has(agentId) ? [] : [{ path: `agent_ids.${index}`, message: 'names no agent' }],
  )
  return faults.length > 0 ? refuseValues(faults.slice(0, 50)) : null
}

/** Two requests may bring the same name at the same moment: only the database can tell. */
async function refuseTakenName<T>(work: () => Promise<T>): Promise<T | Refusal> {
  try {
    return await work()
  } catch (error) {
    if ((error as { constraint?: string }).constraint !== 'teams_workspace_id_name_key') throw error
    return refuse('already-exists', 'Another team has this name.', { errors: [{ path: 'name', message: 'is taken' }] })
  }
}
