import type { CallEvent } from '#domain/call.ts'
import type { CarrierEvent } from '../events.ts'
import type { Deed } from './script.ts'
import type { Planned, Timeline } from './timeline.ts'

/** How the carrier answers the dial itself. */
export type ReplyManner = 'prompt' | 'error_500' | 'never' | 'refused'

/** A dial the carrier took, with all that will come of it; this is also its row in the journal. */
export interface SimulatedCall extends Timeline<CallEvent> {
  attempt_id: string
  provider_call_id: string
  number: string
  caller_id: string | null
  trunk_id: string
  /** Where its reports go: the workspace's id inside the server, a URL from a carrier process. */
  report_to: string
  accepted_at: number
  /** When it was last bridged to a leg, from when on its talk counts; epoch ms. */
  bridged_at?: number
  /** Of a machine that has answered, or will; epoch ms. */
  greeted_at?: number
  deed: Deed
  reply: ReplyManner
}

/** A report on its way to whoever ordered the call or the leg. */
export interface Report {
  trunk_id: string
  report_to: string
  event: CarrierEvent
}

export function reportOf(call: SimulatedCall, { event_key, event }: Planned<CallEvent>): Report {
  const { attempt_id, provider_call_id, trunk_id, report_to } = call
  return { trunk_id, report_to, event: { event_key, attempt_id, leg_id: null, provider_call_id, event } }
}

/** Its end; every call has exactly one. */
export function endOf(call: SimulatedCall): Planned<Extract<CallEvent, { kind: 'ended' }>> {
  for (const planned of call.events) {
    if (planned.event.kind === 'ended') return { ...planned, event: planned.event }
  }
  throw new Error(`The plan of attempt ${call.attempt_id} has no end`)
}

/** Epoch ms; null while nobody has picked up at `time`. */
export function answerOf(call: SimulatedCall, time: number): number | null {
  return call.events.find(({ event, at }) => event.kind === 'answered' && at <= time)?.at ?? null
}
