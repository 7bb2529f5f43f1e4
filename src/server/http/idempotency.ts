/**
 * `Idempotency-Key` on every POST: the same request gets the same answer, another one under the same key is refused, and
 * a failure on our side frees the key. Answers are kept sealed for 24 hours, without the secrets they bore.
 */
import { createHash } from 'node:crypto'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { freeKey, keepAnswer, takeKey } from '#store/idempotency.ts'
import { sendProblem } from './errors.ts'
import { type ServerDeps, withinAll } from './house.ts'
import { refuse } from './problems.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** The key this request holds until it is answered. */
    idempotencyKey: string | null
  }
}

interface KeptAnswer {
  status: number
  type: string | null
  location: string | null
  body: string
}

export function keepAnswers(app: FastifyInstance, house: ServerDeps): void {
  app.decorateRequest('idempotencyKey', null)
  app.addHook('preHandler', async (request, reply) => {
    const { config } = request.routeOptions
    if (request.method !== 'POST' || config.action === 'public' || config.readsOwnBody) return
    if (await beginOnce(house, request, reply, JSON.stringify(request.body ?? null))) return reply
  })
  app.addHook('onSend', async (request, reply, payload) => {
    if (request.idempotencyKey === null) return payload
    await settle(house, request, reply, payload)
    return payload
  })
}

/**
 * Takes the request's key, if it has one. Resolves to whether it was answered: as it was before, or with a refusal. Never
 * to the reply, which is awaited as nothing once it is sent. `content` stands for the body in the comparison with the
 * first request.
 */
export async function beginOnce(
  house: ServerDeps,
  request: FastifyRequest,
  reply: FastifyReply,
  content: string,
): Promise<boolean> {
  const key = request.headers['idempotency-key']
  if (key === undefined) return false
  if (typeof key !== 'string' || !/^[\x21-\x7e]{1,255}$/.test(key)) {
    sendProblem(reply, refuse('malformed-request', 'Idempotency-Key: 1 to 255 visible ASCII characters.'))
    return true
  }
  const { caller } = request
  const request_hash = createHash('sha256')
    .update(`${caller.user_id} ${request.method} ${request.url}\n${content}`)
    .digest()
  const at = house.clock.now()
  const taking = await withinAll(house, caller, (tx) =>
    takeKey(tx, caller.workspace_id, { key, user_id: caller.user_id, request_hash, at }),
  )
  if (taking.taken) {
    request.idempotencyKey = key
    return false
  }
  if (!taking.request_hash.equals(request_hash)) {
    sendProblem(reply, refuse('idempotency-key-reused', 'A new request needs a new key.'))
  } else if (taking.response === null) {
    sendProblem(reply, refuse('request-in-flight', 'Ask again in a moment.'))
  } else {
    replay(reply, JSON.parse(house.secrets.open(taking.response, placeOf(caller.workspace_id, key))) as KeptAnswer)
  }
  return true
}

function replay(reply: FastifyReply, kept: KeptAnswer): FastifyReply {
  if (kept.location !== null) reply.header('location', kept.location)
  if (kept.type !== null) reply.header('content-type', kept.type)
  // The body was serialised when it was first sent; it goes out as it is.
  return reply
    .code(kept.status)
    .header('idempotency-replayed', 'true')
    .serializer((body: string) => body)
    .send(kept.body)
}

async function settle(
  house: ServerDeps,
  request: FastifyRequest,
  reply: FastifyReply,
  payload: unknown,
): Promise<void> {
  const key = request.idempotencyKey as string
  request.idempotencyKey = null
  const { workspace_id } = request.caller
  await withinAll(house, request.caller, async (tx) => {
    if (reply.statusCode >= 500) return freeKey(tx, workspace_id, key)
    const kept: KeptAnswer = {
      status: reply.statusCode,
      type: textOrNull(reply.getHeader('content-type')),
      location: textOrNull(reply.getHeader('location')),
      body: withoutSecrets(typeof payload === 'string' ? payload : '', request.routeOptions.config.secrets ?? []),
    }
    await keepAnswer(tx, workspace_id, key, house.secrets.seal(JSON.stringify(kept), placeOf(workspace_id, key)))
  })
}

function placeOf(workspaceId: string, key: string) {
  return { workspace_id: workspaceId, table: 'idempotency_keys', id: key }
}

function withoutSecrets(body: string, secrets: readonly string[]): string {
  if (secrets.length === 0 || body === '') return body
  return JSON.stringify(JSON.parse(body, (key, value) => (secrets.includes(key) ? null : value)))
}

function textOrNull(value: unknown): string | null {
  return typeof value === 'string' ? value : null
}
