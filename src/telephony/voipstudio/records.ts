/** What VoIPStudio keeps of calls: those that go on, and the records of those that are over. */
import { z } from 'zod'
import type { CallEvent, Outcome } from '#domain/call.ts'
import type { FoundCall } from '../port.ts'

const id = z.union([z.number().int().nonnegative(), z.string().regex(/^\d{1,20}$/)]).transform(String)
const text = z
  .string()
  .max(500)
  .refine((said) => !said.includes('\0'))
  .nullish()
  .catch(null)
/** Seconds since 1970; 0 for what has not happened. */
const epoch = z.coerce.number().int().min(0).nullish().catch(null)
const seconds = z.coerce.number().int().min(0).max(1_000_000).catch(0)

/** What is read of a call that goes on; VoIPStudio sends more. */
const live = z.object({
  id,
  /** A word, as webhooks have it, or a number that nobody explains. */
  state: text,
  dst: text,
  src_id: text,
  start_time: epoch,
  connected_at: epoch,
})
export type LiveCall = z.output<typeof live>

/** What is read of the record of a call that is over. */
const record = z.object({
  live_id: id,
  /** `YYYY-MM-DD HH:MM:SS`, in a zone that is not said. */
  calldate: z.string().regex(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/),
  duration: seconds,
  billsec: seconds,
  disposition: text,
  t_cause: text,
})
type CallRecord = z.output<typeof record>

const one = z.object({ data: live })
const several = z.object({ data: z.array(live), total: z.number().optional() })
const history = z.object({ data: z.array(record) })

export const readLive = (body: unknown): LiveCall | null => one.safeParse(body).data?.data ?? null
/** Null also for a list of which only a part was sent. */
export function readLiveList(body: unknown): LiveCall[] | null {
  const { data, total = 0 } = several.safeParse(body).data ?? {}
  return data && total <= data.length ? data : null
}
export const readRecord = (body: unknown, live_id: string): CallRecord | null =>
  history.safeParse(body).data?.data.find((each) => each.live_id === live_id) ?? null

/** Asked again this often while it goes on and nobody says anything of it. */
const asked_again_ms = 60_000

/**
 *   state        event
 *   INITIAL      none
 *   RINGING      ringing
 *   CONNECTED    answered
 *   ON_HOLD      answered
 */
export function livingCall(told: LiveCall, now: number): FoundCall {
  const { id, state, start_time, connected_at } = told
  const began = start_time ? start_time * 1000 : now
  const answered = connected_at ? connected_at * 1000 : state === 'CONNECTED' || state === 'ON_HOLD' ? now : null
  const events: CallEvent[] = []
  if (state === 'RINGING' || answered !== null) events.push({ kind: 'ringing', at: iso(began) })
  if (answered !== null) events.push({ kind: 'answered', at: iso(answered) })
  return { found: 'call', provider_call_id: id, events: keyed(id, events), more_in_ms: asked_again_ms }
}

/** `near`: when it was dialed, epoch ms. */
export function endedCall(told: CallRecord, near: number): FoundCall {
  const { live_id, duration, billsec, disposition, t_cause } = told
  const began = inUtc(told.calldate, near)
  const at = began + duration * 1000
  const outcome = outcomeOf(told)
  const answered = outcome === 'answered' && { answered_at: iso(at - Math.min(billsec, duration) * 1000) }
  const cause = t_cause || disposition || 'unknown'
  const events: CallEvent[] = [
    ...(answered ? [{ kind: 'ringing' as const, at: iso(began) }] : []),
    { kind: 'ended', at: iso(at), outcome, cause: cause.slice(0, 200), ...answered },
  ]
  return { found: 'call', provider_call_id: live_id, events: keyed(live_id, events) }
}

/** By the cause, which is named as in Q.850. */
const causes: [RegExp, Outcome][] = [
  [/busy/i, 'busy'],
  [/reject/i, 'rejected'],
  [/unallocated|invalid number|number changed/i, 'invalid_number'],
  [/no answer|no user responding|absent/i, 'no_answer'],
  [/congestion|temporary failure|out of order/i, 'congestion'],
  // One of ours hung up before anybody answered.
  [/normal clearing|cancel/i, 'canceled'],
]
const dispositions: [RegExp, Outcome][] = [
  [/^busy/i, 'busy'],
  [/^no.?answer/i, 'no_answer'],
  [/^cancel/i, 'canceled'],
  [/^congestion/i, 'congestion'],
]

/** What the record says of the end; `ANSWERED` whatever the cause. */
function outcomeOf({ disposition, t_cause }: CallRecord): Outcome {
  if (/^answer/i.test(disposition ?? '')) return 'answered'
  const by = (table: typeof causes, said: string) => table.find(([words]) => words.test(said))?.[1]
  return by(causes, t_cause ?? '') ?? by(dispositions, disposition ?? '') ?? 'failed'
}

const keyed = (id: string, events: CallEvent[]) => events.map((event) => ({ event_key: `${id}:${event.kind}`, event }))
const iso = (time: number): string => new Date(time).toISOString()

const quarter_ms = 15 * 60_000

/** The time of a record is of the account's own zone; zones differ by quarters of an hour. */
function inUtc(calldate: string, near: number): number {
  const said = Date.parse(`${calldate.replace(' ', 'T')}Z`)
  return said - Math.round((said - near) / quarter_ms) * quarter_ms
}
