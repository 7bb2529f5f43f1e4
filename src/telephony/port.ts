/**
 * The door between the house and any carrier. Commands go in, `CarrierEvent`s come out (./events.ts).
 * No carrier's word passes this door; refusals are values (./faults.ts), a thrown error is a bug.
 */
import type { Readable } from 'node:stream'
import type { CallEvent } from '#domain/call.ts'
import type { CarrierEvent, LegReport } from './events.ts'
import type { CarrierFault } from './faults.ts'

export interface DialCommand {
  /** The idempotency key: a carrier that reconciles by id and sees it twice dials once. */
  attempt_id: string
  /** E.164. */
  number: string
  caller_id: string | null
  ring_timeout_ms: number
  /** Whether a machine answers is to be found out, by a carrier that can. */
  detect_machines: boolean
  /** For a carrier that takes one: what its voice agent should know before it speaks. */
  brief?: Brief | undefined
}

export interface Brief {
  /** What the campaign wants of this call, and what the call begins with; empty where nothing was said of it. */
  next_action: string
  consent_line: string
  /** What is known of the person; fields without a value are left out. */
  about: Record<string, string>
}

export type DialReply = { ok: true; provider_call_id: string } | { ok: false; fault: CarrierFault }

/** What a carrier that keeps no attempt ids can look for a call by. */
export interface CallTrace {
  /** E.164. */
  number: string
  caller_id: string | null
  /** Since the intent was committed. */
  age_ms: number
  /** Its calls to this number that are known to be other attempts'. */
  others: string[]
}

/**
 * The carrier's answer to "what became of this attempt?".
 * `never_seen` is a promise: the carrier refuses that attempt id from then on, so a command that is still on its way can't
 * ring anybody after the question was answered.
 * `no_trace` promises nothing: the carrier keeps no attempt ids, and so far none of its calls can be this one.
 * `unreachable` answers nothing, because the carrier is away or can't tell: the attempt stays as it is. `more_in_ms`: when it
 * should be able to.
 */
export type Located =
  | { found: 'never_seen' }
  | { found: 'no_trace' }
  | FoundCall
  | { found: 'unreachable'; reason: string; more_in_ms?: number }

export interface FoundCall {
  found: 'call'
  provider_call_id: string
  events: { event_key: string; event: CallEvent }[]
  /** The attempt that the carrier's own record of the call names, where it names one. */
  attempt_id?: string
  /** When there will be more to be told of it, if nobody says so before; absent when nothing more is to come. */
  more_in_ms?: number
}

/** The audio of a recording, as the carrier has it. `gone`: it has it no more, or not yet. */
export type RecordingReply =
  | { ok: true; body: Readable; content_type: string }
  | { ok: false; gone: boolean; reason: string }

/** A leg to somebody of ours: an agent, or a supervisor who joins. */
export interface LegCommand {
  /** Ours (UUID), and the idempotency key: a carrier that sees it twice opens one leg. */
  leg_id: string
  agent_id: string
  reached_at: 'browser' | 'extension' | 'outside'
  /** Softphone identity, extension, or E.164. */
  address: string
  caller_id: string | null
  ring_timeout_ms: number
}

/**
 * What somebody's phone in the browser signs in at the carrier with: for one identity alone, and for a short time. A new
 * one takes the place of the one before.
 */
export interface PhoneAccount {
  kind: 'sip'
  uri: string
  password: string
  /** Nobody signs in with it later; whoever stays asks for another one before. UTC. */
  expires_at: string
  /** Where the phone learns under which address it is seen, such as stun:stun.example.com; empty where it needs not. */
  ice_servers: string[]
}

/** Where the WebSocket of a phone with an account leads. */
export interface PhoneSocket {
  url: string
  /** When its account expires, unless there is another one by then. UTC. */
  expires_at: string
}

/** Taken; that the leg is up, or never will be, is told by its events. */
export type LegReply = { ok: true; provider_leg_id: string } | { ok: false; fault: CarrierFault }

/**
 * The carrier's answer to "what became of this leg?": neither up nor down is a leg that still rings. `never_seen` is the
 * same promise as for a call, `unreachable` answers nothing.
 */
export type LocatedLeg =
  | { found: 'never_seen' }
  | { found: 'leg'; up: boolean; down: boolean }
  | { found: 'unreachable'; reason: string }

/**
 * What can be done with an answered call and the legs. "Our leg" is the one the call is bridged to; a leg that leaves a
 * call stays up. When a call ends, or our leg goes down, what is left of the two stays up, apart.
 */
