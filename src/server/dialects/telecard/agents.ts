import type { FastifyRequest } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { Agent } from '#store/agents.ts'
import { listNumberedAgents } from '#store/numbered-agents.ts'
import { changeOneAgent, makeAgent, readOneAgent } from '../../features/agents/agents.ts'
import { deleteOneAgent } from '../../features/agents/delete-agent.ts'
import type { Caller } from '../../http/caller.ts'
import { answer, sendProblem } from '../../http/errors.ts'
import { type ServerDeps, within } from '../../http/house.ts'
import { isRefusal, type Refusal, refuseUnknown } from '../../http/problems.ts'
import {
  type AgentChange,
  agentChange,
  agentFields,
  agentQuery,
  needsNoLogin,
  newAgent,
  showAgent,
  toAgentInput,
} from './agent-shapes.ts'
import { makeMove, planMove } from './agent-status.ts'
import { answerPage, numberParam } from './pages.ts'
import { renameFields } from './refusals.ts'
import { agentStatesOf } from './words.ts'

export function agentRoutes(house: ServerDeps): FastifyPluginAsyncZod {
  return async (app) => {
    app.route({
      method: 'GET',
      url: '/agents',
      config: { action: 'agents.read' },
      schema: { querystring: agentQuery },
      async handler(request, reply) {
        const { caller, query } = request
        const { is_active: active, status, search, ordering = '-created_at' } = query
        const filters = { active, search, states: status && agentStatesOf[status] }
        const order = { ordering: ordering.replace('agent_id', 'code') as '-code' }
        return answerPage(request, reply, query, (place) =>
          within(house, caller, async (tx) => {
            const page = await listNumberedAgents(tx, caller.workspace_id, filters, { ...place, ...order })
            return { ...page, rows: page.rows.map(showAgent) }
          }),
        )
      },
    })

    app.route({
      method: 'POST',
      url: '/agents',
      config: { action: 'agents.write' },
      schema: { body: newAgent },
      handler: async (request, reply) => answer(reply, 201, shown(await addAgent(house, request, request.body))),
    })

    app.route({
      method: 'GET',
      url: '/agents/:id',
      config: { action: 'agents.read' },
      schema: { params: numberParam },
      handler: async ({ caller, params }, reply) =>
        answer(reply, 200, shown(await findAgent(house, caller, params.id))),
    })

    app.route({
      method: ['PATCH', 'PUT'],
      url: '/agents/:id',
      config: { action: 'agents.write' },
      schema: { params: numberParam, body: agentChange },
      async handler(request, reply) {
        const before = await findAgent(house, request.caller, request.params.id)
        const after = isRefusal(before) ? before : await alterAgent(house, request, before, request.body)
        return answer(reply, 200, shown(after))
      },
    })

    app.route({
      method: 'DELETE',
      url: '/agents/:id',
      config: { action: 'agents.write' },
      schema: { params: numberParam },
      async handler({ caller, params }, reply) {
        const agent = await findAgent(house, caller, params.id)
        const refusal = isRefusal(agent) ? agent : await deleteOneAgent(house, caller, agent.id, false)
        return refusal ? sendProblem(reply, refusal) : reply.send({ message: 'Agent deleted' })
      },
    })
  }
}

function shown(agent: Agent | Refusal) {
  return isRefusal(agent) ? renameFields(agent, agentFields) : showAgent(agent)
}

export async function findAgent(house: ServerDeps, caller: Caller, number: number): Promise<Agent | Refusal> {
  const one = { ordering: 'code', limit: 1, offset: 0 } as const
  const { rows } = await within(house, caller, (tx) => listNumberedAgents(tx, caller.workspace_id, { number }, one))
  return rows[0] ?? refuseUnknown('agent')
}

/** One who is reached without a login starts available. */
async function addAgent(house: ServerDeps, request: FastifyRequest, sent: AgentChange & { agent_id: string }) {
  const { caller } = request
  const input = toAgentInput(sent, {})
  if (isRefusal(input)) return input
  const made = await makeAgent(house, caller, { ...input, name: sent.agent_id })
  return isRefusal(made) ? made : settle(house, request, made, needsNoLogin(made) ? 'available' : 'offline')
}

/** What the status may not become is refused before anything is changed. */
async function alterAgent(house: ServerDeps, request: FastifyRequest, before: Agent, sent: AgentChange) {
  const { caller } = request
  const input = toAgentInput(sent, before)
  if (isRefusal(input)) return input
  const after = { ...before, ...input } as Agent
  const [could, can] = [needsNoLogin(before), needsNoLogin(after)]
  const status = could && !can ? 'offline' : (sent.status ?? (can && !could ? 'available' : undefined))
  const move = status === undefined ? null : await planMove(house, caller, after, status)
  if (isRefusal(move)) return move
  const changed = await changeOneAgent(house, caller, before.id, input)
  return isRefusal(changed) || status === undefined ? changed : settle(house, request, changed, status)
}

async function settle(
  house: ServerDeps,
  { caller, ip, headers }: FastifyRequest,
  agent: Agent,
  status: 'available' | 'break' | 'offline',
): Promise<Agent | Refusal> {
  const move = await planMove(house, caller, agent, status)
  if (move === null) return agent
  const device = { ip, client: headers['user-agent']?.slice(0, 300) ?? null }
  const refusal = isRefusal(move) ? move : await makeMove(house, caller, agent.id, move, device)
  return refusal ?? readOneAgent(house, caller, agent.id)
}
