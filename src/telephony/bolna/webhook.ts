import { parseJson } from '../parse-json.ts'
import type { Translation, Webhook } from '../provider.ts'
import { attemptOf, readExecution } from './execution.ts'

/** Of a call that has not rung there is nothing to ask, and Bolna takes only so many questions a minute. */
const not_rung = ['queued', 'initiated']

/** A delivery is an execution, unsigned: which one is all that is taken from it. */
export function translateBolnaWebhook({ body }: Webhook): Translation {
  const told = readExecution(parseJson(body.toString()))
  if (told === null) return { ok: false, reason: 'no execution with an id and a status' }
  if (not_rung.includes(told.status)) return { ok: true, events: [], hints: [] }
  return { ok: true, events: [], hints: [{ provider_call_id: told.id, attempt_id: attemptOf(told) ?? null }] }
}
