/**
 * Twilio's callbacks: how they are signed, checked and read. A body is a form; one of its fields names the account, another
 * the call.
 *
 *   X-Twilio-Signature: base64 HMAC-SHA1(auth token, public URL + each field's name and value, by name)
 */
import { parse } from 'node:querystring'
// The whole package would be loaded at every start; this file of it needs nothing else.
import { validateRequest } from 'twilio/lib/webhooks/webhooks.js'
import { z } from 'zod'
import type { TrunkSettings } from '../port.ts'
import type { Sender, Translation, Verification, Webhook } from '../provider.ts'
import { fields, readEvents } from './events.ts'
import { readMessage } from './messages.ts'

/** Whatever is missing or malformed is a refusal. */
export function verifyTwilioWebhook(webhook: Webhook, { settings, secret }: TrunkSettings): Verification {
  if (secret === null || secret === '') return { ok: false, reason: 'the trunk has no auth token' }
  const signature = webhook.headers['x-twilio-signature']
  if (typeof signature !== 'string' || signature === '') return { ok: false, reason: 'signature missing' }
  const form = readForm(webhook)
  if (form === null) return { ok: false, reason: 'no form, or one that says a field twice' }
  if (form.AccountSid === undefined || form.AccountSid !== settings.account_sid)
    return { ok: false, reason: 'meant for another account' }
  if (!validateRequest(secret, signature, webhook.url, form)) return { ok: false, reason: 'signature does not match' }
  return { ok: true }
}

/**
 *   kind             what it is
 *   call/<attempt>   how one of our calls goes on, and who answered it
 *   voice/<attempt>  it was answered, and Twilio asks what to say; its progress is told besides
 *   message          a text message to one of the account's numbers
 *   any other        of a call that was not placed by us
 */
export function translateTwilioWebhook(webhook: Webhook): Translation {
  const { kind, received_at } = webhook
  if (kind === 'message') return readMessage(readForm(webhook) ?? {}, received_at)
  const read = fields.safeParse(readForm(webhook) ?? {})
  if (!read.success) return { ok: false, reason: z.prettifyError(read.error) }
  const [, what, attempt_id = null] = of_attempt.exec(kind) ?? []
  if (what === 'voice' && attempt_id !== null) return { ok: true, events: [], asks_speech: attempt_id }
  return { ok: true, events: readEvents(read.data, { attempt_id, received_at }) }
}

const of_attempt = /^(call|voice)\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/

/** Whose callback it says to be, which nobody has checked yet. */
export function readTwilioSender(webhook: Webhook): Sender | null {
  const read = fields.pick({ AccountSid: true, CallSid: true }).safeParse(readForm(webhook) ?? {})
  return read.success ? { account: read.data.AccountSid, provider_call_id: read.data.CallSid } : null
}

/**
 * Null for what is no form, for one with a character that the database does not keep, and for one that says a field twice:
 * the signature would be the same if it said it once.
 */
function readForm({ headers, body }: Webhook): Record<string, string> | null {
  if (!/^application\/x-www-form-urlencoded\b/i.test(headers['content-type'] ?? '')) return null
  const text = body.toString()
  if (text.includes('\0')) return null
  const form = { ...parse(text, '&', '=', { maxKeys: 200 }) }
  const once = Object.values(form).every((value) => typeof value === 'string')
  return once ? (form as Record<string, string>) : null
}