export type ControlCommand =
  /** Lets an answered call and a leg hear each other. The leg is up and in no other call; a parked call is fetched back. */
  | { act: 'bridge'; attempt_id: string; leg_id: string }
  /** Both stay up, apart. */
  | { act: 'unbridge'; attempt_id: string }
  /**
   * `hold`: the customer hears nobody and is heard by nobody; our leg stays in the call. `park`: the same, but our leg
   * leaves and is free; `unpark` bridges the call to that leg again, which must be up and in no other call.
   */
  | { act: 'hold' | 'resume' | 'park' | 'unpark'; attempt_id: string }
  /** Nobody hears a muted leg; it hears as before, and stays muted from call to call. */
  | { act: 'mute' | 'unmute'; leg_id: string }
  /** 1 to 32 of 0-9, *, #, A-D, played to the customer's end; sent again, they are played again. */
  | { act: 'dtmf'; attempt_id: string; digits: string }
  /** Blind: the call goes to an extension or E.164 number and is out of our hands but for a hang-up; our leg leaves. */
  | { act: 'transfer'; attempt_id: string; to: string }
  /** Warm: our leg talks with `to` once it has answered; meanwhile the customer is held. */
  | { act: 'consult'; attempt_id: string; to: string }
  /** Our leg leaves the two others; all three hear each other; the third party leaves and the customer is back. */
  | { act: 'complete_transfer' | 'three_way' | 'cancel_consult'; attempt_id: string }
  /** One recording, whatever leg the call is bridged to, until it is stopped or the call transferred; paused, it keeps nothing. */
  | { act: 'record_start' | 'record_pause' | 'record_resume' | 'record_stop'; attempt_id: string }
  /**
   * Plays a message to the customer (safe harbour, voicemail drop). With `then_hang_up` our leg leaves at once and the
   * call ends after the message; without it the message is played as often as it is asked for. Resolves when it begins.
   * A last message `after` a machine's greeting begins once that is over, so that the machine records it: up to half a
   * minute later. Where the greeting does not end, or there is no such message, the fault leaves the call up without our leg.
   */
  | { act: 'play'; attempt_id: string; message: string; then_hang_up: boolean; after?: 'greeting' }
  /**
   * A leg that is up and in no other call joins. `listen`: heard by nobody; `whisper`: by our leg alone, never by the
   * customer; `barge`: by all; `take_over`: it takes the place of our leg, which leaves. May be changed by another one.
   */
  | { act: 'supervise'; attempt_id: string; leg_id: string; how: 'listen' | 'whisper' | 'barge' | 'take_over' }
  /** A supervisor's leg leaves the call and stays up. */
  | { act: 'leave'; leg_id: string }

export interface Capabilities {
  /** What `control` can do at all; another act is refused. Legs can be opened wherever this is not empty. */
  acts: readonly ControlCommand['act'][]
  /**
   * How `locate` finds a call of which no id of the carrier's is known: by our attempt id, by its trace, or not at all.
   * Only by id can it promise `never_seen`, and only there is a command that comes twice one call.
   */
  reconcile: 'by_id' | 'by_number' | 'none'
  /** How long after its end the carrier still knows a call; a `never_seen` about an older attempt proves nothing. */
  remembers_ms: number
  /** Finds out whether a machine has answered, of calls whose dial asks for it. */
  answering_machine_detection: boolean
  /** Can play a message after a machine's greeting. */
  awaits_greetings: boolean
  /** How long it may take to answer a dial, where that is longer than others take; shorter than a lease. */
  answers_within_ms?: number
  /** Its calls are talked by a voice agent of its own, which is told what to know. */
  takes_brief?: true
  /** Tells when somebody answers one of our numbers by a text that asks for no more calls. */
  reports_opt_outs: boolean
  /** Phones in browsers sign in at it: it has `makePhoneAccount` and `findPhoneSocket`. */
  takes_phones?: true
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
  /** `trace` is needed where the carrier reconciles by number and has not told its id of the call. */
  locate(attempt_id: string, provider_call_id: string | null, trace: CallTrace | null): Promise<Located>
  /** Keeps to what `dial` keeps to. Resolves once the carrier has the command; the leg's events tell the rest. */
  openLeg(command: LegCommand, signal: AbortSignal): Promise<LegReply>
  /**
   * Null when the carrier has the command, and also when there is no such leg any more; a fault when it may be up. A leg
   * that is closed before the carrier has seen it never opens.
   */
  closeLeg(leg_id: string): Promise<CarrierFault | null>
  locateLeg(leg_id: string): Promise<LocatedLeg>
  /** The trunk is out of use: what the carrier keeps of it is taken away, until it is dialed over again. Calls go on. */
  retire?(): Promise<CarrierFault | null>
  /** `identity` is what the address of a leg to this phone will be. */
  makePhoneAccount?(identity: string): Promise<{ ok: true; account: PhoneAccount } | { ok: false; fault: CarrierFault }>
  /** A fault for an identity without an account that holds. */
  findPhoneSocket?(identity: string): Promise<{ ok: true; socket: PhoneSocket } | { ok: false; fault: CarrierFault }>
  /**
   * Null once it is done: no event follows. An act whose end holds already changes nothing and is done, so that one whose
   * answer was lost can be sent again (but tones and messages). A fault changed nothing, unless it is `indeterminate`; it
   * is `permanent`, with the reason in plain words, when the state of the call or the leg forbids the act.
   */
  control(command: ControlCommand): Promise<CarrierFault | null>
  /** What a `recorded` event told of by this `url`; whoever asks reads the body to its end or destroys it. */
  openRecording(url: string, signal: AbortSignal): Promise<RecordingReply>
  /** What is left on the trunk's account, where its carrier tells. */
  balance?(signal: AbortSignal): Promise<BalanceReply>
  /** Null once the carrier has no recording at this `url` any more; a fault, `permanent` where it deletes none, when it may. */
  forgetRecording(url: string): Promise<CarrierFault | null>
  close(): Promise<void>
}

/** What is left on an account; `currency` is null where its carrier names none. */
export type BalanceReply = { ok: true; amount: number; currency: string | null } | { ok: false; fault: CarrierFault }

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
