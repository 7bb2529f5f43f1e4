/**
 * Where a conversation stands, as the PBX itself has it: written down with the customer's channel, read together with which
 * of its channels still live. So any process may go on with a call, and one that is over leaves nothing behind.
 */
import { z } from 'zod'
import { beginConversation, type Conversation, isMember, withoutLeg, withoutSupervisor } from '../conversation.ts'
import { must, mustTake, parseJson } from './answers.ts'
import type { Ari } from './ari.ts'
import { channelOf } from './channels.ts'

const talk_variable = 'OUTDIAL_TALK'
/** Of a leg: the attempt whose call it joined last. */
const call_variable = 'OUTDIAL_CALL'
/** Of a leg: by its own wish nobody hears it. */
const muted_variable = 'OUTDIAL_MUTED'

const kept_talk = z.object({
  leg_id: z.string().nullable(),
  customer: z.enum(['present', 'held', 'parked', 'transferred']),
  parked_by: z.string().nullable(),
  third_party: z.object({ to: z.string(), joined: z.boolean() }).nullable(),
  supervisors: z.array(z.tuple([z.string(), z.enum(['listen', 'whisper', 'barge'])])),
  last_message: z.string().nullable(),
})

export interface Pbx {
  trunk_id: string
  ari: Ari
  /** Under which the PBX knows who listens. */
  app: string
}

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
  const [channel, text] = await Promise.all([ari.channel(customer), ari.variable(customer, talk_variable)])
  const found = must(channel)
  if (found === null) return no_call
  if (found.state !== 'Up') return 'the call is not answered'
  const read = kept_talk.safeParse(parseJson(must(text)?.value ?? ''))
  const begun = beginConversation(attempt_id)
  const written = read.success ? { ...begun, ...read.data, supervisors: new Map(read.data.supervisors) } : begun
  return { attempt_id, written, now: await withoutGone(pbx, written) }
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

export async function writeTalk({ trunk_id, ari }: Pbx, talk: Conversation): Promise<void> {
  const { attempt_id, leg_id, customer, parked_by, third_party, supervisors, last_message } = talk
  const kept: z.input<typeof kept_talk> = {
    ...{ leg_id, customer, parked_by, third_party, supervisors: [...supervisors], last_message },
  }
  const joined = legsOf(talk).map((leg) =>
    ari.setVariable(channelOf('leg', trunk_id, leg), call_variable, attempt_id).then(mustTake),
  )
  await Promise.all(joined)
  mustTake(await ari.setVariable(channelOf('call', trunk_id, attempt_id), talk_variable, JSON.stringify(kept)))
}

export async function isLegUp({ trunk_id, ari }: Pbx, leg_id: string): Promise<boolean> {
  return must(await ari.channel(channelOf('leg', trunk_id, leg_id)))?.state === 'Up'
}

/** A PBX does not say who is silenced, so it is written down besides. */
export async function silence({ trunk_id, ari }: Pbx, leg_id: string, muted: boolean): Promise<void> {
  const channel = channelOf('leg', trunk_id, leg_id)
  mustTake(muted ? await ari.silence(channel) : await ari.unsilence(channel))
  mustTake(await ari.setVariable(channel, muted_variable, muted ? '1' : '0'))
}

/** The call that a leg which is up is in. */
export async function findCallOf(pbx: Pbx, leg_id: string): Promise<string | null> {
  const joined = must(await pbx.ari.variable(channelOf('leg', pbx.trunk_id, leg_id), call_variable))?.value
  if (joined === undefined) return null
  const talk = await readTalk(pbx, joined)
  return typeof talk !== 'string' && isMember(talk.now, leg_id) ? joined : null
}
