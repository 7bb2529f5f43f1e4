import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { answer } from '../../http/errors.ts'
import type { ServerDeps } from '../../http/house.ts'
import { readCallReportFor } from './call-report.ts'
import { callReport, callReportQuery } from './schema.ts'

export function reportRoutes(house: ServerDeps): FastifyPluginAsyncZod {
  return async (app) => {
    app.route({
      method: 'GET',
      url: '/reports/calls',
      config: { action: 'reports.read' },
      schema: {
        tags: ['reports'],
        summary: 'What became of calls: totals, by day, hour, outcome, disposition, try and agent',
        description:
          'The last 30 days unless other days are asked for. Each figure is the number of rows that GET /calls and ' +
          '/calls.csv have for the same days with one filter more: counted_as, outcome, disposition, agent_id, ' +
          'local_weekday and local_hour, or try.',
        querystring: callReportQuery,
        response: { 200: callReport },
      },
      handler: async ({ caller, query }, reply) => answer(reply, 200, await readCallReportFor(house, caller, query)),
    })
  }
}
