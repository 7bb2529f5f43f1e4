import type { CallEvent, Outcome } from '#domain/call.ts'
import { answerOf, endOf, type SimulatedCall } from '../simulated-call.ts'
import { isOver } from '../timeline.ts'

/** What a call was ordered with: the fields of the request that are listened to. */
export interface Order {
  To: string
  From: string
  Url: string | null
  Twiml: string | null
  StatusCallback: string | null
  StatusCallbackEvent: string[]
  Timeout: number
  MachineDetection: string | null
  AsyncAmdStatusCallback: string | null
  /** Where it is told of the recording; null for a call that is not recorded. */
  RecordingStatusCallback: string | null
}

/** A call as the account has it, from the moment in which the request was taken. */
export interface PlacedCall {
  sid: string
  order: Order
  /** Where its account is reached. */
  origin: string
  /** Epoch ms. */
  created_at: number
  /** When it leaves the account's queue; epoch ms. */
  leaves_at: number
  /** What the far end does, counted from `leaves_at`. */
  plan: SimulatedCall
  /** The TwiML that the person heard; null before the answer. */
  said: string | null
}

export type CallStatus =
  | 'queued'
  | 'initiated'
  | 'ringing'
  | 'in-progress'
  | 'completed'
  | 'busy'
  | 'failed'
  | 'no-answer'
  | 'canceled'

/** How each end is told, and the far end's SIP response to it. */
const ends: Partial<Record<Outcome, [CallStatus, string]>> = {
  ...{ human: ['completed', '200'], machine: ['completed', '200'], answered: ['completed', '200'] },
  ...{ busy: ['busy', '486'], no_answer: ['no-answer', '487'], canceled: ['canceled', '487'] },
  ...{ rejected: ['failed', '603'], invalid_number: ['failed', '404'], congestion: ['failed', '503'] },
}

/** The status that an event begins; null where it changes none. */
export function statusOf(event: CallEvent): CallStatus | null {
  if (event.kind === 'ringing') return 'ringing'
  if (event.kind === 'answered') return 'in-progress'
  return event.kind === 'ended' ? (ends[event.outcome]?.[0] ?? 'failed') : null
}

/** The last status that had begun at `time`. */
export function statusAt({ leaves_at, plan }: PlacedCall, time: number): CallStatus {
  const begun = plan.events.filter(({ at }) => at <= time).flatMap(({ event }) => statusOf(event) ?? [])
  return begun.at(-1) ?? (time < leaves_at ? 'queued' : 'initiated')
}

/** The far end's SIP response to a call that is over. */
export function sipCodeOf({ plan }: PlacedCall): string {
  return ends[endOf(plan).event.outcome]?.[1] ?? '500'
}

/** Whole seconds of talk, as the times that are told differ; 0 for a call that nobody answered. */
export function durationOf({ plan }: PlacedCall): number {
  const end = endOf(plan).at
  const answer = answerOf(plan, end)
  return answer === null ? 0 : Math.floor(end / 1000) - Math.floor(answer / 1000)
}

/** Who answered, as far as detection has said at `time`. */
export function answeredByAt({ order, plan }: PlacedCall, time: number): 'human' | 'machine_start' | null {
  if (order.MachineDetection === null) return null
  const told = plan.events.find(({ event, at }) => event.kind === 'detected' && at <= time)?.event
  if (told?.kind !== 'detected') return null
  return told.detection === 'human' ? 'human' : 'machine_start'
}

/** The SID of its recording, of which there is one once an answered call is over at `time`; else null. */
export function recordingSidAt({ sid, order, plan }: PlacedCall, time: number): string | null {
  const recorded = order.RecordingStatusCallback !== null && isOver(plan, time) && answerOf(plan, time) !== null
  return recorded ? sid.replace('CA', 'RE') : null
}

/** RFC 2822: whole seconds in UTC. */
export function rfc2822(time: number): string {
  return new Date(time).toUTCString().replace('GMT', '+0000')
}

/** The call resource at `time`. */
export function resourceOf(call: PlacedCall, account_sid: string, time: number): Record<string, unknown> {
  const { sid, order, created_at, leaves_at, plan } = call
  const status = statusAt(call, time)
  const over = isOver(plan, time)
  return {
    ...{ sid, account_sid, to: order.To, to_formatted: order.To, from: order.From, from_formatted: order.From },
    // A resource is queued until it rings: `initiated` is a callback's word.
    status: status === 'initiated' ? 'queued' : status,
    date_created: rfc2822(created_at),
    date_updated: rfc2822(over ? endOf(plan).at : Math.max(created_at, Math.min(time, leaves_at))),
    start_time: time < leaves_at ? null : rfc2822(answerOf(plan, time) ?? leaves_at),
    end_time: over ? rfc2822(endOf(plan).at) : null,
    duration: over && answerOf(plan, time) !== null ? String(durationOf(call)) : null,
    // The resource says less of a machine than the callback does.
    answered_by: answeredByAt(call, time)?.replace('machine_start', 'machine') ?? null,
    ...{ direction: 'outbound-api', api_version: '2010-04-01' },
    queue_time: String(leaves_at - created_at),
    ...{ annotation: null, forwarded_from: null, group_sid: null, caller_name: null, parent_call_sid: null },
    ...{ phone_number_sid: null, price: null, price_unit: 'USD', trunk_sid: null },
    uri: `/2010-04-01/Accounts/${account_sid}/Calls/${sid}.json`,
    subresource_uris: {},
  }
}
