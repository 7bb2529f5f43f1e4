/**
 * What each act does to a conversation: another one, the same one when its end holds already, or the reason why not.
 *
 *   act                our leg       customer       third party   supervisors
 *   bridge, unpark     joins         present
 *   unbridge           leaves        present        leaves
 *   hold, resume                     held, present
 *   park               leaves        parked         –             leave
 *   consult                          present        alone with our leg
 *   three_way                        present        joined
 *   cancel_consult                   present        leaves
 *   transfer           leaves        transferred    joined        leave
 *   complete_transfer  leaves        transferred    joined        leave
 *   play, hanging up   leaves        present        leaves        leave
 *   supervise                                                     one joins
 *   … to take over     replaced                                   one less
 */

import { type Conversation, withoutLeg, withoutSupervisor } from './conversation.ts'
import type { ControlCommand } from './port.ts'

type Act = ControlCommand['act']
/** Acts on a call; the others concern a leg alone. */
export type CallCommand = Extract<ControlCommand, { attempt_id: string }>

/** What an act must know beyond its conversation. */
export interface Surroundings {
  /** Why this leg can't join a call now; null when it can. */
  whyNotFree(leg_id: string): string | null
}

export type Acted = Conversation | { refused: string }

type Rules = {
  [A in CallCommand['act']]: (
    call: Conversation,
    command: Extract<CallCommand, { act: A }>,
    around: Surroundings,
  ) => Acted
}

const no_supervisors: Conversation['supervisors'] = new Map()
const refuse = (refused: string): Acted => ({ refused })
const no_leg = 'the call is bridged to no leg'

/** Does the act; whatever it is, a call that is out of our hands stays as it is. */
export function act(call: Conversation, command: CallCommand, around: Surroundings): Acted {
  if (isRepeated(call, command)) return call
  if (call.customer === 'transferred') return refuse('the call was transferred away')
  if (call.last_message !== null) return refuse('the last message of the call is being played')
  // The table is keyed by the act: which rule fits which command is lost on the way.
  return (rules[command.act] as (call: Conversation, command: CallCommand, around: Surroundings) => Acted)(
    call,
    command,
    around,
  )
}

/** The last acts of a call, told again. */
function isRepeated(call: Conversation, command: CallCommand): boolean {
  if (command.act === 'play') return command.then_hang_up && call.last_message === command.message
  if (call.customer !== 'transferred') return false
  return command.act === 'complete_transfer' || (command.act === 'transfer' && command.to === call.third_party?.to)
}

