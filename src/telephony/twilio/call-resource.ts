import { z } from 'zod'
import type { Located } from '../port.ts'
import { readEvents } from './events.ts'

const time = z.string().max(100).nullable().optional()

/** What is read of a call resource; Twilio sends more. */
const call = z.object({
  sid: z.string().regex(/^CA[0-9a-f]{32}$/i),
  status: z.string().max(40),
  date_created: time,
  end_time: time,
  duration: z.string().max(20).nullable().optional(),
  answered_by: z.string().max(40).nullable().optional(),
})
export type CallResource = z.output<typeof call>

const page = z.object({ calls: z.array(call), next_page_uri: z.string().nullable().optional() })

export function readCall(body: unknown): CallResource | null {
  return call.safeParse(body).data ?? null
}

export function readPage(body: unknown): z.output<typeof page> | null {
  return page.safeParse(body).data ?? null
}

/** Epoch ms; null where it was not said. */
export function createdAt({ date_created }: CallResource): number | null {
  const read = Date.parse(date_created ?? '')
  return Number.isNaN(read) ? null : read
}

/**
 * What a resource tells, as a callback would have told it, under the same keys. It has no time of ringing or answering: of
 * what is under way it tells that it is so at `now`.
 */
export function locatedOf(told: CallResource, now: number): Extract<Located, { found: 'call' }> {
  const { sid, status, end_time, duration, answered_by } = told
  const fields = {
    ...{ AccountSid: '', CallSid: sid, CallStatus: status },
    ...(end_time && { Timestamp: end_time }),
    ...(duration && { CallDuration: Number(duration) }),
    ...(answered_by && { AnsweredBy: answered_by }),
  }
  const events = readEvents(fields, { attempt_id: null, received_at: now })
  return { found: 'call', provider_call_id: sid, events: events.map(({ event_key, event }) => ({ event_key, event })) }
}
