/** An execution: Bolna's record of one call, as it is fetched; its webhooks send the same. */
import { z } from 'zod'
import type { CallEvent, Outcome } from '#domain/call.ts'
import type { FoundCall } from '../port.ts'

/** Where a call's own data bear the attempt that it is. */
export const attempt_field = 'outdial_attempt'

/** What the database does not keep is taken for not said. */
const text = z
  .string()
  .max(2000)
  .refine((said) => !said.includes('\0'))
  .nullish()
  .catch(null)
const seconds = z.coerce.number().min(0).max(1_000_000).nullish().catch(null)

/** What is read of an execution; Bolna sends more. */
const execution = z.object({
  id: z.string().regex(/^[\w-]{1,64}$/),
  status: z.string().max(40),
  updated_at: text,
  conversation_duration: seconds,
  answered_by_voice_mail: z.boolean().nullish().catch(null),
  /** In cents. */
  total_cost: z.coerce.number().min(0).max(1_000_000).nullish().catch(null),
  termination_reason: text,
  error_message: text,
  telephony_data: z
    .object({
      hangup_reason: text,
      ring_duration: seconds,
      recording_url: z
        .url({ protocol: /^https?$/ })
        .max(2000)
        .nullish()
        .catch(null),
    })
    .nullish()
    .catch(null),
  context_details: z
    .object({ recipient_data: z.object({ [attempt_field]: z.uuid().optional().catch(undefined) }).nullish() })
    .nullish()
    .catch(null),
})
type Execution = z.output<typeof execution>

export function readExecution(body: unknown): Execution | null {
  return execution.safeParse(body).data ?? null
}

export const attemptOf = ({ context_details }: Execution): string | undefined =>
  context_details?.recipient_data?.[attempt_field]

/** Nothing more is told of a call with one of these. */
const final = ['completed', 'no-answer', 'busy', 'canceled', 'failed', 'stopped', 'error', 'balance-low']

export const isFinal = ({ status }: Execution): boolean => final.includes(status)

/** It would ring at another time than it was decided for, and is taken back. */
export const isPutOff = ({ status }: Execution): boolean => status === 'rescheduled' || status === 'scheduled'

/** While it goes on, and once the line is down: what is known of the conversation comes two or three minutes later. */
const asked_again_ms = { living: 60_000, disconnected: 30_000 }

export function foundOf(told: Execution, now: number): FoundCall {
  const attempt_id = attemptOf(told)
  const more_in_ms = told.status === 'call-disconnected' ? asked_again_ms.disconnected : asked_again_ms.living
  return {
    ...{ found: 'call', provider_call_id: told.id, events: eventsOf(told, now) },
    ...(attempt_id && { attempt_id }),
    ...(!isFinal(told) && !isPutOff(told) && { more_in_ms }),
  }
}

function eventsOf(told: Execution, now: number): FoundCall['events'] {
  const { id, status, answered_by_voice_mail, telephony_data } = told
  const at = readTime(told.updated_at) ?? now
  const end = endOf(told, at)
  const answered_at = end ? end.answered_at : status === 'in-progress' ? iso(at) : undefined
  const rang_ms = (telephony_data?.ring_duration ?? 0) * 1000
  const events: CallEvent[] = []
  if (status === 'ringing') events.push({ kind: 'ringing', at: iso(at) })
  if (answered_at && rang_ms > 0) events.push({ kind: 'ringing', at: iso(Date.parse(answered_at) - rang_ms) })
  if (answered_at && !end) events.push({ kind: 'answered', at: answered_at })
  // Whether it heard a person is not said: only that it heard none.
  if (answered_at && answered_by_voice_mail) events.push({ kind: 'detected', at: iso(at), detection: 'machine' })
  if (end) events.push(end)
  const url = telephony_data?.recording_url
  if (url) events.push({ kind: 'recorded', at: iso(at), url })
  // Before all is known of a call, so is not what it costs.
  const cents = isFinal(told) ? (told.total_cost ?? 0) : 0
  if (cents > 0) events.push({ kind: 'billed', at: iso(at), cost: cents / 100, currency: 'USD' })
  // What a later status tells of an earlier time is told besides: of times the earliest holds.
  return events.map((event) => ({ event_key: `${id}:${status}:${event.kind}`, event }))
}

/** By what is said of the end. Who hung up on whom is not among it: that does not tell whether anybody talked. */
const ends: [RegExp, Outcome][] = [
  [/busy/i, 'busy'],
  [/reject|declin/i, 'rejected'],
  [/invalid (destination|number|recipient)|unallocated|does not exist|out of service/i, 'invalid_number'],
  [/no[ _-]?answer|not[ _-]answered|unanswered|ring(ing)?[ _-]?time/i, 'no_answer'],
  [/congest/i, 'congestion'],
  [/cancel/i, 'canceled'],
]

/**
 *   status              outcome
 *   busy, no-answer     the same
 *   canceled            canceled
 *   balance-low         congestion: nobody was called
 *   rescheduled         the same
 *   any other end       answered if there was a conversation; else what is said of the end; else
 *     completed         no_answer: it only means that Bolna is done with it
 *     call-disconnected not known yet
 *     stopped           canceled
 *     failed, error     failed
 */
function endOf(told: Execution, at: number): Extract<CallEvent, { kind: 'ended' }> | null {
  const outcome = outcomeOf(told)
  if (outcome === null) return null
  const { status, conversation_duration, termination_reason, telephony_data } = told
  const cause = (telephony_data?.hangup_reason || termination_reason || status).slice(0, 200)
  const talked = outcome === 'answered' && { answered_at: iso(at - (conversation_duration ?? 0) * 1000) }
  return { kind: 'ended', at: iso(at), outcome, cause, ...talked }
}

function outcomeOf(told: Execution): Outcome | null {
  const { status, conversation_duration, termination_reason, error_message, telephony_data } = told
  const plain = ({ busy: 'busy', 'no-answer': 'no_answer', canceled: 'canceled' } as const)[status]
  if (plain) return plain
  if (status === 'balance-low' || isPutOff(told)) return 'congestion'
  if (status !== 'call-disconnected' && !isFinal(told)) return null
  if ((conversation_duration ?? 0) > 0) return 'answered'
  const said = [termination_reason, telephony_data?.hangup_reason, error_message].join(' ')
  const [, by_words = null] = ends.find(([words]) => words.test(said)) ?? []
  if (by_words !== null || status === 'call-disconnected') return by_words
  return status === 'completed' ? 'no_answer' : status === 'stopped' ? 'canceled' : 'failed'
}

const iso = (time: number): string => new Date(Math.round(time)).toISOString()

/** Epoch ms of ISO 8601, which is in UTC where it names no zone. */
function readTime(said: string | null | undefined): number | null {
  const zoned = /(Z|[+-]\d\d:?\d\d)$/.test(said ?? '') ? said : `${said}Z`
  const time = Date.parse(zoned ?? '')
  return Number.isNaN(time) ? null : time
}
