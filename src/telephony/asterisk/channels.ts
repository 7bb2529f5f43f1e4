/** A PBX's channels in our words. */
import type { CallEvent, Outcome } from '#domain/call.ts'
import type { LegEvent } from '#domain/leg.ts'
import type { WrittenEnd } from './book.ts'
import { isSplitRecording } from './recordings.ts'

/** `third`: somebody whom the call with this attempt's id is put through to. */
const kinds = ['call', 'leg', 'third'] as const
type Kind = (typeof kinds)[number]

/** The channel of an attempt or a leg: whoever hears of it knows whose it is. */
export const channelOf = (kind: Kind, trunk_id: string, id: string) => `${kind}.${trunk_id}.${id}`

/** Null for a channel that is none of this trunk's. */
export function readChannel(trunk_id: string, channel: string): { kind: Kind; id: string } | null {
  const [first = '', trunk, id] = channel.split('.')
  const kind = kinds.find((one) => one === first)
  return kind !== undefined && trunk === trunk_id && id !== undefined ? { kind, id } : null
}

/**
 * How a call ended that nobody answered, by Q.850. The PBX's own word for the dial is not used: it calls a decline and an
 * unknown number both unanswered.
 */
const unanswered: Record<number, Outcome> = {
  ...{ 1: 'invalid_number', 2: 'invalid_number', 3: 'invalid_number', 22: 'invalid_number', 28: 'invalid_number' },
  /** Our own hang-up; an older PBX says nothing of a ring time-out. */
  ...{ 16: 'canceled', 0: 'no_answer' },
  ...{ 17: 'busy', 18: 'no_answer', 19: 'no_answer', 20: 'no_answer', 21: 'rejected' },
  ...{ 34: 'congestion', 38: 'congestion', 41: 'congestion', 42: 'congestion', 44: 'congestion', 47: 'congestion' },
}

export const outcomeOf = (cause: number): Outcome => unanswered[cause] ?? 'failed'

/** Answers of SIP by which a provider refuses the account, whoever is called; the PBX calls them a decline. */
const refusals = [401, 407]
export const refusesAccount = (sip_status: number | undefined) => refusals.includes(sip_status ?? 0)

export function endedEvent({ ended_at, cause, answered_at }: WrittenEnd, sip_status?: number): CallEvent {
  const outcome = answered_at !== null ? 'answered' : refusesAccount(sip_status) ? 'failed' : outcomeOf(cause)
  const also = answered_at === null ? {} : { answered_at: earlier(answered_at, ended_at) }
  return { kind: 'ended', at: ended_at, outcome, cause: `cause ${cause}`, ...also }
}

/** The record of an end has whole seconds. */
const earlier = (one: string, other: string) => (one < other ? one : other)

/** One thing is told once, however often and whoever tells it. */
export const keyOf = (id: string, kind: (CallEvent | LegEvent)['kind']) => `${id}:${kind}`

/** A call may have two recordings. */
export const keyOfCall = (attempt_id: string, event: CallEvent) =>
  `${keyOf(attempt_id, event.kind)}${event.kind === 'recorded' && isSplitRecording(event.url) ? ':split' : ''}`
