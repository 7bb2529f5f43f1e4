import type { CallEvent } from '#domain/call.ts'
import type { LegEvent } from '#domain/leg.ts'

/**
 * A carrier's report in our words, as it passes the one door (server/http/webhooks, or the built-in simulator): of a call
 * to somebody we dialed, or of a leg to somebody of ours. `event_key` is unique per trunk: the same report delivered twice
 * has the same key and is applied once.
 */
export type CarrierEvent = CallReport | LegReport

/** At least one of `attempt_id` and `provider_call_id` is set. */
export interface CallReport {
  event_key: string
  attempt_id: string | null
  leg_id: null
  provider_call_id: string | null
  event: CallEvent
}

export interface LegReport {
  event_key: string
  attempt_id: null
  leg_id: string
  /** The carrier's id of the leg, which `openLeg` answered. */
  provider_call_id: string | null
  event: LegEvent
}

/** What is told of calls goes to the inbox, what is told of legs to the agents' sessions. */
export function splitEvents(events: CarrierEvent[]): { calls: CallReport[]; legs: LegReport[] } {
  const calls = events.filter((event): event is CallReport => event.leg_id === null)
  const legs = events.filter((event): event is LegReport => event.leg_id !== null)
  return { calls, legs }
}
