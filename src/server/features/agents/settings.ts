import type { Agent, AgentSettings } from '#store/agents.ts'
import type { Tx } from '#store/tx.ts'
import { readMember } from '#store/users.ts'
import { type Refusal, refuseValues, type ValueFault } from '../../http/problems.ts'
import { readPhone, rulesOf } from '../contacts/numbers.ts'
import type { AgentInput } from './schema.ts'

/** A request's settings in the store's form, or what of them, merged with what the agent has, can't be. */
export async function readSettings(
  tx: Tx,
  workspaceId: string,
  before: Partial<Agent>,
  input: AgentInput,
): Promise<Partial<AgentSettings> | Refusal> {
  const phone = await readOutsideNumber(tx, workspaceId, input.phone_number)
  const faults = [...phone.faults, ...(await findStrangers(tx, workspaceId, input))]
  const settings = { ...input, ...phone.settings }
  if (phone.faults.length === 0) faults.push(...findPlaceFaults({ ...before, ...settings }))
  return faults.length > 0 ? refuseValues(faults) : settings
}

async function readOutsideNumber(
  tx: Tx,
  workspaceId: string,
  written: string | null | undefined,
): Promise<{ settings: { phone_number?: string }; faults: ValueFault[] }> {
  if (written === null || written === undefined) return { settings: {}, faults: [] }
  const reading = readPhone(written, await rulesOf(tx, workspaceId), 'phone_number')
  if ('message' in reading) return { settings: {}, faults: [reading] }
  return { settings: { phone_number: reading.number }, faults: [] }
}

async function findStrangers(tx: Tx, workspaceId: string, input: AgentInput): Promise<ValueFault[]> {
  const faults: ValueFault[] = []
  for (const path of ['user_id', 'supervisor_user_id'] as const) {
    const userId = input[path]
    if (userId === null || userId === undefined) continue
    const member = await readMember(tx, workspaceId, userId)
    if (!member || member.suspended_at !== null) faults.push({ path, message: 'names no member of the workspace' })
  }
  return faults
}

function findPlaceFaults(agent: Partial<Agent>): ValueFault[] {
  const faults: ValueFault[] = []
  const { kind = 'human', reached_at = 'browser', max_concurrent_calls = 1 } = agent
  if (reached_at === 'extension' && !agent.extension) {
    faults.push({ path: 'extension', message: 'is needed by an agent who is reached at an extension' })
  }
  if (reached_at === 'outside' && !agent.phone_number) {
    faults.push({ path: 'phone_number', message: 'is needed by an agent who is reached at an outside number' })
  }
  if (kind === 'human' && reached_at === 'browser' && max_concurrent_calls > 1) {
    faults.push({ path: 'max_concurrent_calls', message: 'is 1 for a person at a browser phone' })
  }
  return faults
}
