/**
 * Where a conversation stands, as the PBX itself has it: kept there, and read together with which of its channels still
 * live. So any process may go on with a call.
 */
import { z } from 'zod'
import { beginConversation, type Conversation, isMember, withoutLeg, withoutSupervisor } from '../conversation.ts'
import { parseJson } from '../parse-json.ts'
import { must, mustTake } from './answers.ts'
import type { Pbx } from './ari.ts'
import { channelOf } from './channels.ts'
import { readRecording } from './recording.ts'

const kept_talk = z.object({
  leg_id: z.string().nullable(),
  customer: z.enum(['present', 'held', 'parked', 'transferred']),
  parked_by: z.string().nullable(),
  third_party: z.object({ to: z.string(), joined: z.boolean() }).nullable(),
  supervisors: z.array(z.tuple([z.string(), z.enum(['listen', 'whisper', 'barge'])])),
  last_message: z.string().nullable(),
})

export interface Talk {
  attempt_id: string
  /** As it was written down; some of its channels may be gone. */
  written: Conversation
  /** Without them. */
  now: Conversation
}

export const no_call = 'there is no such call'
export const leg_down = 'the leg is not up'

/** Of an answered call; otherwise why nothing can be done with it. */
export async function readTalk(pbx: Pbx, attempt_id: string): Promise<Talk | string> {
  const { trunk_id, ari } = pbx
  const customer = channelOf('call', trunk_id, attempt_id)
  const [channel, text] = await Promise.all([ari.channel(customer), ari.kept('talk', attempt_id)])
  const found = must(channel)
  if (found === null) return no_call
  if (found.state !== 'Up') return 'the call is not answered'
  const read = kept_talk.safeParse(parseJson(must(text)?.value ?? ''))
  const begun = beginConversation(attempt_id)
  const written = read.success ? { ...begun, ...read.data, supervisors: new Map(read.data.supervisors) } : begun
  const [now, recording] = await Promise.all([withoutGone(pbx, written), readRecording(pbx, attempt_id)])
  return { attempt_id, written, now: now.recording === recording ? now : { ...now, recording } }
}

async function withoutGone(pbx: Pbx, written: Conversation): Promise<Conversation> {
  const legs = legsOf(written)
  const third = channelOf('third', pbx.trunk_id, written.attempt_id)
  const third_up = written.third_party === null || must(await pbx.ari.channel(third))?.state === 'Up'
  const up = await Promise.all(legs.map((leg_id) => isLegUp(pbx, leg_id)))
  let now = third_up ? written : { ...written, third_party: null }
  for (const leg_id of legs.filter((_, index) => !up[index])) {
    now = now.leg_id === leg_id ? withoutLeg(now) : withoutSupervisor(now, leg_id)
  }
  return now
}

export const legsOf = ({ leg_id, supervisors }: Conversation): string[] => [
  ...(leg_id === null ? [] : [leg_id]),
  ...supervisors.keys(),
]

export async function writeTalk({ ari }: Pbx, talk: Conversation): Promise<void> {
  const { attempt_id, leg_id, customer, parked_by, third_party, supervisors, last_message } = talk
  const kept: z.input<typeof kept_talk> = {
    ...{ leg_id, customer, parked_by, third_party, supervisors: [...supervisors], last_message },
  }
  await Promise.all(legsOf(talk).map(async (leg) => mustTake(await ari.keep('call', leg, attempt_id))))
  mustTake(await ari.keep('talk', attempt_id, JSON.stringify(kept)))
}

export async function isLegUp({ trunk_id, ari }: Pbx, leg_id: string): Promise<boolean> {
  return must(await ari.channel(channelOf('leg', trunk_id, leg_id)))?.state === 'Up'
}

/** A PBX does not say who is silenced, so it is kept besides. */
export async function silence({ trunk_id, ari }: Pbx, leg_id: string, muted: boolean): Promise<void> {
  const channel = channelOf('leg', trunk_id, leg_id)
  mustTake(muted ? await ari.silence(channel) : await ari.unsilence(channel))
  mustTake(await ari.keep('muted', leg_id, muted ? '1' : null))
}

/** The call that a leg which is up is in. */
export async function findCallOf(pbx: Pbx, leg_id: string): Promise<string | null> {
  const joined = must(await pbx.ari.kept('call', leg_id))?.value
  if (joined === undefined) return null
  const talk = await readTalk(pbx, joined)
  return typeof talk !== 'string' && isMember(talk.now, leg_id) ? joined : null
}
