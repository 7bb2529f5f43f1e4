import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { answer, sendProblem } from '../../http/errors.ts'
import type { ServerDeps } from '../../http/house.ts'
import { readPageQuery, toPage } from '../../http/pagination.ts'
import { isRefusal } from '../../http/problems.ts'
import { ids, nothing, pageOf } from '../../http/schema.ts'
import { changeOneAgent, listOfAgents, makeAgent, readOneAgent } from './agents.ts'
import { deleteOneAgent } from './delete-agent.ts'
import { rankAgents } from './leaderboard.ts'
import { agent, agentChange, agentDeletion, agentQuery, leaderboard, leaderboardQuery, newAgent } from './schema.ts'

const tags = ['agents']

export function agentRoutes(house: ServerDeps): FastifyPluginAsyncZod {
  return async (app) => {
    app.route({
      method: 'GET',
      url: '/agents',
      config: { action: 'agents.read' },
      schema: { tags, summary: 'List agents', querystring: agentQuery, response: { 200: pageOf(agent) } },
      async handler({ caller, query }, reply) {
        const page = readPageQuery(query)
        if (isRefusal(page)) return sendProblem(reply, page)
        return reply.send(toPage(await listOfAgents(house, caller, query, page), query.sort, (row) => row))
      },
    })

    app.route({
      method: 'POST',
      url: '/agents',
      config: { action: 'agents.write' },
      schema: { tags, summary: 'Add somebody who talks, a person or an AI', body: newAgent, response: { 201: agent } },
      async handler(request, reply) {
        const made = await makeAgent(house, request.caller, request.body)
        if (!isRefusal(made)) reply.header('location', `/api/v1/agents/${made.id}`)
        return answer(reply, 201, made)
      },
    })

    app.route({
      method: 'GET',
      url: '/agents/leaderboard',
      config: { action: 'agents.read' },
      schema: {
        tags,
        summary: 'Who did most in a day, week or month',
        querystring: leaderboardQuery,
        response: { 200: leaderboard },
      },
      async handler({ caller, query }, reply) {
        const ranked = await rankAgents(house, caller, query)
        return answer(reply, 200, isRefusal(ranked) ? ranked : { data: ranked, next_cursor: null })
      },
    })

    app.route({
      method: 'GET',
      url: '/agents/:id',
      config: { action: 'agents.read' },
      schema: { tags, summary: 'One agent, with their state now', params: ids, response: { 200: agent } },
      handler: async (request, reply) =>
        answer(reply, 200, await readOneAgent(house, request.caller, request.params.id)),
    })

    app.route({
      method: 'PATCH',
      url: '/agents/:id',
      config: { action: 'agents.write' },
      schema: { tags, summary: 'Change an agent', params: ids, body: agentChange, response: { 200: agent } },
      handler: async (request, reply) =>
        answer(reply, 200, await changeOneAgent(house, request.caller, request.params.id, request.body)),
    })

    app.route({
      method: 'DELETE',
      url: '/agents/:id',
      config: { action: 'agents.write' },
      schema: {
        tags,
        summary: 'Take an agent out',
        description:
          'Their calls stay. An agent with active campaigns is refused with 409, which names them; with force=true these are paused first.',
        params: ids,
        querystring: agentDeletion,
        response: { 204: nothing },
      },
      async handler(request, reply) {
        const { force = false } = request.query
        const refusal = await deleteOneAgent(house, request.caller, request.params.id, force)
        return refusal ? sendProblem(reply, refusal) : reply.code(204).send()
      },
    })
  }
}
