import type { CallEvent } from '#domain/call.ts'

/**
 * A carrier's report in our words, as it passes the one door (server/http/webhooks, or the built-in simulator).
 * `event_key` is unique per trunk: the same report delivered twice has the same key and is applied once.
 * At least one of `attempt_id` and `provider_call_id` is set.
 */
export interface CarrierEvent {
  event_key: string
  attempt_id: string | null
  provider_call_id: string | null
  event: CallEvent
}
