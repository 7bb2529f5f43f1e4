/**
 * The doors for clients of older systems. In: requests in their words. Out: answers in their words. Everything between
 * is done by the services that /api/v1 uses; a dialect maps names and forms, and decides nothing about calling.
 */
import multipart from '@fastify/multipart'
import type { FastifyInstance } from 'fastify'
import type { Authenticator } from '../http/auth.ts'
import { guardApi } from '../http/door.ts'
import type { ServerDeps } from '../http/house.ts'
import { keepAnswers } from '../http/idempotency.ts'
import { callcampaign } from './callcampaign/callcampaign.ts'
import { campaignqueue } from './campaignqueue/campaignqueue.ts'
import { templates } from './campaignqueue/templates.ts'
import type { Dialect } from './dialect.ts'
import { telecard } from './telecard/telecard.ts'
import { voipstudio } from './voipstudio/voipstudio.ts'

const dialects: Dialect[] = [telecard, voipstudio, callcampaign, campaignqueue, templates]
/** What the older clients were built to send; an installation that allows more allows it here too. */
const requestsPerSecond = 50

export async function serveDialects(app: FastifyInstance, house: ServerDeps, authenticator: Authenticator) {
  const max = Math.max(requestsPerSecond, house.config.rate_limit_per_minute / 60)
  for (const { prefix, refusals, routes } of dialects) {
    await app.register(
      async (scope) => {
        scope.decorate('refusalForm', refusals)
        await guardApi(scope, house, authenticator, { max, timeWindow: 1_000 })
        keepAnswers(scope, house)
        scope.addHook('onRoute', (route) => {
          route.schema = { ...route.schema, hide: true }
        })
        scope.addHook('preValidation', async (request) => {
          // Acts come with nothing, or with an empty JSON body.
          if (request.body === undefined || request.body === null) request.body = {}
        })
        await scope.register(multipart)
        await scope.register(routes(house))
      },
      { prefix },
    )
  }
}
