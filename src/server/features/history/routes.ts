import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { ServerDeps } from '../../http/house.ts'
import { recordCalls, settleLeads } from './history.ts'
import { pastCalls, pastLeads, recordedCalls, settledLeads } from './schema.ts'

const tags = ['history']

/** What was done in another system before: taken over once, never made up here. */
export function historyRoutes(house: ServerDeps): FastifyPluginAsyncZod {
  return async (app) => {
    app.route({
      method: 'POST',
      url: '/history/calls',
      config: { action: 'history.write' },
      schema: {
        tags,
        summary: 'Take over calls that another system made',
        description:
          'Each is taken once, by its source and external_id, and counts as a try of the lead whose number it went to. ' +
          'Whoever said then not to be called is blocked.',
        body: pastCalls,
        response: { 200: recordedCalls },
      },
      handler: async ({ caller, body }, reply) => reply.send(await recordCalls(house, caller, body)),
    })

    app.route({
      method: 'POST',
      url: '/history/leads',
      config: { action: 'history.write' },
      schema: {
        tags,
        summary: 'Bring leads to where they were in another system',
        description:
          'After their calls: tries of which no call is known are added, and what was final is. A lead called or settled ' +
          'here since keeps what it has.',
        body: pastLeads,
        response: { 200: settledLeads },
      },
      handler: async ({ caller, body }, reply) => reply.send(await settleLeads(house, caller, body)),
    })
  }
}
