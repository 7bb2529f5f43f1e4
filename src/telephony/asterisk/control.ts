/** Call control: reads where a conversation stands, does the act on it, and brings the PBX there. */

import { type Conversation, withoutSupervisor } from '../conversation.ts'
import { type Acted, act, type CallCommand } from '../conversation-acts.ts'
import type { CarrierFault } from '../faults.ts'
import type { ControlCommand } from '../port.ts'
import { must, mustTake, Unanswered } from './answers.ts'
import type { Pbx } from './ari.ts'
import { arrange } from './arrange.ts'
import { channelOf } from './channels.ts'
import { refuse } from './dial.ts'
import { beginGreeting, endGreeting, type Greetings, isGreeted } from './greetings.ts'
import { lastPlayback, type Plays, soundOf } from './plays.ts'
import { setRecording } from './recording.ts'
import { findCallOf, isLegUp, leg_down, readTalk, silence, type Talk, writeTalk } from './talk.ts'
import { endThirdParty, type Fates, reachThirdParty } from './third.ts'
import type { TakeTurn } from './turns.ts'

export interface Controlling {
  pbx(): Pbx
  take: TakeTurn
  fates: Fates
  plays: Plays
  greetings: Greetings
  /** How a number or extension is dialed. */
  endpointOf(to: string): string
}

type Play = Extract<CallCommand, { act: 'play' }>

const forbid = (reason: string) => refuse('permanent', reason).fault

export function createControl({ pbx: current, take, fates, plays, greetings, endpointOf }: Controlling) {
  /** What the act makes of the conversation; nothing has happened yet. */
  const consider = async (pbx: Pbx, command: CallCommand): Promise<{ talk: Talk; acted: Acted } | string> => {
    const talk = await readTalk(pbx, command.attempt_id)
    if (typeof talk === 'string') return talk
    const joins = 'leg_id' in command ? command.leg_id : command.act === 'unpark' ? talk.now.parked_by : null
    const trouble = joins === null ? null : await whyNotFree(pbx, joins)
    return { talk, acted: act(talk.now, command, { whyNotFree: () => trouble }) }
  }

  const callsSomebody = (before: Conversation, after: Conversation) =>
    after.third_party !== null && before.third_party === null

  const doAct = async (pbx: Pbx, command: CallCommand, begun: () => void, third_is_up: boolean) => {
    const considered = await consider(pbx, command)
    if (typeof considered === 'string') return forbid(considered)
    const { talk, acted } = considered
    if ('refused' in acted) return forbid(acted.refused)
    if (callsSomebody(talk.now, acted) && !third_is_up) return 'calls' as const
    const sound = command.act === 'play' ? soundOf(command.message) : null
    if (command.act === 'play' && sound === null) return forbid('the message is neither a name nor an address')
    begun()
    const waits = command.act === 'play' && command.after === 'greeting' && acted !== talk.now
    // Whoever looks after the call meanwhile sees that its last message is still to come.
    if (waits) await beginGreeting(pbx, command.attempt_id)
    await bring(pbx, talk, acted)
    if (waits) return 'waits' as const
    if (command.act === 'dtmf') {
      mustTake(await pbx.ari.sendTones(channelOf('call', pbx.trunk_id, command.attempt_id), command.digits))
    }
    if (command.act !== 'play' || sound === null || (acted === talk.now && command.then_hang_up)) return null
    if (await plays.play(pbx, command.attempt_id, { sound, is_last: command.then_hang_up })) return null
    await bring(pbx, { ...talk, written: acted }, talk.now)
    return forbid('the PBX has no such message')
  }

  const controlCall = async (command: CallCommand, begun: () => void): Promise<CarrierFault | null> => {
    const pbx = current()
    const { attempt_id } = command
    // One that still rings hinders nobody.
    if (command.act === 'cancel_consult') await endRinging(pbx, attempt_id)
    const keys = [attempt_id, ...('leg_id' in command ? [command.leg_id] : [])]
    const done = await take(keys, () => doAct(pbx, command, begun, false))
    if (done === 'waits') return playAfterGreeting(pbx, command as Play)
    if (done !== 'calls' || !('to' in command)) return done === 'calls' ? null : done
    const endpoint = endpointOf(command.to)
    begun()
    const fault = await reachThirdParty(pbx, { attempt_id, endpoint, fates })
    if (fault !== null) return fault
    const joined = await take(keys, () => doAct(pbx, command, begun, true))
    if (joined !== null) await endThirdParty(pbx, attempt_id)
    return typeof joined === 'string' ? null : joined
  }

  /** Nobody else does anything with the call meanwhile: its last message is being played, as far as they know. */
  const playAfterGreeting = async (pbx: Pbx, { attempt_id, message }: Play): Promise<CarrierFault | null> => {
    try {
      if (!(await greetings.untilOver(attempt_id))) return refuse('retryable', 'the greeting does not end').fault
      const sound = soundOf(message) as string
      const plays_it = await plays.play(pbx, attempt_id, { sound, is_last: true })
      return plays_it ? null : forbid('the PBX has no such message')
    } finally {
      await endGreeting(pbx, attempt_id)
    }
  }

  const controlLeg = async ({ act, leg_id }: Exclude<ControlCommand, CallCommand>, begun: () => void) => {
    const pbx = current()
    if (!(await isLegUp(pbx, leg_id))) return forbid(leg_down)
    if (act !== 'leave') {
      begun()
      await silence(pbx, leg_id, act === 'mute')
      return null
    }
    const attempt_id = await findCallOf(pbx, leg_id)
    if (attempt_id === null) return null
    return take([attempt_id, leg_id], async () => {
      const talk = await readTalk(pbx, attempt_id)
      if (typeof talk === 'string') return null
      if (talk.now.leg_id === leg_id) return forbid('the call is bridged to the leg, which supervises nobody')
      begun()
      await bring(pbx, talk, withoutSupervisor(talk.now, leg_id))
      return null
    })
  }

  /** Somebody has left the call by hanging up. */
  const settle = (attempt_id: string) =>
    take([attempt_id], async () => {
      const talk = await readTalk(current(), attempt_id)
      if (typeof talk === 'string') return
      await bring(current(), talk, talk.now)
      if (talk.now.last_message !== null) await endAfterMessage(current(), attempt_id)
    })

  return {
    async control(command: ControlCommand): Promise<CarrierFault | null> {
      let changing = false
      const begun = () => {
        changing = true
      }
      try {
        return await ('attempt_id' in command ? controlCall(command, begun) : controlLeg(command, begun))
      } catch (error) {
        if (!(error instanceof Unanswered)) throw error
        return refuse(changing ? 'indeterminate' : 'blocked', error.message).fault
      }
    },
    settle,
    /** Closes a leg by `close`, and its call is without it. */
    async closing(leg_id: string, close: () => Promise<CarrierFault | null>): Promise<CarrierFault | null> {
      try {
        const attempt_id = await findCallOf(current(), leg_id)
        const fault = await close()
        if (fault === null && attempt_id !== null) await settle(attempt_id)
        return fault
      } catch (error) {
        if (!(error instanceof Unanswered)) throw error
        return refuse('blocked', error.message).fault
      }
    },
  }
}

