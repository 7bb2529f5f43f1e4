/**
 * A call's recording: what its customer says and hears, whatever leg it is bridged to, in files that are named after the
 * attempt and stay with the PBX. Taken from the customer's channel: what a consultation says without them is not in it.
 */
import type { CallEvent } from '#domain/call.ts'
import type { Conversation } from '../conversation.ts'
import { must, mustTake, Unanswered } from './answers.ts'
import type { Pbx } from './ari.ts'
import { channelOf } from './channels.ts'
import { voicesOf } from './recordings.ts'

type State = Conversation['recording']

const looks = 100
const look_ms = 10

export async function readRecording({ ari }: Pbx, attempt_id: string): Promise<State> {
  const live = must(await ari.liveRecording(attempt_id))
  if (live === null) return 'off'
  return live.state === 'paused' ? 'paused' : 'on'
}

/** What is recorded of a call: both voices in one file; where the trunk says so, each in one of its own as well. */
function takesOf({ ari, trunk_id }: Pbx, attempt_id: string): Take[] {
  const mixed: Take = { name: attempt_id, ear: `rec.${trunk_id}.${attempt_id}`, spy: 'both' }
  if (!ari.splits_recordings) return [mixed]
  const [customer, agent] = voicesOf(attempt_id)
  return [
    mixed,
    { name: customer, ear: `rec-customer.${trunk_id}.${attempt_id}`, spy: 'in' },
    { name: agent, ear: `rec-agent.${trunk_id}.${attempt_id}`, spy: 'out' },
  ]
}

interface Take {
  name: string
  ear: string
  spy: 'both' | 'in' | 'out'
}

/** They begin and pause together as nearly as a PBX does two things at once. */
export async function setRecording(pbx: Pbx, attempt_id: string, change: { from: State; to: State }): Promise<void> {
  await Promise.all(takesOf(pbx, attempt_id).map((take) => setTake(pbx, attempt_id, take, change)))
}

async function setTake(
  pbx: Pbx,
  attempt_id: string,
  { name, ear, spy }: Take,
  { from, to }: { from: State; to: State },
): Promise<void> {
  const { ari, trunk_id, app } = pbx
  if (to === 'off') {
    mustTake(await ari.stopRecording(name))
    await untilRecording(pbx, name, null)
    const trouble = await ari.endWhole(ear, 16)
    if (trouble !== null) throw new Unanswered(trouble)
  } else if (to === 'paused') {
    mustTake(await ari.pauseRecording(name))
  } else if (from === 'paused') {
    mustTake(await ari.resumeRecording(name))
  } else {
    mustTake(await ari.snoop(ear, channelOf('call', trunk_id, attempt_id), { spy, whisper: 'none', app }))
    mustTake(await ari.record(ear, name))
    await untilRecording(pbx, name, 'recording')
  }
}

/** Tells of the files of a call that is over, once they are whole. */
export async function findRecordings(pbx: Pick<Pbx, 'ari'>, attempt_id: string, at: string): Promise<CallEvent[]> {
  const isThere = async (name: string) => {
    await untilRecording(pbx, name, null)
    return must(await pbx.ari.storedRecording(name)) !== null
  }
  if (!(await isThere(attempt_id))) return []
  const mixed: CallEvent = { kind: 'recorded', at, url: pbx.ari.recordingUrl(attempt_id) }
  const voices = await Promise.all(voicesOf(attempt_id).map(isThere))
  if (!voices.every(Boolean)) return [mixed]
  return [mixed, { kind: 'recorded', at, url: pbx.ari.splitRecordingUrl(attempt_id) }]
}

async function untilRecording({ ari }: Pick<Pbx, 'ari'>, attempt_id: string, state: string | null): Promise<void> {
  for (let look = 0; look < looks; look++) {
    if ((must(await ari.liveRecording(attempt_id))?.state ?? null) === state) return
    await new Promise((resolve) => setTimeout(resolve, look_ms))
  }
  throw new Unanswered('the PBX does not record as told')
}
