import { z } from 'zod'
import { readNumber } from '#domain/phone-number.ts'
import type { Agent } from '#store/agents.ts'
import type { AgentInput } from '../../features/agents/schema.ts'
import { isRefusal, type Refusal, refuseValues } from '../../http/problems.ts'
import { email } from '../../http/schema.ts'
import { asked, pageQuery, searchQuery } from './pages.ts'
import { agentWords, numberRules, sayAgentState, showDigits, showTime } from './words.ts'

/** A text that is sent empty where there is none. */
function blank<Schema extends z.ZodType>(schema: Schema) {
  return z.preprocess((value) => (value === '' ? null : value), schema.nullable().optional())
}

const agent_id = z.string().trim().min(1).max(100)
const settings = {
  extension: blank(z.string().regex(/^[0-9*#]{1,20}$/, 'must be digits, * or #')),
  phone_number: blank(z.string().max(100)),
  email: blank(email),
  is_active: z.boolean().optional(),
  max_concurrent_calls: z.number().int().min(1).max(1000).optional(),
}
export const newAgent = z.object({ agent_id, ...settings })
export const agentChange = z.object({
  agent_id: agent_id.optional(),
  ...settings,
  status: z.enum(['available', 'break', 'offline']).optional(),
})
export type AgentChange = z.output<typeof agentChange>

export const agentQuery = z.object({
  ...pageQuery,
  is_active: asked(z.enum(['true', 'false', 'True', 'False']).transform((text) => /^t/i.test(text))),
  status: asked(z.enum(agentWords)),
  search: searchQuery,
  ordering: asked(z.enum(['created_at', '-created_at', 'agent_id', '-agent_id'])),
})

export const agentFields = { code: 'agent_id', name: 'agent_id', active: 'is_active', reached_at: 'extension' }

/**
 * What the client sets, in the model's words. Where the extension or the number becomes another one, the agent is reached
 * at the extension, or without one at the number; sent back as they were, they move nobody.
 */
export function toAgentInput(sent: AgentChange, before: Partial<Agent>): AgentInput | Refusal {
  const phone = readPhone(sent.phone_number)
  if (isRefusal(phone)) return phone
  const { agent_id, extension, email, is_active, max_concurrent_calls } = sent
  const place = {
    ...(extension === undefined ? {} : { extension }),
    ...(phone === undefined ? {} : { phone_number: phone }),
  }
  const after = { extension: null, phone_number: null, ...before, ...place }
  const moves = after.extension !== (before.extension ?? null) || after.phone_number !== (before.phone_number ?? null)
  return {
    ...place,
    ...(moves ? { reached_at: placeOf(after) } : {}),
    ...(agent_id === undefined ? {} : { code: agent_id }),
    ...(agent_id !== undefined && before.name === before.code ? { name: agent_id } : {}),
    ...(email === undefined ? {} : { email }),
    ...(is_active === undefined ? {} : { active: is_active }),
    ...(max_concurrent_calls === undefined ? {} : { max_concurrent_calls }),
  }
}

function readPhone(written: string | null | undefined): string | null | undefined | Refusal {
  if (written === null || written === undefined) return written
  const reading = readNumber(written, numberRules)
  if (reading.ok) return reading.number
  return refuseValues([{ path: 'phone_number', message: `found ${reading.found}; expected ${reading.expected}` }])
}

function placeOf({ extension, phone_number }: Pick<Agent, 'extension' | 'phone_number'>) {
  return extension ? 'extension' : phone_number ? 'outside' : 'browser'
}

/** Can take calls without signing in anywhere. */
export function needsNoLogin({ active, kind, reached_at }: Pick<Agent, 'active' | 'kind' | 'reached_at'>): boolean {
  return active && kind === 'human' && reached_at !== 'browser'
}

export function showAgent(agent: Agent) {
  return {
    id: agent.number,
    agent_id: agent.code ?? agent.name,
    extension: agent.extension ?? '',
    phone_number: showDigits(agent.phone_number),
    email: agent.email ?? '',
    status: sayAgentState(agent.state),
    is_active: agent.active,
    max_concurrent_calls: agent.max_concurrent_calls,
    created_at: showTime(agent.created_at),
    updated_at: showTime(agent.updated_at),
  }
}
