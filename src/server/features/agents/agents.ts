import type { z } from 'zod'
import {
  type Agent,
  type AgentFilters,
  type AgentSort,
  changeAgent,
  createAgent,
  listAgents,
  lockAgent,
  readAgent,
} from '#store/agents.ts'
import { newId } from '#store/ids.ts'
import type { Page, PageOf } from '#store/keyset.ts'
import { takeNumbers } from '#store/numbers.ts'
import type { Caller } from '../../http/caller.ts'
import { type ServerDeps, within } from '../../http/house.ts'
import { isRefusal, type Refusal, refuse, refuseUnknown } from '../../http/problems.ts'
import type { AgentInput, newAgent } from './schema.ts'
import { readSettings } from './settings.ts'

export async function listOfAgents(
  house: ServerDeps,
  caller: Caller,
  filters: AgentFilters,
  page: PageOf<AgentSort>,
): Promise<Page<Agent>> {
  return within(house, caller, (tx) => listAgents(tx, caller.workspace_id, filters, page))
}

export async function readOneAgent(house: ServerDeps, caller: Caller, id: string): Promise<Agent | Refusal> {
  return within(house, caller, async (tx) => (await readAgent(tx, caller.workspace_id, id)) ?? refuseUnknown('agent'))
}

export async function makeAgent(
  house: ServerDeps,
  caller: Caller,
  wanted: z.output<typeof newAgent>,
): Promise<Agent | Refusal> {
  const { workspace_id } = caller
  const at = house.clock.now()
  const number = await takeNumbers(house.pool, workspace_id, 'agents', 1)
  return refuseTaken(() =>
    within(house, caller, async (tx) => {
      const settings = await readSettings(tx, workspace_id, {}, wanted)
      if (isRefusal(settings)) return settings
      const id = newId(at)
      await createAgent(tx, workspace_id, { ...settings, id, number, name: wanted.name }, at)
      return (await readAgent(tx, workspace_id, id)) as Agent
    }),
  )
}

export async function changeOneAgent(
  house: ServerDeps,
  caller: Caller,
  id: string,
  change: AgentInput,
): Promise<Agent | Refusal> {
  const { workspace_id } = caller
  return refuseTaken(() =>
    within(house, caller, async (tx) => {
      if (!(await lockAgent(tx, workspace_id, id))) return refuseUnknown('agent')
      const before = (await readAgent(tx, workspace_id, id)) as Agent
      const settings = await readSettings(tx, workspace_id, before, change)
      if (isRefusal(settings)) return settings
      await changeAgent(tx, workspace_id, id, settings, house.clock.now())
      return (await readAgent(tx, workspace_id, id)) as Agent
    }),
  )
}

const taken: Record<string, { path: string; detail: string }> = {
  agents_by_code: { path: 'code', detail: 'Another agent has this code.' },
  agents_by_user: { path: 'user_id', detail: 'This user signs in as another agent.' },
}

/** Two requests may bring the same code or user at the same moment: only the database can tell. */
async function refuseTaken<T>(work: () => Promise<T>): Promise<T | Refusal> {
  try {
    return await work()
  } catch (error) {
    const fault = taken[(error as { constraint?: string }).constraint ?? '']
    if (!fault) throw error
    return refuse('already-exists', fault.detail, { errors: [{ path: fault.path, message: 'is taken' }] })
  }
}
