/**
 * Brings a PBX's bridges to where a conversation stands. Each call has one bridge, whose channels hear each other; who only
 * listens is in it without a voice. Who whispers is in another one, with a channel that hears what the agent hears and says,
 * and speaks to the agent's phone alone. It may be done again at any time: what is there already stays as it is.
 */
import { type Conversation, isCustomerIn } from '../conversation.ts'
import { must, mustTake, Unanswered } from './answers.ts'
import type { Pbx } from './ari.ts'
import { channelOf, readChannel } from './channels.ts'
import { legsOf, type Talk } from './talk.ts'

export const talkBridge = (trunk_id: string, attempt_id: string) => `talk.${trunk_id}.${attempt_id}`

/** Channels come and go meanwhile. */
const looks = 100
const look_ms = 10

/** Nobody is let in before all who leave have left. */
export async function arrange(pbx: Pbx, { attempt_id, written, now }: Talk): Promise<void> {
  const { ari, trunk_id } = pbx
  const id = talkBridge(trunk_id, attempt_id)
  const wanted = membersOf(trunk_id, now)
  const voiceless = new Set(voicelessOf(now).map((leg_id) => channelOf('leg', trunk_id, leg_id)))
  const present = must(await ari.bridge(id))?.channels ?? []
  const stays = await Promise.all(
    present.map(
      async (channel) => wanted.includes(channel) && (await isVoiceless(pbx, channel)) === voiceless.has(channel),
    ),
  )
  const staying = present.filter((_, index) => stays[index])
  for (const channel of present) if (!staying.includes(channel)) mustTake(await ari.removeFrom(id, channel))
  if (wanted.length === 0) mustTake(await ari.closeBridge(id))
  const supervisors = new Set([...written.supervisors.keys(), ...now.supervisors.keys()])
  for (const leg_id of supervisors) await whisper(pbx, { attempt_id, leg_id, now })
  const joining = wanted.filter((channel) => !staying.includes(channel))
  if (joining.length > 0) mustTake(await ari.openBridge(id))
  for (const channel of joining) {
    const mute = voiceless.has(channel)
    const joins = readChannel(trunk_id, channel)
    if (joins?.kind === 'leg') mustTake(await ari.keep('voiceless', joins.id, mute ? '1' : null))
    mustTake(await ari.addTo(id, channel, { mute }))
  }
  await untilTogether(pbx, id, wanted)
}

function membersOf(trunk_id: string, talk: Conversation): string[] {
  const { attempt_id, third_party, last_message } = talk
  const legs = legsOf(talk)
    .filter((leg_id) => earOf(talk, leg_id) === null)
    .map((leg_id) => channelOf('leg', trunk_id, leg_id))
  const third = third_party === null ? [] : [channelOf('third', trunk_id, attempt_id)]
  const others = [...legs, ...third]
  const customer = isCustomerIn(talk) && others.length > 0 && last_message === null
  return customer ? [channelOf('call', trunk_id, attempt_id), ...others] : others
}

const voicelessOf = ({ supervisors }: Conversation) =>
  [...supervisors].filter(([, how]) => how !== 'barge').map(([leg_id]) => leg_id)

/** The leg that a supervisor whispers to; nobody where there is no agent to hear it. */
const earOf = ({ supervisors, leg_id }: Conversation, supervisor: string) =>
  supervisors.get(supervisor) === 'whisper' ? leg_id : null

async function isVoiceless({ ari, trunk_id }: Pbx, channel: string): Promise<boolean> {
  return must(await ari.kept('voiceless', readChannel(trunk_id, channel)?.id ?? ''))?.value === '1'
}

async function whisper(pbx: Pbx, on: { attempt_id: string; leg_id: string; now: Conversation }): Promise<void> {
  const { ari, trunk_id, app } = pbx
  const { attempt_id, leg_id, now } = on
  const id = `whisper.${trunk_id}.${attempt_id}.${leg_id}`
  const agent = earOf(now, leg_id)
  const [boss, ear] = [channelOf('leg', trunk_id, leg_id), `ear.${leg_id}.${agent}`]
  const present = must(await ari.bridge(id))?.channels ?? null
  if (agent !== null && present?.includes(boss) && present.includes(ear)) return
  if (present !== null) await endWhisper(pbx, id, present)
  if (agent === null) return
  mustTake(await ari.openBridge(id))
  mustTake(await ari.snoop(ear, channelOf('leg', trunk_id, agent), { spy: 'both', whisper: 'out', app }))
  for (const channel of [ear, boss]) mustTake(await ari.addTo(id, channel, { mute: false }))
  await untilTogether(pbx, id, [ear, boss])
}

export async function endWhisper({ ari }: Pbx, id: string, channels: string[]): Promise<void> {
  for (const channel of channels) {
    if (!channel.startsWith('ear.')) {
      // One that a closing bridge puts out is not free at once.
      mustTake(await ari.removeFrom(id, channel))
      continue
    }
    const trouble = await ari.endWhole(channel, 16)
    if (trouble !== null) throw new Unanswered(trouble)
  }
  mustTake(await ari.closeBridge(id))
}

/** Whoever hung up meanwhile is missed by nobody: whoever looks after the call hears of it. */
async function untilTogether({ ari }: Pbx, id: string, wanted: string[]): Promise<void> {
  for (let look = 0; look < looks; look++) {
    const present = must(await ari.bridge(id))?.channels ?? []
    const missing = wanted.filter((channel) => !present.includes(channel))
    if (missing.length === 0 && present.length === wanted.length) return
    const living = await Promise.all(missing.map((channel) => ari.channel(channel)))
    if (missing.length > 0 && living.every((asked) => must(asked) === null)) return
    await new Promise((resolve) => setTimeout(resolve, look_ms))
  }
  throw new Unanswered('the PBX does not bring them together')
}
