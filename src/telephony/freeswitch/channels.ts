/** What a PBX tells of its channels, in our words. */
import { z } from 'zod'
import type { CallEvent, Outcome } from '#domain/call.ts'

/** Microseconds since 1970, 0 for never. */
const time = z
  .string()
  .regex(/^\d{1,17}$/)
  .transform((micros) => (Number(micros) > 0 ? new Date(Math.floor(Number(micros) / 1000)).toISOString() : null))
  .nullable()
  .catch(null)

/** What is read of an event, or of what is known of a channel; the PBX sends more. All values are text. */
export const channel_event = z.object({
  'Event-Name': z.string(),
  'Unique-ID': z.string(),
  'Event-Date-Timestamp': time,
  'Caller-Channel-Progress-Time': time,
  'Caller-Channel-Progress-Media-Time': time,
  'Caller-Channel-Answered-Time': time,
  'Caller-Channel-Hangup-Time': time,
  'Hangup-Cause': z.string().optional().catch(undefined),
  variable_outdial_trunk: z.string().optional().catch(undefined),
})
export type ChannelEvent = z.output<typeof channel_event>

/** How a call ended that nobody answered, by the PBX's names of causes; those by number are Q.850's. */
const unanswered = new Map<string, Outcome>(
  Object.entries({
    ...{ UNALLOCATED_NUMBER: 'invalid_number', NO_ROUTE_TRANSIT_NET: 'invalid_number' },
    ...{ NO_ROUTE_DESTINATION: 'invalid_number', NUMBER_CHANGED: 'invalid_number' },
    INVALID_NUMBER_FORMAT: 'invalid_number',
    /** Our own hang-up. */
    ...{ NORMAL_CLEARING: 'canceled', ORIGINATOR_CANCEL: 'canceled' },
    ...{ USER_BUSY: 'busy', CALL_REJECTED: 'rejected' },
    ...{ NO_USER_RESPONSE: 'no_answer', NO_ANSWER: 'no_answer', SUBSCRIBER_ABSENT: 'no_answer' },
    ...{ ALLOTTED_TIMEOUT: 'no_answer', PROGRESS_TIMEOUT: 'no_answer' },
    ...{ NORMAL_CIRCUIT_CONGESTION: 'congestion', NETWORK_OUT_OF_ORDER: 'congestion', SWITCH_CONGESTION: 'congestion' },
    ...{ NORMAL_TEMPORARY_FAILURE: 'congestion', REQUESTED_CHAN_UNAVAIL: 'congestion' },
  }),
)

export interface End {
  at: string
  /** The PBX's own name of it. */
  cause: string
  answered_at: string | null
}

export function endedEvent({ at, cause, answered_at }: End): CallEvent {
  if (answered_at !== null) return { kind: 'ended', at, outcome: 'answered', cause, answered_at }
  return { kind: 'ended', at, outcome: unanswered.get(cause) ?? 'failed', cause }
}

/** Null for an event that tells nothing of a call. */
export function readEvent(told: ChannelEvent, now: string): CallEvent | null {
  const at = told['Event-Date-Timestamp'] ?? now
  switch (told['Event-Name']) {
    case 'CHANNEL_PROGRESS':
    case 'CHANNEL_PROGRESS_MEDIA':
      return { kind: 'ringing', at }
    case 'CHANNEL_ANSWER':
      return { kind: 'answered', at: told['Caller-Channel-Answered-Time'] ?? at }
    case 'CHANNEL_HANGUP_COMPLETE':
      return endedEvent({
        // As the PBX writes it down.
        at: told['Caller-Channel-Hangup-Time'] ?? at,
        cause: told['Hangup-Cause'] ?? 'UNKNOWN',
        answered_at: told['Caller-Channel-Answered-Time'],
      })
    default:
      return null
  }
}

/** What has happened on a channel that lives. */
export function readChannel(told: ChannelEvent): CallEvent[] {
  const ringing = told['Caller-Channel-Progress-Time'] ?? told['Caller-Channel-Progress-Media-Time']
  const answered = told['Caller-Channel-Answered-Time']
  return [
    ...(ringing === null ? [] : [{ kind: 'ringing' as const, at: ringing }]),
    ...(answered === null ? [] : [{ kind: 'answered' as const, at: answered }]),
  ]
}

/** One thing is told once, however often and whoever tells it. */
export const keyOf = (attempt_id: string, kind: CallEvent['kind']) => `${attempt_id}:${kind}`
