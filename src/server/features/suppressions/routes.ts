import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { answer, sendProblem } from '../../http/errors.ts'
import type { ServerDeps } from '../../http/house.ts'
import { readPageQuery, toPage } from '../../http/pagination.ts'
import { isRefusal } from '../../http/problems.ts'
import { ids, pageOf } from '../../http/schema.ts'
import { lookUp, lookUpQuery, newSuppression, removal, suppression, suppressionQuery } from './schema.ts'
import { listOfSuppressions, lookUpNumber, readOneSuppression, suppress, unsuppress } from './suppressions.ts'

const tags = ['suppressions']

export function suppressionRoutes(house: ServerDeps): FastifyPluginAsyncZod {
  return async (app) => {
    app.route({
      method: 'GET',
      url: '/suppressions',
      config: { action: 'suppressions.read' },
      schema: {
        tags,
        summary: 'Numbers not to call',
        querystring: suppressionQuery,
        response: { 200: pageOf(suppression) },
      },
      async handler({ caller, query }, reply) {
        const page = readPageQuery(query)
        const rows = isRefusal(page) ? page : await listOfSuppressions(house, caller, query, page)
        return isRefusal(rows) ? sendProblem(reply, rows) : reply.send(toPage(rows, query.sort, (row) => row))
      },
    })

    app.route({
      method: 'POST',
      url: '/suppressions',
      config: { action: 'suppressions.add' },
      schema: {
        tags,
        summary: 'Block a number; 200 when it was blocked already',
        body: newSuppression,
        response: { 200: suppression, 201: suppression },
      },
      async handler(request, reply) {
        const result = await suppress(house, request.caller, request.body)
        if (isRefusal(result)) return sendProblem(reply, result)
        reply.header('location', `/api/v1/suppressions/${result.suppression.id}`)
        return reply.code(result.added ? 201 : 200).send(result.suppression)
      },
    })

    app.route({
      method: 'GET',
      url: '/suppressions/look-up',
      config: { action: 'suppressions.read' },
      schema: { tags, summary: 'What blocks a number', querystring: lookUpQuery, response: { 200: lookUp } },
      handler: async (request, reply) =>
        answer(reply, 200, await lookUpNumber(house, request.caller, request.query.number)),
    })

    app.route({
      method: 'GET',
      url: '/suppressions/:id',
      config: { action: 'suppressions.read' },
      schema: { tags, summary: 'One suppression', params: ids, response: { 200: suppression } },
      handler: async (request, reply) =>
        answer(reply, 200, await readOneSuppression(house, request.caller, request.params.id)),
    })

    app.route({
      method: 'POST',
      url: '/suppressions/:id/remove',
      config: { action: 'suppressions.remove' },
      schema: {
        tags,
        summary: 'Take it back, with the reason',
        params: ids,
        body: removal,
        response: { 200: suppression },
      },
      handler: async (request, reply) =>
        answer(reply, 200, await unsuppress(house, request.caller, request.params.id, request.body.reason)),
    })

    app.route({
      method: 'DELETE',
      url: '/suppressions/:id',
      config: { action: 'suppressions.remove' },
      schema: {
        tags,
        summary: 'The same, with the reason in the address',
        params: ids,
        querystring: removal,
        response: { 200: suppression },
      },
      handler: async (request, reply) =>
        answer(reply, 200, await unsuppress(house, request.caller, request.params.id, request.query.reason)),
    })
  }
}
