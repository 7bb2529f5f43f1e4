import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { answer, sendProblem } from '../../http/errors.ts'
import type { ServerDeps } from '../../http/house.ts'
import { readPageQuery, toPage } from '../../http/pagination.ts'
import { isRefusal } from '../../http/problems.ts'
import { ids, pageOf, pageQuery } from '../../http/schema.ts'
import {
  listSessions,
  readAgentPerformance,
  readSession,
  readSessionTotals,
  readTransitions,
} from './agent-sessions.ts'
import { agentSession, boardQuery, performance, performanceQuery, totals, transition } from './schema.ts'

const tags = ['agent-sessions']
const config = { action: 'agent-sessions.read' } as const

export function agentSessionRoutes(house: ServerDeps): FastifyPluginAsyncZod {
  return async (app) => {
    app.route({
      method: 'GET',
      url: '/agent-sessions',
      config,
      schema: {
        tags,
        summary: 'The board: who is at the phone, doing what, for how long',
        querystring: boardQuery,
        response: { 200: pageOf(agentSession) },
      },
      async handler({ caller, query }, reply) {
        const page = readPageQuery(query)
        if (isRefusal(page)) return sendProblem(reply, page)
        return reply.send(toPage(await listSessions(house, caller, query, page), query.sort, (row) => row))
      },
    })

    app.route({
      method: 'GET',
      url: '/agent-sessions/:id',
      config,
      schema: { tags, summary: 'One session', params: ids, response: { 200: agentSession } },
      handler: async ({ caller, params }, reply) => answer(reply, 200, await readSession(house, caller, params.id)),
    })

    app.route({
      method: 'GET',
      url: '/agent-sessions/:id/transitions',
      config,
      schema: {
        tags,
        summary: 'Every change of its state, oldest first',
        params: ids,
        querystring: z.strictObject(pageQuery),
        response: { 200: pageOf(transition) },
      },
      async handler({ caller, params, query }, reply) {
        const page = readPageQuery({ ...query, sort: 'step' })
        if (isRefusal(page)) return sendProblem(reply, page)
        const found = await readTransitions(house, caller, params.id, page)
        return isRefusal(found) ? sendProblem(reply, found) : reply.send(toPage(found, 'step', (row) => row))
      },
    })

    app.route({
      method: 'GET',
      url: '/agent-sessions/:id/totals',
      config,
      schema: { tags, summary: 'What its transitions add up to', params: ids, response: { 200: totals } },
      handler: async ({ caller, params }, reply) =>
        answer(reply, 200, await readSessionTotals(house, caller, params.id)),
    })

    app.route({
      method: 'GET',
      url: '/agents/:id/performance',
      config,
      schema: {
        tags,
        summary: 'What an agent did per day, week or month',
        params: ids,
        querystring: performanceQuery,
        response: { 200: pageOf(performance) },
      },
      async handler({ caller, params, query }, reply) {
        const found = await readAgentPerformance(house, caller, params.id, query)
        return answer(reply, 200, isRefusal(found) ? found : { data: found, next_cursor: null })
      },
    })
  }
}
