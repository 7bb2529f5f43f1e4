import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { answer } from '../../http/errors.ts'
import type { ServerDeps } from '../../http/house.ts'
import { isRefusal } from '../../http/problems.ts'
import { ids } from '../../http/schema.ts'
import { type Act, type ActOptions, actOnCampaign, acts, stopAll } from './acts.ts'
import { showCampaign } from './present.ts'
import { campaign } from './schema.ts'

const summaries = {
  start: 'Begin to call, or wait for its start date',
  resume: 'Go on after a pause or an end',
  pause: 'Pause: after the answer no new call leaves',
  stop: 'End it as completed',
  cancel: 'End it for good',
  archive: 'Put it away',
} as const

/** Why; shown with the status. */
const reason = z.string().trim().min(1).max(500).exactOptional()
const limit = z.number().int().min(1).max(1_000_000_000)
const skip_without_consent = z
  .boolean()
  .describe('Pass over those whom the law lets no AI or recorded voice call, instead of a refusal')
  .exactOptional()
const acting = z.strictObject({ reason }).nullish()
const resuming = z.strictObject({ reason, skip_without_consent }).nullish()
const starting = z
  .strictObject({
    reason,
    skip_without_consent,
    limit: limit.describe('This run makes so many calls at most; then the campaign pauses').exactOptional(),
  })
  .nullish()

const bodies: Partial<Record<Act, z.ZodType<ActOptions | null | undefined>>> = { start: starting, resume: resuming }

export function campaignActRoutes(house: ServerDeps): FastifyPluginAsyncZod {
  return async (app) => {
    for (const act of acts) {
      const body = bodies[act] ?? acting
      app.route({
        method: 'POST',
        url: `/campaigns/:id/${act}`,
        config: { action: 'campaigns.write' },
        schema: { tags: ['campaigns'], summary: summaries[act], params: ids, body, response: { 200: campaign } },
        async handler(request, reply) {
          const moved = await actOnCampaign(house, request.caller, request.params.id, act, request.body ?? {})
          return answer(reply, 200, isRefusal(moved) ? moved : showCampaign(moved))
        },
      })
    }

    app.route({
      method: 'POST',
      url: '/stop-all',
      config: { action: 'campaigns.stop-all' },
      schema: {
        tags: ['campaigns'],
        summary: 'Emergency stop: pause every campaign that calls',
        response: { 200: z.object({ paused: z.number().int() }) },
      },
      handler: async (request, reply) => reply.send({ paused: await stopAll(house, request.caller) }),
    })
  }
}
