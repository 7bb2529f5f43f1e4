/**
 * A call's recording: what its customer says and hears, whatever leg it is bridged to, in one file that is named after the
 * attempt and stays with the PBX. Taken from the customer's channel: what a consultation says without them is not in it.
 */
import type { CallEvent } from '#domain/call.ts'
import type { Conversation } from '../conversation.ts'
import { must, mustTake, Unanswered } from './answers.ts'
import type { Pbx } from './ari.ts'
import { channelOf } from './channels.ts'

type State = Conversation['recording']

const looks = 100
const look_ms = 10

export async function readRecording({ ari }: Pbx, attempt_id: string): Promise<State> {
  const live = must(await ari.liveRecording(attempt_id))
  if (live === null) return 'off'
  return live.state === 'paused' ? 'paused' : 'on'
}

export async function setRecording(
  pbx: Pbx,
  attempt_id: string,
  { from, to }: { from: State; to: State },
): Promise<void> {
  const { ari, trunk_id, app } = pbx
  const ear = `rec.${trunk_id}.${attempt_id}`
  if (to === 'off') {
    mustTake(await ari.stopRecording(attempt_id))
    await untilRecording(pbx, attempt_id, null)
    const trouble = await ari.endWhole(ear, 16)
    if (trouble !== null) throw new Unanswered(trouble)
  } else if (to === 'paused') {
    mustTake(await ari.pauseRecording(attempt_id))
  } else if (from === 'paused') {
    mustTake(await ari.resumeRecording(attempt_id))
  } else {
    mustTake(await ari.snoop(ear, channelOf('call', trunk_id, attempt_id), { spy: 'both', whisper: 'none', app }))
    mustTake(await ari.record(ear, attempt_id))
    await untilRecording(pbx, attempt_id, 'recording')
  }
}

/** Tells of the file of a call that is over, once it is whole; null when there is none. */
export async function findRecording(pbx: Pick<Pbx, 'ari'>, attempt_id: string, at: string): Promise<CallEvent | null> {
  await untilRecording(pbx, attempt_id, null)
  if (must(await pbx.ari.storedRecording(attempt_id)) === null) return null
  return { kind: 'recorded', at, url: pbx.ari.recordingUrl(attempt_id) }
}

async function untilRecording({ ari }: Pick<Pbx, 'ari'>, attempt_id: string, state: string | null): Promise<void> {
  for (let look = 0; look < looks; look++) {
    if ((must(await ari.liveRecording(attempt_id))?.state ?? null) === state) return
    await new Promise((resolve) => setTimeout(resolve, look_ms))
  }
  throw new Unanswered('the PBX does not record as told')
}
