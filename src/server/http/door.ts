/**
 * What stands before every API route: who is it, are they too many, may they, is it hostile. Every route of the API
 * names its action; one that does not is refused when the server is built.
 */
import rateLimit from '@fastify/rate-limit'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { type Authenticator, readToken } from './auth.ts'
import type { Caller } from './caller.ts'
import { sendProblem } from './errors.ts'
import { findHostileValue } from './hostile-input.ts'
import type { ServerDeps } from './house.ts'
import { type Action, refuseAction } from './permissions.ts'
import { isRefusal, refuse, refuseUnknown } from './problems.ts'
import { refuseForeignOrigin } from './same-origin.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** What the route does, for the table of permissions; `public` needs nobody. */
    action?: Action | 'public'
    /** Members of the answer that are shown once and never stored. */
    secrets?: readonly string[]
    /** The route reads its own body and calls the idempotency steps itself. */
    readsOwnBody?: boolean
  }
  interface FastifyRequest {
    caller: Caller
  }
}

/** As many requests as one key may send in so many milliseconds. */
export interface Allowance {
  max: number
  timeWindow: number
}

export async function guardApi(
  app: FastifyInstance,
  house: ServerDeps,
  authenticator: Authenticator,
  allowance: Allowance = { max: house.config.rate_limit_per_minute, timeWindow: 60_000 },
): Promise<void> {
  await app.register(rateLimit, { global: false })
  const countRequest = app.createRateLimit({
    ...allowance,
    keyGenerator: (request) => request.caller.by.id,
  })
  // Attempts to get in, per address: as many as one key may ask.
  const countFailure = app.createRateLimit({ max: house.config.rate_limit_per_minute, timeWindow: 60_000 })
  app.decorateRequest('caller', null as unknown as Caller)

  const parse = app.getDefaultJsonParser('error', 'error')
  // A POST that says JSON and sends nothing means an act without a body.
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) =>
    body === '' ? done(null, undefined) : parse(request, body as string, done),
  )
  app.addHook('onRoute', (route) => {
    if (route.config?.action === undefined) throw new Error(`${route.method} ${route.url} names no action`)
  })

  app.addHook('onRequest', async (request, reply) => {
    const { action } = request.routeOptions.config
    if (action === undefined) return
    if (action === 'public') return limit(reply, await countFailure(request))
    const caller = await authenticator.recognise(request)
    if (isRefusal(caller)) {
      const refused = limit(reply, await countFailure(request))
      return refused ?? sendProblem(reply, caller)
    }
    request.caller = caller
    const exceeded = limit(reply, await countRequest(request))
    if (exceeded) return exceeded
    const refusal =
      (readToken(request)?.kind === 'session' ? refuseForeignOrigin(request, ownOrigins(house)) : null) ??
      refuseAction(caller.role, caller.by.kind === 'key' ? caller.by.scopes : null, action)
    if (refusal) return sendProblem(reply, refusal)
  })

  app.addHook('preValidation', async (request, reply) => {
    if (findHostileValue(request.params)) return sendProblem(reply, refuseUnknown('thing'))
    const fault = findHostile(request)
    if (fault)
      return sendProblem(reply, refuse('malformed-request', `${fault.path}: ${fault.message}`, { errors: [fault] }))
  })
}

export function ownOrigins({ config }: ServerDeps): string[] {
  const own = config.public_url === null ? [] : [new URL(config.public_url).origin]
  return [...own, ...config.cors_origins]
}

/** A file is not walked through here: intake reads it with its own care. */
function findHostile(request: FastifyRequest) {
  const body = request.routeOptions.config.readsOwnBody ? null : request.body
  return findHostileValue(request.query) ?? findHostileValue(body)
}

type Counted = Awaited<ReturnType<ReturnType<FastifyInstance['createRateLimit']>>>

function limit(reply: FastifyReply, counted: Counted): FastifyReply | undefined {
  if (counted.isAllowed || !counted.isExceeded) return undefined
  const retry_after_seconds = Math.max(1, counted.ttlInSeconds)
  const detail = `${counted.max} requests per ${counted.timeWindow / 1000} s are answered; try again later.`
  return sendProblem(reply, refuse('too-many-requests', detail, { retry_after_seconds }))
}
