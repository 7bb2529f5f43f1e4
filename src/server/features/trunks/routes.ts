import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { describeProviders } from '#telephony/registry.ts'
import { answer } from '../../http/errors.ts'
import type { ServerDeps } from '../../http/house.ts'
import { isRefusal } from '../../http/problems.ts'
import { id, ids, pageOf } from '../../http/schema.ts'
import { readRatesOfTrunk } from './answer-rates.ts'
import { listActsOverTrunk } from './possible-acts.ts'
import { answerRates, callerId, newTrunk, possibleActs, trunk, trunkChange, trunkProvider } from './schema.ts'
import { changeOneTrunk, dropCallerId, listAllTrunks, makeTrunk, readOneTrunk, registerCallerId } from './trunks.ts'

const tags = ['trunks']

export function trunkRoutes(house: ServerDeps): FastifyPluginAsyncZod {
  return async (app) => {
    app.route({
      method: 'GET',
      url: '/trunks',
      config: { action: 'trunks.read' },
      schema: { tags, summary: 'Accounts at carriers', response: { 200: pageOf(trunk) } },
      handler: async ({ caller }, reply) => reply.send({ data: await listAllTrunks(house, caller), next_cursor: null }),
    })

    app.route({
      method: 'GET',
      url: '/trunk-providers',
      config: { action: 'trunks.read' },
      schema: {
        tags,
        summary: 'The providers that a trunk may name, and what it says of its account there',
        response: { 200: pageOf(trunkProvider) },
      },
      handler: async (_, reply) => reply.send({ data: describeProviders(), next_cursor: null }),
    })

    app.route({
      method: 'POST',
      url: '/trunks',
      config: { action: 'trunks.write' },
      schema: { tags, summary: 'Add a trunk', body: newTrunk, response: { 201: trunk } },
      async handler(request, reply) {
        const made = await makeTrunk(house, request.caller, request.body)
        if (!isRefusal(made)) reply.header('location', `/api/v1/trunks/${made.id}`)
        return answer(reply, 201, made)
      },
    })

    app.route({
      method: 'GET',
      url: '/trunks/:id',
      config: { action: 'trunks.read' },
      schema: { tags, summary: 'One trunk', params: ids, response: { 200: trunk } },
      handler: async (request, reply) =>
        answer(reply, 200, await readOneTrunk(house, request.caller, request.params.id)),
    })

    app.route({
      method: 'PATCH',
      url: '/trunks/:id',
      config: { action: 'trunks.write' },
      schema: { tags, summary: 'Change a trunk', params: ids, body: trunkChange, response: { 200: trunk } },
      handler: async (request, reply) =>
        answer(reply, 200, await changeOneTrunk(house, request.caller, request.params.id, request.body)),
    })

    app.route({
      method: 'GET',
      url: '/trunks/:id/acts',
      config: { action: 'calls.act' },
      schema: {
        tags,
        summary: 'What can be done with calls over it: its carrier may not be able to do all',
        params: ids,
        response: { 200: possibleActs },
      },
      handler: async ({ caller, params }, reply) =>
        answer(reply, 200, await listActsOverTrunk(house, caller, params.id)),
    })

    app.route({
      method: 'GET',
      url: '/trunks/:id/answer-rates',
      config: { action: 'trunks.read' },
      schema: {
        tags,
        summary: "How often calls that show a trunk's numbers are answered, and whether that has fallen",
        params: ids,
        response: { 200: answerRates },
      },
      handler: async (request, reply) =>
        answer(reply, 200, await readRatesOfTrunk(house, request.caller, request.params.id)),
    })

    app.route({
      method: 'POST',
      url: '/trunks/:id/caller-ids',
      config: { action: 'trunks.write' },
      schema: { tags, summary: 'Register a caller id', params: ids, body: callerId, response: { 201: trunk } },
      handler: async (request, reply) =>
        answer(reply, 201, await registerCallerId(house, request.caller, request.params.id, request.body)),
    })

    app.route({
      method: 'DELETE',
      url: '/trunks/:id/caller-ids/:number',
      config: { action: 'trunks.write' },
      schema: {
        tags,
        summary: 'Take a caller id off',
        params: z.object({ id, number: z.string().max(20) }),
        response: { 200: trunk },
      },
      handler: async (request, reply) =>
        answer(reply, 200, await dropCallerId(house, request.caller, request.params.id, request.params.number)),
    })
  }
}
