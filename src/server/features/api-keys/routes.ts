import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { answer, sendProblem } from '../../http/errors.ts'
import type { ServerDeps } from '../../http/house.ts'
import { cutPage, readPageQuery, toPage } from '../../http/pagination.ts'
import { isRefusal } from '../../http/problems.ts'
import { ids, pageOf, pageQuery } from '../../http/schema.ts'
import { listKeys, makeKey, readKey, revokeKey } from './api-keys.ts'
import { apiKey, madeApiKey, newApiKey } from './schema.ts'

const tags = ['api-keys']

export function apiKeyRoutes(house: ServerDeps): FastifyPluginAsyncZod {
  return async (app) => {
    app.route({
      method: 'GET',
      url: '/api-keys',
      config: { action: 'api-keys.read' },
      schema: {
        tags,
        summary: "The workspace's keys, without their secrets",
        querystring: z.strictObject(pageQuery),
        response: { 200: pageOf(apiKey) },
      },
      async handler({ caller, query }, reply) {
        const page = readPageQuery({ ...query, sort: 'id' })
        if (isRefusal(page)) return sendProblem(reply, page)
        const rows = await listKeys(house, caller, page.after?.id ?? null, page.limit + 1)
        return reply.send(toPage(cutPage(rows, page.limit), 'id', (row) => row))
      },
    })

    app.route({
      method: 'POST',
      url: '/api-keys',
      config: { action: 'api-keys.write', secrets: ['token'] },
      schema: { tags, summary: 'Make a key; its token is shown once', body: newApiKey, response: { 201: madeApiKey } },
      async handler(request, reply) {
        const made = await makeKey(house, request.caller, request.body)
        if (!isRefusal(made)) reply.header('location', `/api/v1/api-keys/${made.id}`)
        return answer(reply, 201, made)
      },
    })

    app.route({
      method: 'GET',
      url: '/api-keys/:id',
      config: { action: 'api-keys.read' },
      schema: { tags, summary: 'One key', params: ids, response: { 200: apiKey } },
      handler: async (request, reply) => answer(reply, 200, await readKey(house, request.caller, request.params.id)),
    })

    app.route({
      method: 'DELETE',
      url: '/api-keys/:id',
      config: { action: 'api-keys.write' },
      schema: { tags, summary: 'Revoke a key at once', params: ids, response: { 200: apiKey } },
      handler: async (request, reply) => answer(reply, 200, await revokeKey(house, request.caller, request.params.id)),
    })
  }
}
