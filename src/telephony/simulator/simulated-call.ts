import type { CallEvent } from '#domain/call.ts'
import type { CarrierEvent } from '../events.ts'
import type { Deed } from './script.ts'

/** One thing that will happen to a call, and when the carrier will say so. */
export interface PlannedEvent {
  event_key: string
  /** Epoch ms. */
  at: number
  /** Epoch ms of each report: none when it is never reported, several when it is told again. */
  reports: number[]
  event: CallEvent
}

/** How the carrier answers the dial itself. */
export type ReplyManner = 'prompt' | 'error_500' | 'never' | 'refused'

/** A dial the carrier took, with all that will come of it; this is also its row in the journal. */
export interface SimulatedCall {
  attempt_id: string
  provider_call_id: string
  number: string
  caller_id: string | null
  trunk_id: string
  /** Where its reports go: the workspace's id inside the server, a URL from a carrier process. */
  report_to: string
  accepted_at: number
  deed: Deed
  reply: ReplyManner
  events: PlannedEvent[]
  /** Keys of the events whose report was taken. */
  acknowledged: string[]
  /** Whether the ledger holds its end. */
  end_noted: boolean
}

/** A report on its way to whoever ordered the call. */
export interface Report {
  trunk_id: string
  report_to: string
  event: CarrierEvent
}

export function reportOf(call: SimulatedCall, planned: PlannedEvent): Report {
  const { attempt_id, provider_call_id, trunk_id, report_to } = call
  const { event_key, event } = planned
  return { trunk_id, report_to, event: { event_key, attempt_id, leg_id: null, provider_call_id, event } }
}

/** Its end; every call has exactly one. */
export function endOf(call: SimulatedCall): PlannedEvent & { event: Extract<CallEvent, { kind: 'ended' }> } {
  for (const planned of call.events) {
    if (planned.event.kind === 'ended') return { ...planned, event: planned.event }
  }
  throw new Error(`The plan of attempt ${call.attempt_id} has no end`)
}

/** Over since `time`, and every report of it taken: nothing is owed to anybody. */
export function isSettled(call: SimulatedCall, time: number): boolean {
  if (!call.end_noted || endOf(call).at > time) return false
  return call.events.every((planned) => planned.reports.length === 0 || call.acknowledged.includes(planned.event_key))
}
