import { peaksKey, recordingKey } from '#media/object-store.ts'
import { readPeaks } from '#media/peaks.ts'
import type { Page, PageOf } from '#store/keyset.ts'
import {
  discardRecording,
  listRecordings,
  type Recording,
  type RecordingFilter,
  type RecordingSort,
  readRecording,
} from '#store/recordings.ts'
import type { StoredAudio } from '../../http/audio.ts'
import type { Caller } from '../../http/caller.ts'
import { type ServerDeps, within } from '../../http/house.ts'
import { isRefusal, type Refusal, refuse, refuseUnknown } from '../../http/problems.ts'

export async function listOfRecordings(
  house: ServerDeps,
  caller: Caller,
  filter: RecordingFilter,
  page: PageOf<RecordingSort>,
): Promise<Page<Recording>> {
  return within(house, caller, (tx) => listRecordings(tx, caller.workspace_id, filter, page))
}

export async function readOneRecording(house: ServerDeps, caller: Caller, id: string): Promise<Recording | Refusal> {
  const recording = await within(house, caller, (tx) => readRecording(tx, caller.workspace_id, id))
  return recording ?? refuseUnknown('recording')
}

/** Where the audio of a recording is. */
export async function findRecordedAudio(house: ServerDeps, caller: Caller, id: string): Promise<StoredAudio | Refusal> {
  const recording = await within(house, caller, (tx) => readRecording(tx, caller.workspace_id, id))
  if (recording === null) return refuseUnknown('recording')
  const { state, content_type, bytes, sha256 } = recording
  if (state !== 'kept' || content_type === null || bytes === null || sha256 === null) {
    return refuse('conflict', 'There is no audio of this recording.', { state, reason: recording.reason })
  }
  const file_name = `call-${recording.call_id}`
  return { key: recordingKey(caller.workspace_id, id), content_type, bytes, sha256, file_name }
}

/** The waveform of a recording. What is deleted while it is being drawn leaves no waveform behind. */
export async function readOnePeaks(house: ServerDeps, caller: Caller, id: string): Promise<Peaks | Refusal> {
  const audio = await findRecordedAudio(house, caller, id)
  if (isRefusal(audio)) return audio
  const { workspace_id } = caller
  const channels = await readPeaks(house, { workspace_id, id, bytes: audio.bytes })
  const still = await findRecordedAudio(house, caller, id)
  if (isRefusal(still)) {
    await house.objects.delete(peaksKey(workspace_id, id))
    return still
  }
  return channels === null ? refuseUnknown('audio of this recording') : { channels }
}

export interface Peaks {
  channels: number[][]
}

/** Deletes the audio; that there was a recording stays known. */
export async function discardOneRecording(house: ServerDeps, caller: Caller, id: string): Promise<null | Refusal> {
  const { workspace_id } = caller
  const found = await within(house, caller, async (tx) => {
    if ((await readRecording(tx, workspace_id, id)) === null) return false
    await discardRecording(tx, workspace_id, id, `deleted by user ${caller.user_id}`)
    return true
  })
  if (!found) return refuseUnknown('recording')
  house.recordings.wake()
  return null
}
