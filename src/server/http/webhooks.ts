/**
 * The door for carriers' reports. In: bytes. Out: verified, durable reports and a quick answer. It fails closed, decides
 * nothing, and never answers 2xx before the commit. What a carrier's delivery looks like is its reader's affair.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { keepHints } from '#store/call-hints.ts'
import { findTrunk } from '#store/finders.ts'
import { inWorkspace } from '#store/tx.ts'
import { type CarrierEvent, splitEvents } from '#telephony/events.ts'
import type { TrunkSettings } from '#telephony/port.ts'
import type { CallHint, Webhook } from '#telephony/provider.ts'
import { readSpeech } from '../features/calls/speech.ts'
import { takeOptOuts } from '../features/suppressions/carrier-opt-outs.ts'
import { sendProblem } from './errors.ts'
import { findHostileValue } from './hostile-input.ts'
import type { ServerDeps } from './house.ts'
import { refuse, refuseUnknown } from './problems.ts'
import { createReportBatches } from './report-batches.ts'

interface Address {
  provider: string
  trunk_id: string
  /** Absent for a provider's plain callback. */
  '*'?: string
}

/** As many reports as one delivery may hold, at their longest. */
const bodyLimit = 1_048_576

/** `lookAt` hears of the workspaces that have new hints. */
export async function takeWebhooks(
  app: FastifyInstance,
  house: ServerDeps,
  lookAt: (workspaceId: string) => void,
): Promise<void> {
  const findTrunkAt = createTrunkFinder(house)
  const keep = createReportKeeper(house)
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit }, (_request, body, done) => done(null, body))

  async function take(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const address = request.params as Address
    const reader = house.registry.webhooksOf(address.provider)
    const trunk = reader && (await findTrunkAt(address))
    if (!reader || !trunk) return sendProblem(reply, refuseUnknown('trunk'))
    const webhook = toWebhook(request, address['*'] ?? '', house.publicUrl(), house.clock.now())
    if (!reader.verify(webhook, trunk).ok) {
      return sendProblem(reply, refuse('unauthenticated', 'The signature is missing or does not match.'))
    }
    const translation = reader.translate(webhook, trunk)
    if (!translation.ok) return sendProblem(reply, refuse('malformed-request', translation.reason.slice(0, 500)))
    const { events, asks_speech, hints } = translation
    const fault = findUnstorable(events)
    if (fault) return sendProblem(reply, refuse('malformed-request', fault))
    if (hints) {
      await keepUnsigned(house, trunk, hints)
      lookAt(trunk.workspace_id)
    } else await keep(trunk, events, webhook.body.toString())
    const speech = asks_speech === undefined ? null : await readSpeech(house.pool, trunk, asks_speech)
    const answer = speech && reader.speak ? await reader.speak(speech) : translation.answer
    return answer ? reply.code(answer.status).type(answer.content_type).send(answer.body) : reply.code(204).send()
  }

  const place = '/webhooks/:provider/:trunk_id'
  for (const url of [place, `${place}/*`]) {
    const method = ['GET', 'POST']
    app.route({ method, url, schema: { hide: true }, helmet: false, exposeHeadRoute: false, handler: take })
  }
}

/** Takes what a verified delivery tells, durably: when it resolves, the carrier may be answered. */
export function createReportKeeper(house: ServerDeps) {
  const store = createReportBatches(house)
  return async (trunk: TrunkSettings, events: CarrierEvent[], payload: string): Promise<void> => {
    const { calls, legs, opt_outs } = splitEvents(events)
    const reports = calls.map((event) => ({ ...event, trunk_id: trunk.id }))
    await store(trunk.workspace_id, { trunk_id: trunk.id, reports, payload })
    if (legs.length > 0) await house.onLeg(trunk, legs)
    await takeOptOuts(house.engine, trunk, opt_outs)
  }
}

/** Of a delivery that anybody may have written nothing is kept but which calls to ask about. */
async function keepUnsigned({ pool }: ServerDeps, { id, workspace_id }: TrunkSettings, hints: CallHint[]) {
  if (hints.length === 0) return
  const told = hints.map((hint) => ({ ...hint, trunk_id: id }))
  await inWorkspace(pool, { workspace_id }, (tx) => keepHints(tx, workspace_id, told))
}

export function toWebhook(request: FastifyRequest, kind: string, publicUrl: string, received_at: number): Webhook {
  const { method, headers, body, url, ip: source } = request
  return {
    ...{ method, headers, source, received_at, url: publicUrl + url, kind },
    body: Buffer.isBuffer(body) ? body : Buffer.alloc(0),
  }
}

/** One report that the database can't take would fail the whole batch, and with it other deliveries. */
export function findUnstorable(events: CarrierEvent[]): string | null {
  const hostile = findHostileValue(events)
  if (hostile) return `${hostile.path}: ${hostile.message}`
  for (const name of ['attempt_id', 'leg_id'] as const) {
    const odd = events.find(({ [name]: id }) => id !== null && !z.uuid().safeParse(id).success)
    if (odd) return `${name}: ${odd[name]} is none of ours`
  }
  return null
}

/** Finds the trunk an address names, if it is one of that provider. A trunk never moves to another workspace. */
function createTrunkFinder(house: ServerDeps) {
  const workspaces = new Map<string, string>()
  return async ({ provider, trunk_id }: Address): Promise<TrunkSettings | null> => {
    if (!z.uuid().safeParse(trunk_id).success) return null
    const workspaceId = workspaces.get(trunk_id) ?? (await findTrunk(house.pool, trunk_id))
    if (workspaceId === null) return null
    workspaces.set(trunk_id, workspaceId)
    const trunk = await house.carriers.settingsOf(workspaceId, trunk_id)
    if ('missing' in trunk) throw new Error(trunk.missing)
    return trunk.provider === provider ? trunk : null
  }
}
