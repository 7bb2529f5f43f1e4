/** Channels of the fake PBX: what the far end's plan means in a PBX's words. */
import type { CallEvent, Outcome } from '#domain/call.ts'
import { answerOf, endOf, type SimulatedCall } from '../simulated-call.ts'
import type { SwitchEvent } from './packets.ts'

/** A call that was originated, from then until it is over. */
export interface Channel {
  uuid: string
  variables: Record<string, string>
  endpoint: string
  plan: SimulatedCall
  /** The cause with which somebody ended it by an order; null where nobody did. */
  killed_as: string | null
}

const causes: Partial<Record<Outcome, string>> = {
  ...{ human: 'NORMAL_CLEARING', machine: 'NORMAL_CLEARING', busy: 'USER_BUSY', no_answer: 'NO_ANSWER' },
  ...{ rejected: 'CALL_REJECTED', invalid_number: 'UNALLOCATED_NUMBER', congestion: 'NORMAL_CIRCUIT_CONGESTION' },
}

/** The cause that ends the channel. */
export const causeOf = ({ plan, killed_as }: Channel): string =>
  killed_as ?? causes[endOf(plan).event.outcome] ?? 'NORMAL_TEMPORARY_FAILURE'

const names: Partial<Record<CallEvent['kind'], string>> = {
  ...{ ringing: 'CHANNEL_PROGRESS', answered: 'CHANNEL_ANSWER', ended: 'CHANNEL_HANGUP_COMPLETE' },
}

/** Null for what a PBX without detection does not hear. */
export const eventNameOf = (event: CallEvent): string | null => names[event.kind] ?? null

/** Microseconds, as all times of a PBX; 0 for what has not happened by `now`. */
const micros = (time: number | null, now: number) => (time === null || time > now ? '0' : String(time * 1000))

/** The headers of a channel at `now`, as events and dumps of it have them. */
export function headersOf(channel: Channel, now: number): Record<string, string> {
  const { uuid, variables, plan } = channel
  const end = endOf(plan).at
  const rung = plan.events.find(({ event }) => event.kind === 'ringing')?.at ?? null
  const answered = answerOf(plan, now)
  const over = end <= now
  return {
    ...{ 'Unique-ID': uuid, 'Call-Direction': 'outbound', 'Channel-Name': channel.endpoint },
    'Channel-State': over ? 'CS_REPORTING' : 'CS_CONSUME_MEDIA',
    'Answer-State': over ? 'hangup' : answered === null ? 'ringing' : 'answered',
    'Caller-Caller-ID-Number': variables.origination_caller_id_number ?? '',
    'Caller-Channel-Created-Time': micros(plan.accepted_at, now),
    'Caller-Channel-Progress-Time': micros(rung, now),
    'Caller-Channel-Progress-Media-Time': '0',
    'Caller-Channel-Answered-Time': micros(answered, now),
    'Caller-Channel-Hangup-Time': micros(end, now),
    ...(over && { 'Hangup-Cause': causeOf(channel) }),
    ...Object.fromEntries(
      Object.entries(variablesOf(channel, now)).map(([name, value]) => [`variable_${name}`, value]),
    ),
  }
}

/** The channel's variables at `now`: those it was given, and what its end adds. */
export function variablesOf(channel: Channel, now: number): Record<string, string> {
  const { uuid, variables, plan } = channel
  const end = endOf(plan).at
  if (end > now) return { ...variables, uuid }
  return {
    ...{ ...variables, uuid, hangup_cause: causeOf(channel) },
    ...{ answer_uepoch: micros(answerOf(plan, now), now), end_uepoch: micros(end, now) },
  }
}

/** An event of a channel at `time`. */
export function channelEvent(name: string, channel: Channel, time: number): SwitchEvent {
  return { headers: { 'Event-Name': name, 'Event-Date-Timestamp': micros(time, time), ...headersOf(channel, time) } }
}
