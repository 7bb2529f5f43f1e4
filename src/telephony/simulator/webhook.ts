/**
 * The simulated carrier's webhook: how it is signed, checked and read. A body holds one or several events:
 *
 *   POST <callback_url>
 *   x-simulated-signature: t=<epoch seconds>,v1=<hex HMAC-SHA256 of "<t>.<body>">
 *   {"trunk_id": "…", "events": [{"event_key": "…", "attempt_id": "…", "provider_call_id": "…", "event": {…}}]}
 *
 * What happens to a leg has `leg_id` and no `attempt_id`; an opt-out has neither, and no `provider_call_id`.
 */
import { createHmac, timingSafeEqual } from 'node:crypto'
import { z } from 'zod'
import { outcomes } from '#domain/call.ts'
import type { CarrierEvent } from '../events.ts'
import type { Translation, Verification } from '../provider.ts'

export const signature_header = 'x-simulated-signature'

/** A signature older or newer than this is refused, so that a recorded webhook is soon worth nothing. */
const tolerance_ms = 5 * 60 * 1000

/** The signature header's value; `now` in epoch ms. */
export function signSimulatedWebhook(raw_body: string | Buffer, secret: string, now: number): string {
  const seconds = Math.floor(now / 1000)
  return `t=${seconds},v1=${macOf(seconds, raw_body, secret).toString('hex')}`
}

/**
 * Checks a webhook against the secret shared with the carrier; whatever is missing or malformed is a refusal.
 * `headers` has lower-case names, as Node gives them; `now` is in epoch ms.
 */
export function verifySimulatedWebhook(
  headers: Record<string, string | string[] | undefined>,
  raw_body: Buffer | string,
  secret: string,
  now: number,
): Verification {
  if (secret === '') return { ok: false, reason: 'no secret is set' }
  const header = headers[signature_header]
  const parts = typeof header === 'string' ? /^t=(\d{1,12}),v1=([0-9a-f]{64})$/.exec(header) : null
  if (!parts) return { ok: false, reason: 'signature missing or malformed' }
  const seconds = Number(parts[1])
  const given = Buffer.from(parts[2] ?? '', 'hex')
  if (!timingSafeEqual(given, macOf(seconds, raw_body, secret)))
    return { ok: false, reason: 'signature does not match' }
  if (Math.abs(now - seconds * 1000) > tolerance_ms)
    return { ok: false, reason: 'signature too old or from the future' }
  return { ok: true }
}

function macOf(seconds: number, raw_body: string | Buffer, secret: string): Buffer {
  return createHmac('sha256', secret).update(`${seconds}.`).update(raw_body).digest()
}

const at = z.iso.datetime()
const call_event = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('ringing'), at }),
  z.object({ kind: z.literal('answered'), at }),
  z.object({
    kind: z.literal('detected'),
    at,
    detection: z.enum(['human', 'machine', 'fax', 'screened', 'unknown']),
  }),
  z.object({ kind: z.literal('recorded'), at, url: z.string().min(1).max(300) }),
  z.object({
    kind: z.literal('ended'),
    at,
    outcome: z.enum(outcomes),
    answered_at: at.exactOptional(),
    cause: z.string().max(200).exactOptional(),
  }),
])
const leg_event = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('leg_up'), at }),
  z.object({ kind: z.literal('leg_down'), at, cause: z.string().max(200).exactOptional() }),
])
const opt_out_event = z.object({
  ...{ kind: z.literal('opted_out'), at, keyword: z.string().min(1).max(100) },
  number: z.string().regex(/^\+[1-9]\d{3,14}$/, 'must be an E.164 number'),
})
const id = z.string().min(1).max(200)
const named = { event_key: id, provider_call_id: id }
const carrier_event = z.union([
  z.object({ ...named, attempt_id: id, leg_id: z.null().default(null), event: call_event }),
  z.object({ ...named, attempt_id: z.null(), leg_id: id, event: leg_event }),
  z.object({
    ...{ event_key: id, provider_call_id: z.null(), attempt_id: z.null(), leg_id: z.null().default(null) },
    event: opt_out_event,
  }),
]) satisfies z.ZodType<CarrierEvent>
const webhook_body = z.object({ trunk_id: z.string(), events: z.array(carrier_event).min(1).max(1000) })

/**
 * Reads a verified webhook. `trunk_id` is the trunk at whose address it arrived: all trunks of a server share one secret, so
 * a webhook recorded for one would otherwise pass at another.
 */
export function translateSimulatedWebhook(raw_body: Buffer | string, trunk_id: string): Translation {
  let json: unknown
  try {
    json = JSON.parse(raw_body.toString())
  } catch {
    return { ok: false, reason: 'not JSON' }
  }
  const body = webhook_body.safeParse(json)
  if (!body.success) return { ok: false, reason: z.prettifyError(body.error) }
  if (body.data.trunk_id !== trunk_id) return { ok: false, reason: 'meant for another trunk' }
  return { ok: true, events: body.data.events }
}
