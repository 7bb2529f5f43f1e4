import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { answer } from '../../http/errors.ts'
import type { ServerDeps } from '../../http/house.ts'
import { explainNumber } from './contactability.ts'
import { contactability, contactabilityQuery } from './schema.ts'

export function contactabilityRoutes(house: ServerDeps): FastifyPluginAsyncZod {
  return async (app) => {
    app.route({
      method: 'GET',
      url: '/contactability',
      config: { action: 'leads.read' },
      schema: {
        tags: ['contactability'],
        summary: 'May this number be called now, when, or never, and by which rule',
        querystring: contactabilityQuery,
        response: { 200: contactability },
      },
      handler: async ({ caller, query }, reply) => answer(reply, 200, await explainNumber(house, caller, query)),
    })
  }
}
