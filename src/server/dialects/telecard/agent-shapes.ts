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

/** What the client sets, in the model's words: whoever has an extension is reached there, else at the outside number. */
export function toAgentInput(sent: AgentChange, before: Partial<Agent>): AgentInput | Refusal {
  const phone = readPhone(sent.phone_number)
  if (isRefusal(phone)) return phone
  const { agent_id, extension, email, is_active, max_concurrent_calls } = sent
  return {
    ...(agent_id === undefined ? {} : { code: agent_id }),
    ...(agent_id !== undefined && before.name === before.code ? { name: agent_id } : {}),
    ...(extension === undefined ? {} : { extension }),
    ...(phone === undefined ? {} : { phone_number: phone }),
    ...(extension === undefined && phone === undefined ? {} : { reached_at: placeOf({ ...before, ...defined(sent) }) }),
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

function placeOf({ extension, phone_number }: { extension?: string | null; phone_number?: string | null }) {
  return extension ? 'extension' : phone_number ? 'outside' : 'browser'
}

function defined({ extension, phone_number }: AgentChange) {
  return { ...(extension === undefined ? {} : { extension }), ...(phone_number === undefined ? {} : { phone_number }) }
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
