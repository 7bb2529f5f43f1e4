/**
 * The door for carriers' reports. In: bytes. Out: verified, durable reports and a quick 2xx. It fails closed, decides
 * nothing, and never answers 2xx before the commit.
 */
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { findTrunk } from '#store/finders.ts'
import { readTrunk } from '#store/trunks.ts'
import { inWorkspace } from '#store/tx.ts'
import type { CarrierEvent } from '#telephony/events.ts'
import { translateSimulatedWebhook, verifySimulatedWebhook } from '#telephony/simulator/webhook.ts'
import { sendProblem } from './errors.ts'
import { findHostileValue } from './hostile-input.ts'
import type { ServerDeps } from './house.ts'
import { refuse, refuseUnknown } from './problems.ts'
import { createReportBatches } from './report-batches.ts'

interface WebhookReader {
  verify(request: FastifyRequest, body: Buffer): { ok: boolean }
  translate(body: Buffer, trunkId: string): ReturnType<typeof translateSimulatedWebhook>
}

/** A trunk's workspace and provider are looked up again after this. */
const trunkKnownMs = 30_000
/** As many reports as one delivery may hold, at their longest. */
const bodyLimit = 1_048_576

export async function takeWebhooks(app: FastifyInstance, house: ServerDeps): Promise<void> {
  const readers: Record<string, WebhookReader> = {
    simulated: {
      verify: (request, body) => verifySimulatedWebhook(request.headers, body, house.webhook_secret, house.clock.now()),
      translate: translateSimulatedWebhook,
    },
  }
  const findHome = rememberTrunks(house)
  const store = createReportBatches(house)
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit }, (_request, body, done) => done(null, body))

  app.post('/webhooks/:provider/:trunk_id', { schema: { hide: true }, helmet: false }, async (request, reply) => {
    const { provider, trunk_id } = request.params as { provider: string; trunk_id: string }
    const reader = Object.hasOwn(readers, provider) ? readers[provider] : undefined
    const home = reader && z.uuid().safeParse(trunk_id).success ? await findHome(trunk_id) : null
    if (!reader || home?.provider !== provider) return sendProblem(reply, refuseUnknown('trunk'))
    const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0)
    if (!reader.verify(request, body).ok) {
      return sendProblem(reply, refuse('unauthenticated', 'The signature is missing or does not match.'))
    }
    const translation = reader.translate(body, trunk_id)
    if (!translation.ok) return sendProblem(reply, refuse('malformed-request', translation.reason.slice(0, 500)))
    const fault = findUnstorable(translation.events)
    if (fault) return sendProblem(reply, refuse('malformed-request', fault))
    const reports = translation.events.map((event) => ({ ...event, trunk_id }))
    await store(home.workspace_id, { trunk_id, reports, payload: body.toString() })
    return reply.code(204).send()
  })
}

/** One report that the database can't take would fail the whole batch, and with it other deliveries. */
function findUnstorable(events: CarrierEvent[]): string | null {
  const hostile = findHostileValue(events)
  if (hostile) return `${hostile.path}: ${hostile.message}`
  const odd = events.find(({ attempt_id }) => attempt_id !== null && !z.uuid().safeParse(attempt_id).success)
  return odd ? `attempt_id: ${odd.attempt_id} is none of ours` : null
}

function rememberTrunks(house: ServerDeps) {
  const known = new Map<string, { until: number; home: { workspace_id: string; provider: string } }>()
  return async (trunkId: string) => {
    const kept = known.get(trunkId)
    if (kept && kept.until > house.clock.now()) return kept.home
    const workspace_id = await findTrunk(house.pool, trunkId)
    if (workspace_id === null) return null
    const trunk = await inWorkspace(house.pool, { workspace_id }, (tx) => readTrunk(tx, workspace_id, trunkId))
    if (!trunk) return null
    const home = { workspace_id, provider: trunk.provider }
    known.set(trunkId, { until: house.clock.now() + trunkKnownMs, home })
    return home
  }
}
