/** What a carrier's tests bring along, so that the suites of conformance can make its far end behave. */
import assert from 'node:assert/strict'
import { v7 } from 'uuid'
import type { CallReport, CarrierEvent, LegReport, OptOutReport } from './events.ts'
import type { CallTrace, Carrier, DialCommand, DialReply, LegCommand } from './port.ts'

export const scenarios = [
  'answers',
  /** Answers, and would talk on for longer than any test. */
  'stays',
  'machine',
  'busy',
  'rings_out',
  'rejects',
  'invalid_number',
  'congestion',
  'reports_twice',
  'reports_out_of_order',
  'loses_its_end',
  'never_replies',
] as const
export type Scenario = (typeof scenarios)[number]

/** What somebody of ours does with their leg: `stays` until it is closed. */
export type AgentScenario = 'stays' | 'rings_out' | 'hangs_up'

/** One call with which something was done. Who hears and speaks is `customer`, `third_party` or a leg's id. */
export interface HeardCall {
  attempt_id: string
  /** The leg that the call is bridged to. */
  leg_id: string | null
  /** All legs in it, supervisors' included. */
  legs: string[]
  hearing: { listener: string; speaker: string }[]
  recording: 'off' | 'on' | 'paused'
  digits: string
}

export interface CarrierHarness {
  carrier: Carrier
  /** The same carrier while nobody is at its far end; null where there is no way between the two. */
  away: Carrier | null
  /** A number that behaves so; null when this carrier can't be made to. */
  numberFor(scenario: Scenario): string | null
  /** How long the machine that can be called greets, by the carrier's clock; 0 where no message can be left on it. */
  greeting_ms: number
  /** Where an agent who behaves so is reached. */
  agentFor(scenario: AgentScenario): Pick<LegCommand, 'reached_at' | 'address'> | null
  /** All reports of an attempt, in order of arrival, once they are `enough`; time passes meanwhile. */
  until(attempt_id: string, enough: (events: CallReport[]) => boolean): Promise<CallReport[]>
  untilLeg(leg_id: string, enough: (events: LegReport[]) => boolean): Promise<LegReport[]>
  /** What the carrier tells once the person at this number answers its last call by an opt-out in a text message. */
  optOut(number: string, message: string): Promise<OptOutReport>
  /** Lets a little of the carrier's time pass. */
  turn(): Promise<void>
  /** How often the far end rang for this attempt or leg, by the carrier's own account. */
  rings(id: string): Promise<number>
  /** Who hears whom, by the carrier's own account. */
  overhear(): HeardCall[] | Promise<HeardCall[]>
  close(): Promise<void>
}

export const has =
  (kind: CarrierEvent['event']['kind']) =>
  (events: CarrierEvent[]): boolean =>
    events.some(({ event }) => event.kind === kind)

/** A signal that never gives up. */
export const patience = () => new AbortController().signal

/** Ids that no carrier has seen, made now. */
export const newId = (): string => v7()

export const commandFor = (number: string): DialCommand => ({
  ...{ attempt_id: newId(), number, caller_id: '+12125550199', ring_timeout_ms: 25_000 },
  detect_machines: true,
})

/** What a call is looked for by, of a command that was made just now. */
export const traceOf = ({ number, caller_id }: DialCommand, others: string[] = []): CallTrace => ({
  ...{ number, caller_id, age_ms: 1000, others },
})

export function takenId(reply: DialReply): string {
  if (!reply.ok) assert.fail(`the dial was refused: ${reply.fault.reason}`)
  return reply.provider_call_id
}
