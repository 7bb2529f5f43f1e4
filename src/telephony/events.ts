import type { CallEvent } from '#domain/call.ts'
import type { LegEvent } from '#domain/leg.ts'
import type { OptOutEvent } from '#domain/opt-out-keyword.ts'

/**
 * A carrier's report in our words, as it passes the one door (server/http/webhooks, or the built-in simulator): of a call
 * to somebody we dialed, of a leg to somebody of ours, or of somebody who wants no more calls. `event_key` is unique per trunk: the same report delivered twice
 * has the same key and is applied once.
 */
export type CarrierEvent = CallReport | LegReport | OptOutReport

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

/** Of a person and no call: the number says who. */
export interface OptOutReport {
  event_key: string
  attempt_id: null
  leg_id: null
  provider_call_id: null
  event: OptOutEvent
}

/** What is told of calls goes to the inbox, of legs to the agents' sessions, of opt-outs to the suppressions. */
export function splitEvents(events: CarrierEvent[]): {
  calls: CallReport[]
  legs: LegReport[]
  opt_outs: OptOutReport[]
} {
  const opt_outs = events.filter(isOptOut)
  const legs = events.filter((event): event is LegReport => event.leg_id !== null)
  const calls = events.filter((event): event is CallReport => event.leg_id === null && !isOptOut(event))
  return { calls, legs, opt_outs }
}

export function isOptOut(event: CarrierEvent): event is OptOutReport {
  return event.event.kind === 'opted_out'
}
