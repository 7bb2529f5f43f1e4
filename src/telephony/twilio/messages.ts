import { z } from 'zod'
import { readOptOut } from '#domain/opt-out-keyword.ts'
import type { OptOutReport } from '../events.ts'
import type { Translation } from '../provider.ts'

/** What is read of an incoming message; Twilio sends more. */
const message = z.object({
  MessageSid: z.string().regex(/^(SM|MM)[0-9a-f]{32}$/i, 'must be SM or MM and 32 hex digits'),
  From: z.string().max(400),
  Body: z.string().max(10_000).default(''),
  /** What an account with opt-out words of its own made of the message. */
  OptOutType: z.string().max(40).optional(),
})

/** A TwiML document that says nothing: Twilio has answered the person already. */
const answer = { status: 200, content_type: 'text/xml', body: '<?xml version="1.0" encoding="UTF-8"?><Response/>' }

/**
 * An incoming message: an opt-out, or nothing of ours. Whoever writes from no phone number (a short code, a name) is nobody
 * whom we call.
 */
export function readMessage(form: Record<string, string>, receivedAt: number): Translation {
  const read = message.safeParse(form)
  if (!read.success) return { ok: false, reason: z.prettifyError(read.error) }
  const { MessageSid, From, Body, OptOutType } = read.data
  const number = /^(?:whatsapp:|rcs:)?(\+[1-9]\d{3,14})$/.exec(From)?.[1]
  const keyword = readOptOut(Body) ?? (OptOutType?.toUpperCase() === 'STOP' ? 'STOP' : null)
  if (number === undefined || keyword === null) return { ok: true, events: [], answer }
  const at = new Date(receivedAt).toISOString()
  const report: OptOutReport = {
    ...{ event_key: MessageSid, attempt_id: null, leg_id: null, provider_call_id: null },
    event: { kind: 'opted_out', at, number, keyword },
  }
  return { ok: true, events: [report], answer }
}
