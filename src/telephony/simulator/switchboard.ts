/**
 * The simulated carrier's call control: keeps the conversations of answered calls and does acts on them. Media-less: who
 * would hear whom is a table (./conversation.ts). It must never put a leg into two calls, nor a call on a leg that is down.
 */
import type { CallEvent } from '#domain/call.ts'
import type { Clock } from '../clock.ts'
import {
  beginConversation,
  type Conversation,
  type Hearing,
  isMember,
  listHearing,
  withoutLeg,
  withoutSupervisor,
} from '../conversation.ts'
import { act, type CallCommand } from '../conversation-acts.ts'
import type { CarrierFault } from '../faults.ts'
import type { ControlCommand } from '../port.ts'
import { endAfterMessage, playsLastMessage, recordFrom, talkAnew } from './plan.ts'
import { answerOf, type SimulatedCall } from './simulated-call.ts'
import { isOver, type Planned } from './timeline.ts'

export interface Switchboard {
  /** `speed` divides the length of a message. */
  control(command: ControlCommand, speed: number): CarrierFault | null
  /** The call is over: its legs stay up, free. */
  forgetCall(attempt_id: string): void
  /** The leg is down: its call goes on without it. */
  forgetLeg(leg_id: string): void
  /** What goes on in every call that somebody did something with; for tests of who hears whom. */
  overhear(): Overheard[]
}

export interface Overheard extends Pick<Conversation, 'attempt_id' | 'leg_id' | 'recording' | 'digits'> {
  /** All legs in it, supervisors' included. */
  legs: string[]
  hearing: Hearing[]
}

export interface SwitchboardOptions {
  clock: Clock
  /** The call with all that is due done. */
  findCall(attempt_id: string): SimulatedCall | null
  replanCall(attempt_id: string, events: Planned<CallEvent>[], bridged_at?: number): void
  isLegUp(leg_id: string): boolean
  /** Rings somebody outside, who answers at once or never. */
  reachThirdParty(call: SimulatedCall, to: string): CarrierFault | null
}

/** A sentence or two. */
const last_message_ms = 8000

export function createSwitchboard(options: SwitchboardOptions): Switchboard {
  const { clock, findCall, isLegUp } = options
  const conversations = new Map<string, Conversation>()
  const muted = new Set<string>()

  const keep = (conversation: Conversation) => conversations.set(conversation.attempt_id, conversation)
  const callOf = (leg_id: string) => [...conversations.values()].find((one) => isMember(one, leg_id))
  const whyNotFree = (leg_id: string) => {
    if (!isLegUp(leg_id)) return leg_down
    return callOf(leg_id) ? 'the leg is in a call' : null
  }

  const controlCall = (command: CallCommand, speed: number): CarrierFault | null => {
    const call = findCall(command.attempt_id)
    const trouble = whyNotControllable(call, clock.now())
    if (call === null || trouble !== null) return forbid(trouble ?? no_call)
    const before = conversations.get(command.attempt_id) ?? resumeConversation(call)
    const after = act(before, command, { whyNotFree })
    if ('refused' in after) return forbid(after.refused)
    if (after === before) return null
    const third_party = after.third_party?.to ?? null
    const called = third_party !== null && third_party !== (before.third_party?.to ?? null)
    const fault = called ? options.reachThirdParty(call, third_party) : null
    if (fault !== null) return fault
    const now = clock.now()
    if (before.leg_id === null && after.leg_id !== null) options.replanCall(call.attempt_id, talkAnew(call, now), now)
    if (after.recording === 'on') options.replanCall(call.attempt_id, recordFrom(call, now))
    if (after.last_message !== null) {
      const waits = command.act === 'play' && command.after === 'greeting'
      const begins_at = waits ? Math.max(now, call.greeted_at ?? now) : now
      const message_ms = Math.round(last_message_ms / speed)
      options.replanCall(call.attempt_id, endAfterMessage(call, begins_at + message_ms))
    }
    keep(after)
    return null
  }

  const controlLeg = ({ act, leg_id }: Exclude<ControlCommand, CallCommand>): CarrierFault | null => {
    if (!isLegUp(leg_id)) return forbid(leg_down)
    if (act === 'mute') muted.add(leg_id)
    if (act === 'unmute') muted.delete(leg_id)
    const conversation = callOf(leg_id)
    if (act !== 'leave' || conversation === undefined) return null
    if (conversation.leg_id === leg_id) return forbid('the call is bridged to the leg, which supervises nobody')
    keep(withoutSupervisor(conversation, leg_id))
    return null
  }

  return {
    control: (command, speed) => ('attempt_id' in command ? controlCall(command, speed) : controlLeg(command)),
    forgetCall: (attempt_id) => void conversations.delete(attempt_id),
    forgetLeg(leg_id) {
      muted.delete(leg_id)
      const conversation = callOf(leg_id)
      if (conversation === undefined) return
      keep(conversation.leg_id === leg_id ? withoutLeg(conversation) : withoutSupervisor(conversation, leg_id))
    },
    overhear: () =>
      [...conversations.values()].map((conversation) => {
        const { attempt_id, leg_id, supervisors, recording, digits } = conversation
        const legs = [...(leg_id === null ? [] : [leg_id]), ...supervisors.keys()]
        return { attempt_id, leg_id, legs, recording, digits, hearing: listHearing(conversation, muted) }
      }),
  }
}

const no_call = 'there is no such call'
const leg_down = 'the leg is not up'

function whyNotControllable(call: SimulatedCall | null, now: number): string | null {
  if (call === null) return no_call
  if (isOver(call, now)) return 'the call is over'
  return answerOf(call, now) === null ? 'the call is not answered' : null
}

/** A call of which a restart left no more than its plan. */
function resumeConversation(call: SimulatedCall): Conversation {
  const begun = beginConversation(call.attempt_id)
  return playsLastMessage(call) ? { ...begun, last_message: '' } : begun
}

function forbid(reason: string): CarrierFault {
  return { verdict: 'permanent', reason }
}
