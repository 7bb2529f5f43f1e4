/**
 * The door between the dialer and any carrier. Commands go in, `CarrierEvent`s come out (./events.ts).
 * No carrier's word passes this door; refusals are values (./faults.ts), a thrown error is a bug.
 */
import type { CallEvent } from '#domain/call.ts'
import type { CarrierEvent, LegReport } from './events.ts'
import type { CarrierFault } from './faults.ts'

export interface DialCommand {
  /** The idempotency key: a carrier that sees it twice dials once. */
  attempt_id: string
  /** E.164. */
  number: string
  caller_id: string | null
  ring_timeout_ms: number
}

export type DialReply = { ok: true; provider_call_id: string } | { ok: false; fault: CarrierFault }

/**
 * The carrier's answer to "what became of this attempt?".
 * `never_seen` is a promise: a carrier that can, refuses that attempt id from then on, so a command that is
 * still on its way can't ring anybody after the question was answered.
 * `unreachable` answers nothing: the attempt stays as it is.
 */
export type Located =
  | { found: 'never_seen' }
  | { found: 'call'; provider_call_id: string; events: { event_key: string; event: CallEvent }[] }
  | { found: 'unreachable'; reason: string }

export interface Capabilities {
  /** How `locate` finds a call: by our attempt id, by number and time, or not at all. */
  reconcile: 'by_id' | 'by_number' | 'none'
  /** How long after its end the carrier still knows a call; a `never_seen` about an older attempt proves nothing. */
  remembers_ms: number
  answering_machine_detection: boolean
}

/** With the half second in which the dialer sends, well within the second for which it holds its brakes. */
export const leave_within_ms = 400

export interface Carrier {
  readonly name: string
  readonly capabilities: Capabilities
  /** How much faster than real time this carrier rings and talks; 1 for all but a simulated one. */
  readonly speed: number
  /**
   * Never rejects for a carrier's reasons; an abort of `signal` after the command left is `indeterminate`. A command that
   * could not leave within `leave_within_ms`, because the carrier is away or too busy, never does: that is `blocked`.
   */
  dial(command: DialCommand, signal: AbortSignal): Promise<DialReply>
  /** Null when the carrier has the command, or has no such call any more; a fault when the call may go on. */
  hangup(attempt_id: string, provider_call_id: string | null): Promise<CarrierFault | null>
  locate(attempt_id: string, provider_call_id: string | null): Promise<Located>
  close(): Promise<void>
}

/** What an adapter needs to know of a trunk. */
export interface TrunkSettings {
  id: string
  workspace_id: string
  provider: string
  /** Speed of a simulated carrier; null for its default. */
  speed: number | null
  settings: Record<string, unknown>
  /** Its credentials in clear; null when it was given none. */
  secret: string | null
}

/** Where a carrier living in this process hands its reports: resolves once they are durable. */
export type EventSink = (trunk: { id: string; workspace_id: string }, events: CarrierEvent[]) => Promise<void>

/** Where what is told of legs goes after the door: resolves once it is durable. */
export type LegSink = (trunk: { id: string; workspace_id: string }, events: LegReport[]) => Promise<void>
