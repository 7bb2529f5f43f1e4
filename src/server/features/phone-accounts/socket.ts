/**
 * The way of phones in browsers to their carrier: through our own address, for whoever is signed in and has an account for
 * their phone. Whose phone it is, the carrier finds out by the account.
 */
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import type { WebSocket } from 'ws'
import { z } from 'zod'
import { readTrunk } from '#store/trunks.ts'
import type { PhoneSocket } from '#telephony/port.ts'
import type { Authenticator } from '../../http/auth.ts'
import type { Caller } from '../../http/caller.ts'
import { guardApi } from '../../http/door.ts'
import { sendProblem } from '../../http/errors.ts'
import { type ServerDeps, withinAll } from '../../http/house.ts'
import { keepChecking } from '../../http/keep-checking.ts'
import { isRefusal, type Refusal, refuse, refuseUnknown } from '../../http/problems.ts'
import { id } from '../../http/schema.ts'
import { joinSockets } from './join-sockets.ts'
import { findIdentity } from './phone-accounts.ts'
import { phoneAs } from './schema.ts'

/** One person's tabs and devices. */
const socketsPerUser = 8
/** A carrier that could not say whether an account still holds is asked again after this. */
const askAgainMs = 5_000

declare module 'fastify' {
  interface FastifyRequest {
    /** Where the phone's socket leads. */
    phoneSocket: PhoneSocket | null
  }
}

const whose = z.strictObject({ trunk_id: id, as: phoneAs.default('agent') })
type Whose = z.output<typeof whose>

export async function servePhoneSocket(
  scope: FastifyInstance,
  house: ServerDeps,
  authenticator: Authenticator,
): Promise<void> {
  await guardApi(scope, house, authenticator)
  const open = new Map<string, number>()
  scope.decorateRequest('phoneSocket', null)
  scope.withTypeProvider<ZodTypeProvider>().route({
    method: 'GET',
    url: '/sip',
    config: { action: 'agent-sessions.own' },
    schema: { hide: true, querystring: whose },
    async preHandler(request, reply) {
      const { caller, query } = request
      const many = (open.get(caller.user_id) ?? 0) >= socketsPerUser
      const found = many ? tooMany : await findSocket(house, caller, query)
      if (isRefusal(found)) return sendProblem(reply, found)
      request.phoneSocket = found
    },
    handler: async (_request, reply) => sendProblem(reply, refuse('upgrade-required', 'Connect by WebSocket.')),
    wsHandler(socket: WebSocket, request: FastifyRequest) {
      const { caller, query } = request
      const { url, expires_at } = request.phoneSocket as PhoneSocket
      open.set(caller.user_id, (open.get(caller.user_id) ?? 0) + 1)
      socket.on('close', () => {
        const left = (open.get(caller.user_id) ?? 1) - 1
        if (left > 0) open.set(caller.user_id, left)
        else open.delete(caller.user_id)
      })
      const joined = joinSockets(socket, url, (error) => house.log.info({ err: error }, "a phone's connection broke"))
      keepChecking(house, authenticator, request, socket, () => joined.close(4401, 'signed out'))
      const stay = () => findSocket(house, caller, query as Whose)
      closeWhenExpired(house, socket, expires_at, stay, () => joined.close(4408, 'the account has expired'))
    },
  })
}

const tooMany = refuse('conflict', `You have ${socketsPerUser} phones connected; close one of them.`)

async function findSocket(house: ServerDeps, caller: Caller, { trunk_id, as }: Whose): Promise<PhoneSocket | Refusal> {
  const { workspace_id } = caller
  const { trunk, identity } = await withinAll(house, caller, async (tx) => ({
    trunk: await readTrunk(tx, workspace_id, trunk_id),
    identity: await findIdentity(tx, caller, as),
  }))
  if (trunk === null) return refuseUnknown('trunk')
  if (isRefusal(identity)) return identity
  const carrier = trunk.active ? await house.engine.carrierOf(workspace_id, trunk_id) : { missing: 'it is not active' }
  if ('missing' in carrier) return refuse('conflict', `The trunk can not be used: ${carrier.missing}.`)
  if (carrier.findPhoneSocket === undefined) return refuse('conflict', 'The trunk takes no phones in browsers.')
  const reply = await carrier.findPhoneSocket(identity)
  if (reply.ok) return reply.socket
  const { verdict, reason } = reply.fault
  if (verdict === 'retryable') return refuse('carrier-fault', reason)
  return refuse('conflict', 'Get an account for your phone first: POST /api/v1/phone-accounts.')
}

/** A phone stays connected as long as there is an account for it. */
function closeWhenExpired(
  house: ServerDeps,
  socket: WebSocket,
  expires_at: string,
  stay: () => Promise<PhoneSocket | Refusal>,
  close: () => void,
): void {
  let timer: NodeJS.Timeout
  const lookAt = (at: number) => {
    timer = setTimeout(look, Math.max(0, at - house.clock.now())).unref()
  }
  const look = () => {
    stay().then(
      (found) => {
        if (!isRefusal(found)) return lookAt(Date.parse(found.expires_at))
        if (found.refused === 'carrier-fault') return lookAt(house.clock.now() + askAgainMs)
        close()
      },
      (error: Error) => {
        house.log.warn({ err: error }, "a phone's account was not looked at; it is again soon")
        lookAt(house.clock.now() + askAgainMs)
      },
    )
  }
  lookAt(Date.parse(expires_at))
  socket.on('close', () => clearTimeout(timer))
}
