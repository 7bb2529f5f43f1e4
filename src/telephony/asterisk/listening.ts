/**
 * Ears of the PBX's own dialplan: what the customer says is led to it over a line beside the call, so that the call can be
 * bridged at any moment. What the dialplan made of it comes as an event of its end of the line.
 */
import { mustTake, Unanswered } from './answers.ts'
import type { Pbx } from './ari.ts'
import { channelOf } from './channels.ts'
import type { PbxEvent } from './socket.ts'

/** What is listened for, and in which part of the dialplan. */
export interface Listening {
  purpose: string
  context: string
}

/** Two ends of one line: in its bridge with the ear, and in the dialplan. */
const idsOf = ({ trunk_id }: Pick<Pbx, 'trunk_id'>, { purpose }: Listening, attempt_id: string) => ({
  ear: `${purpose}-ear.${trunk_id}.${attempt_id}`,
  near: `${purpose}.${trunk_id}.${attempt_id}`,
  far: `${purpose}-far.${trunk_id}.${attempt_id}`,
})

/** Begun once, whoever begins it. */
export async function beginListening(pbx: Pbx, listening: Listening, attempt_id: string): Promise<void> {
  const { ari, app, trunk_id } = pbx
  const { ear, near, far } = idsOf(pbx, listening, attempt_id)
  const endpoint = `Local/s@${listening.context}`
  const taken = await ari.create(near, { app, endpoint, caller_id: null, written_as: null, other_id: far })
  if (taken.status === 409) return
  mustTake(taken)
  mustTake(await ari.openBridge(near))
  mustTake(await ari.snoop(ear, channelOf('call', trunk_id, attempt_id), { spy: 'in', whisper: 'none', app }))
  for (const channel of [ear, near]) mustTake(await ari.addTo(near, channel, { mute: false }))
  mustTake(await ari.ring(near, 5_000))
}

export async function endListening(pbx: Pbx, listening: Listening, attempt_id: string): Promise<void> {
  const { ear, near } = idsOf(pbx, listening, attempt_id)
  for (const channel of [ear, near]) {
    const trouble = await pbx.ari.endWhole(channel, 16)
    if (trouble !== null) throw new Unanswered(trouble)
  }
  mustTake(await pbx.ari.closeBridge(near))
}

/** Of its bridge, and of our end of its line. */
export const listeningName = ({ trunk_id }: Pick<Pbx, 'trunk_id'>, listening: Listening, attempt_id: string) =>
  idsOf({ trunk_id }, listening, attempt_id).near

/** The call that an event of the dialplan's tells of, and what it says; null for events of another kind. */
export function readHeard(
  trunk_id: string,
  { purpose }: Listening,
  { type, eventname, channel, userevent }: PbxEvent,
): { attempt_id: string; status: string; cause: string } | null {
  if (type !== 'ChannelUserevent' || eventname !== heard_event) return null
  const [kind, trunk, attempt_id] = channel?.id.split('.') ?? []
  if (kind !== `${purpose}-far` || trunk !== trunk_id || attempt_id === undefined) return null
  return { attempt_id, status: userevent?.status ?? '', cause: userevent?.cause ?? '' }
}

const heard_event = 'OutdialHeard'
/** Lets the dialplan say what it heard, by its variables. */
export const sayHeard = (said: { status: string; cause?: string }) => {
  const fields = Object.entries(said).map(([field, variable]) => `${field}: \${${variable}}`)
  return `same => n,UserEvent(${[heard_event, ...fields].join(',')})`
}
