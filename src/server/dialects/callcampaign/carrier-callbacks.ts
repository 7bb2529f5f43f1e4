/**
 * The addresses at which Twilio called back the older system. They name no trunk: that is found by the account and the
 * call in the form, and believed once the signature holds with the trunk's own token. What is told goes the way of all
 * carriers' reports.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { readSpokenScript } from '#floor/spoken-script.ts'
import { findCallOfProvider } from '#store/calls.ts'
import { findTrunksOfAccount } from '#store/finders.ts'
import { findLeadOfContact } from '#store/lead-list.ts'
import { inWorkspace } from '#store/tx.ts'
import type { TrunkSettings } from '#telephony/port.ts'
import type { Webhook, WebhookReader } from '#telephony/provider.ts'
import { sendProblem } from '../../http/errors.ts'
import type { ServerDeps } from '../../http/house.ts'
import { isRefusal, type Refusal, refuse, refuseUnknown } from '../../http/problems.ts'
import { createReportKeeper, findUnstorable, toWebhook } from '../../http/webhooks.ts'

const provider = 'twilio'
const asks = 'outbound-call-handler'
const bodyLimit = 1_048_576

/** A verified callback: over which trunk, and of which call, where that is known. */
interface Believed {
  trunk: TrunkSettings
  lead_id: string | null
  known: boolean
}

export async function takeCarrierCallbacks(app: FastifyInstance, house: ServerDeps): Promise<void> {
  const keep = createReportKeeper(house)
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit }, (_request, body, done) => done(null, body))

  async function take(request: FastifyRequest, reply: FastifyReply, kind: string): Promise<FastifyReply> {
    const reader = house.registry.webhooksOf(provider) as Required<WebhookReader>
    const webhook = toWebhook(request, kind, house.publicUrl(), house.clock.now())
    const believed = await believe(house, reader, webhook)
    if (isRefusal(believed)) return sendProblem(reply, believed)
    const translation = reader.translate(webhook, believed.trunk)
    if (!translation.ok) return sendProblem(reply, refuse('malformed-request', translation.reason.slice(0, 500)))
    const fault = findUnstorable(translation.events)
    if (fault) return sendProblem(reply, refuse('malformed-request', fault))
    await keep(believed.trunk, translation.events, webhook.body.toString())
    if (kind !== asks) return reply.code(204).send()
    const script = await readScriptFor(house, believed, request.query)
    if (script === null) return sendProblem(reply, refuseUnknown('call'))
    const { status, content_type, body } = await reader.speak(script)
    return reply.code(status).type(content_type).send(body)
  }

  for (const kind of ['call-status', 'recording-complete', asks]) {
    app.route({
      ...{ method: 'POST', url: `/twilio/${kind}`, schema: { hide: true }, helmet: false },
      handler: (request, reply) => take(request, reply, kind),
    })
  }
}

/**
 * Several workspaces may have trunks of one account: the one is meant that knows the call, and where none does yet, the only
 * one there is.
 */
async function believe(
  house: ServerDeps,
  reader: Required<WebhookReader>,
  webhook: Webhook,
): Promise<Believed | Refusal> {
  const sender = reader.senderOf(webhook)
  const trunks = sender ? await findTrunksOfAccount(house.pool, provider, sender.account) : []
  const verified: Believed[] = []
  for (const { workspace_id, trunk_id } of trunks) {
    const trunk = await house.carriers.settingsOf(workspace_id, trunk_id)
    if (sender === null || 'missing' in trunk || !reader.verify(webhook, trunk).ok) continue
    const call = await inWorkspace(house.pool, { workspace_id }, (tx) =>
      findCallOfProvider(tx, workspace_id, trunk_id, sender.provider_call_id),
    )
    verified.push({ trunk, lead_id: call?.lead_id ?? null, known: call !== null })
  }
  if (verified.length === 0) return refuse('forbidden', 'The signature is missing or does not match.')
  const [only, another] = verified
  return verified.find(({ known }) => known) ?? (another ? refuseUnknown('call') : (only as Believed))
}

const named = z.object({ campaignId: z.uuid(), contactId: z.uuid() })

/** The script for the person on the call, or for whom the address names where the call is not ours. */
async function readScriptFor({ pool }: ServerDeps, { trunk, lead_id }: Believed, query: unknown) {
  const { workspace_id } = trunk
  const read = named.safeParse(query)
  return inWorkspace(pool, { workspace_id }, async (tx) => {
    const { campaignId, contactId } = read.data ?? {}
    const found =
      lead_id ?? (campaignId && contactId ? await findLeadOfContact(tx, workspace_id, campaignId, contactId) : null)
    return found === null ? null : readSpokenScript(tx, workspace_id, found)
  })
}
