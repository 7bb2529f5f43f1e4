import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { type Agent, listAgentsByPlace } from '#store/agents.ts'
import { readOneAgent } from '../../features/agents/agents.ts'
import { deleteOneAgent } from '../../features/agents/delete-agent.ts'
import { sendProblem } from '../../http/errors.ts'
import { type ServerDeps, within } from '../../http/house.ts'
import { isRefusal } from '../../http/problems.ts'
import { flagQuery } from '../../http/schema.ts'
import { idIn, placeQuery, showList, showOne } from '../callcampaign/lists.ts'

const agentQuery = z.object({ ...placeQuery, search: z.string().max(200).exactOptional() })

/** Those from whom an `agent_id` comes. */
export function agentRoutes(house: ServerDeps): FastifyPluginAsyncZod {
  return async (app) => {
    app.route({
      method: 'GET',
      url: '/agents',
      config: { action: 'agents.read' },
      schema: { querystring: agentQuery },
      async handler({ caller, query }, reply) {
        const filters = query.search === undefined ? {} : { search: query.search }
        const page = await within(house, caller, (tx) => listAgentsByPlace(tx, caller.workspace_id, filters, query))
        return reply.send(showList('agents', page, query, showAgent))
      },
    })

    app.route({
      method: 'GET',
      url: '/agents/:id',
      config: { action: 'agents.read' },
      schema: { params: idIn },
      async handler({ caller, params }, reply) {
        const found = await readOneAgent(house, caller, params.id)
        return isRefusal(found) ? sendProblem(reply, found) : reply.send(showOne('agent', showAgent(found)))
      },
    })

    app.route({
      method: 'DELETE',
      url: '/agents/:id',
      config: { action: 'agents.write' },
      schema: { params: idIn, querystring: z.object({ force: flagQuery }) },
      async handler({ caller, params, query }, reply) {
        const refusal = await deleteOneAgent(house, caller, params.id, query.force ?? false)
        return refusal ? sendProblem(reply, refusal) : reply.send({ success: true })
      },
    })
  }
}

function showAgent({ id, name, kind, state, active, email, phone_number, extension, ...row }: Agent) {
  const { created_at, updated_at } = row
  return {
    ...{ id, name, kind, status: state, is_active: active, email, phone_number, extension },
    ...{ createdAt: created_at, updatedAt: updated_at, created_at, updated_at },
  }
}