/** First it is written down where the conversation is to stand, so that whoever finds it half done knows. */
async function bring(pbx: Pbx, talk: Talk, after: Conversation): Promise<void> {
  const { attempt_id, written, now } = talk
  const [from, to] = [now.recording, after.recording]
  if (from !== to) await setRecording(pbx, attempt_id, { from, to })
  if (after !== written) await writeTalk(pbx, after)
  if (written.third_party !== null && after.third_party === null) await endThirdParty(pbx, attempt_id)
  await arrange(pbx, { ...talk, now: after })
  // Whom it was put through to has hung up.
  if (after.customer === 'transferred' && after.third_party === null) {
    mustTake(await pbx.ari.end(channelOf('call', pbx.trunk_id, attempt_id), 16))
  }
}

/** Whoever began its last message, or waits for the greeting before it, may be gone. */
async function endAfterMessage(pbx: Pbx, attempt_id: string): Promise<void> {
  const { ari, trunk_id } = pbx
  if (await isGreeted(pbx, attempt_id)) return
  const playing = must(await ari.playback(lastPlayback(trunk_id, attempt_id)))
  if (playing === null) mustTake(await ari.end(channelOf('call', trunk_id, attempt_id), 16))
}

async function whyNotFree(pbx: Pbx, leg_id: string): Promise<string | null> {
  if (!(await isLegUp(pbx, leg_id))) return leg_down
  return (await findCallOf(pbx, leg_id)) === null ? null : 'the leg is in a call'
}

async function endRinging(pbx: Pbx, attempt_id: string): Promise<void> {
  const third = await pbx.ari.channel(channelOf('third', pbx.trunk_id, attempt_id))
  if (third.ok && third.found !== null && third.found.state !== 'Up') await endThirdParty(pbx, attempt_id)
}
