import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { answer, sendProblem } from '../../http/errors.ts'
import type { ServerDeps } from '../../http/house.ts'
import { readPageQuery, toPage } from '../../http/pagination.ts'
import { isRefusal } from '../../http/problems.ts'
import { ids, nothing, pageOf } from '../../http/schema.ts'
import { newTeam, team, teamAgent, teamAgentIds, teamAgents, teamChange, teamQuery } from './schema.ts'
import {
  addAgent,
  deleteOneTeam,
  listOfTeams,
  makeTeam,
  readOneTeam,
  renameTeam,
  replaceAgents,
  takeAgentOut,
} from './teams.ts'

const tags = ['teams']

export function teamRoutes(house: ServerDeps): FastifyPluginAsyncZod {
  return async (app) => {
    app.route({
      method: 'GET',
      url: '/teams',
      config: { action: 'teams.read' },
      schema: { tags, summary: 'List teams', querystring: teamQuery, response: { 200: pageOf(team) } },
      async handler({ caller, query }, reply) {
        const page = readPageQuery(query)
        if (isRefusal(page)) return sendProblem(reply, page)
        return reply.send(toPage(await listOfTeams(house, caller, query, page), query.sort, (row) => row))
      },
    })

    app.route({
      method: 'POST',
      url: '/teams',
      config: { action: 'teams.write' },
      schema: { tags, summary: 'Make a team', body: newTeam, response: { 201: team } },
      async handler(request, reply) {
        const made = await makeTeam(house, request.caller, request.body)
        if (!isRefusal(made)) reply.header('location', `/api/v1/teams/${made.id}`)
        return answer(reply, 201, made)
      },
    })

    app.route({
      method: 'GET',
      url: '/teams/:id',
      config: { action: 'teams.read' },
      schema: { tags, summary: 'One team', params: ids, response: { 200: team } },
      handler: async ({ caller, params }, reply) => answer(reply, 200, await readOneTeam(house, caller, params.id)),
    })

    app.route({
      method: 'PATCH',
      url: '/teams/:id',
      config: { action: 'teams.write' },
      schema: { tags, summary: 'Rename a team', params: ids, body: teamChange, response: { 200: team } },
      handler: async ({ caller, params, body }, reply) =>
        answer(reply, 200, await renameTeam(house, caller, params.id, body.name ?? null)),
    })

    app.route({
      method: 'DELETE',
      url: '/teams/:id',
      config: { action: 'teams.write' },
      schema: {
        tags,
        summary: 'Dissolve a team',
        description: 'Its agents stay. A team of active campaigns is refused with 409, which names them.',
        params: ids,
        response: { 204: nothing },
      },
      async handler({ caller, params }, reply) {
        const refusal = await deleteOneTeam(house, caller, params.id)
        return refusal ? sendProblem(reply, refusal) : reply.code(204).send()
      },
    })

    app.route({
      method: 'PUT',
      url: '/teams/:id/agents',
      config: { action: 'teams.write' },
      schema: { tags, summary: 'Say anew who is in it', params: ids, body: teamAgents, response: { 200: team } },
      handler: async ({ caller, params, body }, reply) =>
        answer(reply, 200, await replaceAgents(house, caller, params.id, body.agent_ids)),
    })

    app.route({
      method: 'POST',
      url: '/teams/:id/agents',
      config: { action: 'teams.write' },
      schema: { tags, summary: 'Take an agent in', params: ids, body: teamAgent, response: { 200: team } },
      handler: async ({ caller, params, body }, reply) =>
        answer(reply, 200, await addAgent(house, caller, params.id, body.agent_id)),
    })

    app.route({
      method: 'DELETE',
      url: '/teams/:id/agents/:agent_id',
      config: { action: 'teams.write' },
      schema: { tags, summary: 'Take an agent out of it', params: teamAgentIds, response: { 200: team } },
      handler: async ({ caller, params }, reply) =>
        answer(reply, 200, await takeAgentOut(house, caller, params.id, params.agent_id)),
    })
  }
}
