import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { readLimits } from '#store/limits.ts'
import { type ServerDeps, withinAll } from '../../http/house.ts'
import { id } from '../../http/schema.ts'

const used = { limit: z.number().int().nullable(), in_use: z.number().int(), free: z.number().int().nullable() }
const named = z.object({ id, name: z.string(), ...used })

const limits = z
  .object({
    installation: z.object(used),
    workspace: z.object(used),
    users: z.array(named),
    trunks: z.array(
      named.extend({
        calls_per_second: z.number().nullable(),
        blocked_until: z.date().nullable(),
        blocked_reason: z.string().nullable(),
      }),
    ),
    toll: z
      .object({
        calls_per_second: z.number().nullable(),
        daily_spend_limit: z.number().nullable(),
        spend_left: z.number().nullable().describe('Of the day, after what calls under way keep back'),
      })
      .describe('Against toll fraud; money in the currency of the trunks'),
    campaigns: z.array(named.extend({ daily_limit: z.number().int().nullable(), dials_today: z.number().int() })),
  })
  .meta({ id: 'Limits' })

export function limitRoutes(house: ServerDeps): FastifyPluginAsyncZod {
  return async (app) => {
    app.route({
      method: 'GET',
      url: '/limits',
      config: { action: 'limits.read' },
      schema: {
        tags: ['limits'],
        summary: 'Calls at once: limit, in use, free',
        description: 'Workspace and user limits count agentless calls; a null limit means that there is none.',
        response: { 200: limits },
      },
      async handler({ caller }, reply) {
        const found = await withinAll(house, caller, (tx) =>
          readLimits(tx, caller.workspace_id, house.clock.now(), house.config.system_concurrent_calls),
        )
        const mine = ({ id: user }: { id: string }) => !caller.only_own || user === caller.user_id
        const users = found.users.filter(mine)
        const campaigns = found.campaigns.filter(({ owner_user_id }) => mine({ id: owner_user_id }))
        return reply.send({ ...found, users, campaigns })
      },
    })
  }
}
