import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { answer, sendProblem } from '../../http/errors.ts'
import type { ServerDeps } from '../../http/house.ts'
import { readPageQuery, toPage } from '../../http/pagination.ts'
import { isRefusal } from '../../http/problems.ts'
import { ids, pageOf } from '../../http/schema.ts'
import { cancelOneCallback, changeOneCallback, listOfCallbacks, promiseCallback, readOneCallback } from './callbacks.ts'
import { callback, callbackCancel, callbackChange, callbackQuery, newCallback } from './schema.ts'

const tags = ['callbacks']

export function callbackRoutes(house: ServerDeps): FastifyPluginAsyncZod {
  return async (app) => {
    app.route({
      method: 'GET',
      url: '/callbacks',
      config: { action: 'callbacks.read' },
      schema: {
        tags,
        summary: "List promised calls; agents see their own and their campaigns' team's",
        querystring: callbackQuery,
        response: { 200: pageOf(callback) },
      },
      async handler({ caller, query }, reply) {
        const page = readPageQuery(query)
        const rows = isRefusal(page) ? page : await listOfCallbacks(house, caller, query, page)
        return isRefusal(rows) ? sendProblem(reply, rows) : reply.send(toPage(rows, query.sort, (row) => row))
      },
    })

    app.route({
      method: 'POST',
      url: '/callbacks',
      config: { action: 'callbacks.write' },
      schema: {
        tags,
        summary: 'Promise a call at an instant, or at a time on the clock of the person',
        body: newCallback,
        response: { 201: callback },
      },
      handler: async ({ caller, body }, reply) => answer(reply, 201, await promiseCallback(house, caller, body)),
    })

    app.route({
      method: 'GET',
      url: '/callbacks/:id',
      config: { action: 'callbacks.read' },
      schema: { tags, summary: 'One promised call', params: ids, response: { 200: callback } },
      handler: async ({ caller, params }, reply) => answer(reply, 200, await readOneCallback(house, caller, params.id)),
    })

    app.route({
      method: 'PATCH',
      url: '/callbacks/:id',
      config: { action: 'callbacks.write' },
      schema: {
        tags,
        summary: 'Give it another time, agent or note',
        params: ids,
        body: callbackChange,
        response: { 200: callback },
      },
      handler: async ({ caller, params, body }, reply) =>
        answer(reply, 200, await changeOneCallback(house, caller, params.id, body)),
    })

    app.route({
      method: 'POST',
      url: '/callbacks/:id/cancel',
      config: { action: 'callbacks.write' },
      schema: {
        tags,
        summary: 'Take it back; the lead goes back to its campaign',
        params: ids,
        body: callbackCancel.nullish(),
        response: { 200: callback },
      },
      handler: async ({ caller, params, body }, reply) =>
        answer(reply, 200, await cancelOneCallback(house, caller, params.id, body?.reason)),
    })
  }
}
