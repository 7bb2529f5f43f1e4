/**
 * Whether a machine has answered: the PBX's own detection hears what the customer says over a channel beside the call, so that
 * the call can be bridged at any moment. What it made of it comes as an event.
 */
import type { Detection } from '#domain/call.ts'
import { mustTake, Unanswered } from './answers.ts'
import type { Pbx } from './ari.ts'
import { channelOf } from './channels.ts'
import type { PbxEvent } from './socket.ts'

export const detection_context = 'outdial-amd'
const heard_event = 'OutdialHeard'

/** No longer than the matcher waits for it: within 3.5 s it says something, if only that it does not know. */
export const detection_dialplan = [
  'exten => s,1,Answer()',
  'same => n,AMD(2500,1500,800,3500)',
  `same => n,UserEvent(${heard_event},status: \${AMDSTATUS})`,
  'same => n,Hangup()',
  '',
].join('\n')

const meanings: Record<string, Detection> = { MACHINE: 'machine', HUMAN: 'human', NOTSURE: 'unknown' }

/** Two ends of one line: in its bridge with the ear, and in the dialplan. */
const idsOf = ({ trunk_id }: Pick<Pbx, 'trunk_id'>, attempt_id: string) => ({
  ear: `listen.${trunk_id}.${attempt_id}`,
  near: `detect.${trunk_id}.${attempt_id}`,
  far: `detector.${trunk_id}.${attempt_id}`,
})

/** Of a call that was answered just now; begun once, whoever hears of the answer. */
export async function beginDetection(pbx: Pbx, attempt_id: string): Promise<void> {
  const { ari, app, trunk_id } = pbx
  const { ear, near, far } = idsOf(pbx, attempt_id)
  const endpoint = `Local/s@${detection_context}`
  const taken = await ari.create(near, { app, endpoint, caller_id: null, written_as: null, other_id: far })
  if (taken.status === 409) return
  mustTake(taken)
  mustTake(await ari.openBridge(near))
  mustTake(await ari.snoop(ear, channelOf('call', trunk_id, attempt_id), { spy: 'in', whisper: 'none', app }))
  for (const channel of [ear, near]) mustTake(await ari.addTo(near, channel, { mute: false }))
  mustTake(await ari.ring(near, 5_000))
}

export async function endDetection(pbx: Pbx, attempt_id: string): Promise<void> {
  const { ear, near } = idsOf(pbx, attempt_id)
  for (const channel of [ear, near]) {
    const trouble = await pbx.ari.endWhole(channel, 16)
    if (trouble !== null) throw new Unanswered(trouble)
  }
  mustTake(await pbx.ari.closeBridge(near))
}

/** What was heard on which call; null for events of another kind. */
export function readDetection(
  trunk_id: string,
  { type, eventname, channel, userevent }: PbxEvent,
): { attempt_id: string; detection: Detection } | null {
  if (type !== 'ChannelUserevent' || eventname !== heard_event) return null
  const [kind, trunk, attempt_id] = channel?.id.split('.') ?? []
  const detection = meanings[userevent?.status ?? '']
  if (kind !== 'detector' || trunk !== trunk_id || attempt_id === undefined || detection === undefined) return null
  return { attempt_id, detection }
}
