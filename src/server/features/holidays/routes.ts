import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { answer } from '../../http/errors.ts'
import { isRefusal } from '../../http/problems.ts'
import { country } from '../../http/schema.ts'
import { listHolidays } from './holidays.ts'

const holidayQuery = z.strictObject({
  country,
  region: z
    .string()
    .max(10)
    .transform((text) => text.toUpperCase())
    .exactOptional(),
  year: z.coerce.number().int().min(2000).max(2100),
})
const holidays = z
  .object({ data: z.array(z.object({ date: z.string(), name: z.string() })), next_cursor: z.null() })
  .meta({ id: 'Holidays' })

export function holidayRoutes(): FastifyPluginAsyncZod {
  return async (app) => {
    app.route({
      method: 'GET',
      url: '/holidays',
      config: { action: 'campaigns.read' },
      schema: {
        tags: ['holidays'],
        summary: 'Public holidays of a country, or of a state of it',
        description: 'For `closed_dates` of a campaign or workspace. From date-holidays (data under CC-BY-3.0).',
        querystring: holidayQuery,
        response: { 200: holidays },
      },
      async handler({ query }, reply) {
        const listed = await listHolidays(query)
        return answer(reply, 200, isRefusal(listed) ? listed : { data: listed, next_cursor: null })
      },
    })
  }
}
