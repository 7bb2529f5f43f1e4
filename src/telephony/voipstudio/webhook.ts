import { z } from 'zod'
import { parseJson } from '../parse-json.ts'
import type { Translation, Webhook } from '../provider.ts'

/** Of all that a delivery says; of texts and queues it tells, too, and those name no call. */
const told = z.object({
  event_name: z.string().max(100),
  call_id: z
    .union([z.number().int().nonnegative(), z.string().regex(/^\d{1,20}$/)])
    .transform(String)
    .nullish(),
})

/** A delivery is unsigned: which call it is of is all that is taken from it. */
export function translateVoipstudioWebhook({ body }: Webhook): Translation {
  const read = told.safeParse(parseJson(body.toString()))
  if (!read.success) return { ok: false, reason: 'no event with a name' }
  const { event_name, call_id } = read.data
  const hints = call_id && event_name.startsWith('call.') ? [{ provider_call_id: call_id, attempt_id: null }] : []
  return { ok: true, events: [], hints }
}
