import { createHmac, timingSafeEqual } from 'node:crypto'
import { z } from 'zod'
import type { WebhookReader } from '#telephony/provider.ts'
import { eventOf, happening, keyOf } from './events.ts'

export const signature_header = 'x-parrot-signature'

const callback = z.object({
  reference: z.string().max(100),
  call: z.string().max(100),
  happened: z.array(happening).max(100),
})

/** Hex HMAC-SHA256 of the body, byte for byte, with the account's key. */
export const signCallback = (body: Buffer | string, key: string) => createHmac('sha256', key).update(body).digest('hex')

export const parrotWebhooks: WebhookReader = {
  verify({ headers, body }, { secret }) {
    const given = Buffer.from(String(headers[signature_header] ?? ''))
    const right = Buffer.from(signCallback(body, secret ?? ''))
    const holds = secret !== null && given.length === right.length && timingSafeEqual(given, right)
    return holds ? { ok: true } : { ok: false, reason: 'signature missing or wrong' }
  },
  translate({ body }) {
    const read = callback.safeParse(parseJson(body.toString()))
    if (!read.success) return { ok: false, reason: 'no callback of this carrier' }
    const { reference, call, happened } = read.data
    const named = { attempt_id: reference, leg_id: null, provider_call_id: call }
    const events = happened.map((told) => ({ event_key: keyOf(call, told), ...named, event: eventOf(told) }))
    return { ok: true, events }
  },
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
