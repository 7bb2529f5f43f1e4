/** What a PBX tells as it happens, and what it is asked for after nobody listened, as reports of calls and legs. */
import type { CallEvent } from '#domain/call.ts'
import type { LegEvent } from '#domain/leg.ts'
import type { CarrierEvent } from '../events.ts'
import { Unanswered } from './answers.ts'
import type { Ari } from './ari.ts'
import { withdrawn_cause } from './book.ts'
import { channelOf, endedEvent, keyOf, keyOfCall, readChannel } from './channels.ts'
import { readDetection } from './detection.ts'
import type { Legs } from './legs.ts'
import { type Ground, locateCall } from './locate.ts'
import type { PbxEvent } from './socket.ts'
import type { Fates } from './third.ts'

/** Of an `unheard_call` nobody here knows whether it was answered. */
export type Gone = 'detector' | 'call' | 'unheard_call' | 'leg' | 'somebody'

export interface Newsroom {
  trunk_id: string
  ari: Ari
  ground(): Ground
  legs: Legs
  fates: Fates
  report(event: CarrierEvent): void
  now(): number
  onAnswer(attempt_id: string): void
  /** A call, a leg, or somebody who was in a call of this id, is gone. */
  onGone(id: string, who: Gone): void
}

export function createNews({ trunk_id, ari, ground, legs, fates, report, now, onAnswer, onGone }: Newsroom) {
  /**
   * Calls that were heard of and whose end was not, and when each was answered; `unheard` of those that began while nobody
   * listened.
   */
  const calls = new Map<string, { answered_at: string | null } | 'unheard'>()
  /** Legs of the same kind. */
  const up = new Set<string>()
  /** The call that a leg or a third party is in. */
  const joined = new Map<string, string>()

  const tellCall = (attempt_id: string, event: CallEvent) => {
    const provider_call_id = channelOf('call', trunk_id, attempt_id)
    report({ event_key: keyOfCall(attempt_id, event), attempt_id, leg_id: null, provider_call_id, event })
    if (event.kind === 'ended') calls.delete(attempt_id)
    if (event.kind === 'ringing') calls.set(attempt_id, { answered_at: null })
    if (event.kind === 'answered') calls.set(attempt_id, { answered_at: event.at })
  }
  const tellLeg = (leg_id: string, event: LegEvent) => {
    const provider_call_id = channelOf('leg', trunk_id, leg_id)
    report({ event_key: keyOf(leg_id, event.kind), attempt_id: null, leg_id, provider_call_id, event })
    if (event.kind === 'leg_down') up.delete(leg_id)
    else up.add(leg_id)
  }

  const hearCall = (attempt_id: string, { type, dialstatus, channel, cause = 0, tech_cause }: PbxEvent, at: string) => {
    if (type === 'Dial' && (dialstatus === 'RINGING' || dialstatus === 'PROGRESS')) {
      tellCall(attempt_id, { kind: 'ringing', at })
    }
    if (type === 'ChannelStateChange' && channel?.state === 'Up') {
      tellCall(attempt_id, { kind: 'answered', at })
      onAnswer(attempt_id)
    }
    // Channels that only took an id.
    if (type !== 'ChannelDestroyed' || cause === withdrawn_cause) return
    const call = calls.get(attempt_id) ?? 'unheard'
    if (call !== 'unheard') {
      tellCall(attempt_id, endedEvent({ ended_at: at, cause, answered_at: call.answered_at }, tech_cause))
    }
    onGone(attempt_id, call === 'unheard' ? 'unheard_call' : 'call')
  }
  const hearLeg = (leg_id: string, { type, channel, cause = 0 }: PbxEvent, at: string) => {
    if (type === 'ChannelStateChange' && channel?.state === 'Up') tellLeg(leg_id, { kind: 'leg_up', at })
    if (type === 'ChannelDestroyed' && cause !== withdrawn_cause) {
      tellLeg(leg_id, { kind: 'leg_down', at, cause: `cause ${cause}` })
      onGone(leg_id, 'leg')
    }
  }
  const hearThird = ({ type, channel, cause = 0 }: PbxEvent) => {
    if (type === 'ChannelStateChange' && channel?.state === 'Up') fates.tell(channel.id, 'up')
    if (type === 'ChannelDestroyed' && channel) fates.tell(channel.id, { cause })
  }

  const askCall = async (attempt_id: string) => {
    const located = await locateCall(ground(), attempt_id)
    if (located.found === 'unreachable') throw new Unanswered(located.reason)
    if (located.found === 'never_seen') calls.delete(attempt_id)
    else for (const { event } of located.events) tellCall(attempt_id, event)
  }

  return {
    tellCall,
    /** Asks after a call and tells what has become of it. */
    askCall,
    forgetWhatWasHeard: (attempt_id: string) => calls.set(attempt_id, 'unheard'),
    /** It is about to ring: whatever comes of it will be heard. */
    expectCall(attempt_id: string) {
      if (!calls.has(attempt_id)) calls.set(attempt_id, { answered_at: null })
    },
    hear(event: PbxEvent) {
      const { type, timestamp, channel, peer, bridge } = event
      const heard = readDetection(trunk_id, event)
      if (heard !== null) {
        const at = new Date(timestamp ?? now()).toISOString()
        tellCall(heard.attempt_id, { kind: 'detected', at, detection: heard.detection })
        onGone(heard.attempt_id, 'detector')
      }
      const id = (channel ?? peer)?.id ?? ''
      const named = readChannel(trunk_id, id)
      if (named === null) return
      const at = new Date(timestamp ?? now()).toISOString()
      if (named.kind === 'call') hearCall(named.id, event, at)
      if (named.kind === 'leg') hearLeg(named.id, event, at)
      if (named.kind === 'third') hearThird(event)
      if (named.kind === 'call') return
      const [kind, , attempt_id] = bridge?.id.split('.') ?? []
      if (type === 'ChannelEnteredBridge' && kind === 'talk' && attempt_id) joined.set(id, attempt_id)
      const left = joined.get(id)
      if (type !== 'ChannelDestroyed' || left === undefined) return
      joined.delete(id)
      onGone(left, 'somebody')
    },

    /** What happened while nobody listened. */
    async catchUp() {
      const present = await ari.channels()
      if (!present.ok) throw new Unanswered(present.reason)
      for (const { id } of present.found ?? []) {
        const named = readChannel(trunk_id, id)
        if (named?.kind === 'call' && !calls.has(named.id)) calls.set(named.id, 'unheard')
        if (named?.kind === 'leg') up.add(named.id)
      }
      for (const attempt_id of [...calls.keys()]) await askCall(attempt_id)
      for (const leg_id of [...up]) {
        const recalled = await legs.recall(leg_id)
        if ('unreachable' in recalled) throw new Unanswered(recalled.unreachable)
        for (const event of recalled) tellLeg(leg_id, event)
      }
    },
  }
}