const rules: Rules = {
  bridge(call, { leg_id }, around) {
    if (call.leg_id === leg_id) return isTalking(call) ? call : refuse('the call is bridged to this leg, and held')
    if (call.leg_id !== null) return refuse('the call is bridged to another leg')
    return join(call, leg_id, around)
  },
  unbridge: (call) => (call.leg_id === null ? call : withoutLeg(call)),

  hold(call) {
    if (call.leg_id === null) return refuse(no_leg)
    if (isConsulting(call)) return refuse('a consultation holds the customer already')
    return call.customer === 'held' ? call : { ...call, customer: 'held' }
  },
  resume(call) {
    if (call.leg_id === null) return refuse(no_leg)
    if (isConsulting(call)) return refuse('a consultation holds the customer')
    return call.customer === 'present' ? call : { ...call, customer: 'present' }
  },
  park(call) {
    if (call.customer === 'parked') return call
    if (call.leg_id === null) return refuse(no_leg)
    if (call.third_party !== null) return refuse('a third party is in the call')
    return { ...withoutLeg(call), customer: 'parked', parked_by: call.leg_id, supervisors: no_supervisors }
  },
  unpark(call, _, around) {
    if (call.parked_by !== null) return join(call, call.parked_by, around)
    return isTalking(call) ? call : refuse('the call is not parked')
  },

  dtmf(call, { digits }) {
    if (!/^[0-9*#A-D]{1,32}$/.test(digits)) return refuse('the tones must be 1 to 32 of 0-9, *, # and A-D')
    return { ...call, digits: call.digits + digits }
  },

  transfer(call, { to }) {
    if (call.third_party !== null) return refuse('a third party is in the call')
    return isDialable(to) ? handOver(call, to) : refuse(not_dialable)
  },
  consult(call, { to }) {
    if (call.leg_id === null) return refuse(no_leg)
    if (call.third_party?.to === to && isConsulting(call)) return call
    if (call.third_party !== null) return refuse('a third party is in the call')
    if (!isDialable(to)) return refuse(not_dialable)
    return { ...call, customer: 'present', third_party: { to, joined: false } }
  },
  complete_transfer: (call) => (call.third_party === null ? refuse(nobody_else) : handOver(call, call.third_party.to)),
  three_way(call) {
    if (call.third_party === null) return refuse(nobody_else)
    if (call.third_party.joined && call.customer === 'present') return call
    return { ...call, customer: 'present', third_party: { ...call.third_party, joined: true } }
  },
  cancel_consult(call) {
    if (call.third_party === null) return isTalking(call) ? call : refuse(nobody_else)
    return { ...call, customer: 'present', third_party: null }
  },

  record_start(call) {
    if (call.recording === 'paused') return refuse('the recording is paused')
    return record(call, 'on')
  },
  record_pause: (call) => (call.recording === 'off' ? refuse(no_recording) : record(call, 'paused')),
  record_resume: (call) => (call.recording === 'off' ? refuse(no_recording) : record(call, 'on')),
  record_stop: (call) => record(call, 'off'),

  play(call, { message, then_hang_up, after }) {
    if (!then_hang_up) return after === undefined ? call : refuse('only a last message waits for a greeting')
    return { ...withoutLeg(call), parked_by: null, supervisors: no_supervisors, last_message: message }
  },

  supervise(call, { leg_id, how }, around) {
    if (call.customer === 'parked') return refuse('the call is parked')
    if (call.leg_id === leg_id) return how === 'take_over' ? call : refuse('the leg is the one that is supervised')
    const known = call.supervisors.get(leg_id)
    if (known === how) return call
    const trouble = known === undefined ? around.whyNotFree(leg_id) : null
    if (trouble !== null) return refuse(trouble)
    if (how === 'take_over') return { ...withoutSupervisor(call, leg_id), leg_id }
    if (how === 'whisper' && call.leg_id === null) return refuse('there is nobody to whisper to')
    return { ...call, supervisors: new Map(call.supervisors).set(leg_id, how) }
  },
}

/** Everything that the rules do: all acts of the port. */
export const all_acts: readonly Act[] = [...(Object.keys(rules) as Act[]), 'mute', 'unmute', 'leave']

const nobody_else = 'there is no third party'
const not_dialable = 'the third party is neither a number like +12125550100 nor an extension'
const no_recording = 'the call is not recorded'

function isConsulting({ third_party }: Conversation): boolean {
  return third_party !== null && !third_party.joined
}

/** The customer and our leg hear each other. */
function isTalking(call: Conversation): boolean {
  return call.leg_id !== null && call.customer === 'present' && !isConsulting(call)
}

function isDialable(to: string): boolean {
  return /^(\+[1-9]\d{6,14}|\d{2,8})$/.test(to)
}

function join(call: Conversation, leg_id: string, around: Surroundings): Acted {
  const trouble = around.whyNotFree(leg_id)
  return trouble === null ? { ...call, leg_id, customer: 'present', parked_by: null } : refuse(trouble)
}

function handOver(call: Conversation, to: string): Conversation {
  const gone = { leg_id: null, customer: 'transferred', parked_by: null } as const
  return { ...call, ...gone, third_party: { to, joined: true }, supervisors: no_supervisors, recording: 'off' }
}

function record(call: Conversation, recording: Conversation['recording']): Conversation {
  return call.recording === recording ? call : { ...call, recording }
}
