/**
 * From a carrier's word that a call was recorded to its audio in our own store. In: a recording that is due. Out: it is kept,
 * and its carrier's copy deleted where the trunk says so, lost, gone, or due again later. It must never tell a recording kept that can't be read, nor keep one that was to be deleted.
 */
import type { Readable } from 'node:stream'
import type { Clock } from '#domain/clock.ts'
import type { Pool } from '#store/database.ts'
import {
  type DueRecording,
  endRecording,
  keepRecording,
  noteForgotten,
  postponeRecording,
  takeRecording,
} from '#store/recordings.ts'
import { inWorkspace } from '#store/tx.ts'
import { type ObjectStore, peaksKey, recordingKey } from './object-store.ts'
import { type Staging, stage } from './stage.ts'

/** A carrier's answer to who wants to hear a recording; `gone`: it has it no more, or has it not yet. */
export type AudioReply =
  | { ok: true; body: Readable; content_type: string }
  | { ok: false; gone: boolean; reason: string }

export interface RecordingDeps {
  pool: Pool
  clock: Clock
  objects: ObjectStore
  staging: Staging
  fetchAudio(workspace_id: string, trunk_id: string, url: string, signal: AbortSignal): Promise<AudioReply>
  /** Deletes the carrier's own copy. Null once it is gone; `for_good`: asking again is of no use. */
  forgetAudio(
    workspace_id: string,
    trunk_id: string,
    url: string,
  ): Promise<{ reason: string; for_good: boolean } | null>
}

/** Longer than the longest download; who dies in it is followed by another. */
const lease_s = 15 * 60
const fetch_within_ms = 10 * 60_000
/** About two days. */
const most_tries = 19
/** A carrier that has nothing may only be slow to write it down. */
const tries_when_gone = 6

/** Seconds from one try to the next: doubled from ten seconds to six hours. */
const pauseAfter = (tries: number): number => Math.min(10 * 2 ** (tries - 1), 6 * 3600)

export async function settleRecording(
  deps: RecordingDeps,
  { workspace_id, recording_id }: { workspace_id: string; recording_id: string },
  signal: AbortSignal,
): Promise<void> {
  const { pool, objects } = deps
  const recording = await inWorkspace(pool, { workspace_id }, (tx) =>
    takeRecording(tx, workspace_id, recording_id, lease_s),
  )
  if (recording === null) return
  if (recording.state === 'waiting') return fetchRecording(deps, workspace_id, recording, signal)
  if (recording.state === 'kept') return forgetCopy(deps, workspace_id, recording)
  await objects.delete(recordingKey(workspace_id, recording_id))
  await objects.delete(peaksKey(workspace_id, recording_id))
  await inWorkspace(pool, { workspace_id }, (tx) => endRecording(tx, workspace_id, recording_id))
}

/** What is kept is safe in our store: the carrier needs its copy no more. */
async function forgetCopy(
  { pool, forgetAudio }: RecordingDeps,
  workspace_id: string,
  { id, trunk_id, url, tries }: DueRecording,
): Promise<void> {
  const trouble = await forgetAudio(workspace_id, trunk_id, url)
  const again_in_seconds = trouble?.for_good || tries >= most_tries ? null : pauseAfter(tries)
  const left = trouble && { reason: `the carrier's copy is still there: ${trouble.reason}`, again_in_seconds }
  await inWorkspace(pool, { workspace_id }, (tx) => noteForgotten(tx, workspace_id, id, left))
}

async function fetchRecording(
  deps: RecordingDeps,
  workspace_id: string,
  { id, trunk_id, url, tries }: DueRecording,
  signal: AbortSignal,
): Promise<void> {
  const postpone = (reason: string, tries_at_most = most_tries) => {
    const again = tries < tries_at_most ? pauseAfter(tries) : null
    return inWorkspace(deps.pool, { workspace_id }, (tx) => postponeRecording(tx, workspace_id, id, reason, again))
  }
  const limit = AbortSignal.any([signal, AbortSignal.timeout(fetch_within_ms)])
  try {
    const audio = await deps.fetchAudio(workspace_id, trunk_id, url, limit)
    if (!audio.ok) return await postpone(audio.reason, audio.gone ? tries_when_gone : most_tries)
    const staging = await stage(deps.staging, audio.body, audio.content_type)
    if (!staging.ok)
      return await postpone(`what the carrier sent is ${staging.reason.replace('_', ' ')}`, tries_when_gone)
    const { staged } = staging
    const key = recordingKey(workspace_id, id)
    try {
      await deps.objects.put(key, staged)
    } finally {
      await staged.clear()
    }
    const kept = await inWorkspace(deps.pool, { workspace_id }, (tx) =>
      keepRecording(
        tx,
        workspace_id,
        id,
        { ...staged, duration_ms: staged.wav?.duration_ms ?? null },
        deps.clock.now(),
      ),
    )
    if (!kept) await deps.objects.delete(key)
  } catch (error) {
    // Whatever it was, it is on the recording, and tried again.
    await postpone(signal.aborted ? 'the server stopped meanwhile' : (error as Error).message)
  }
}
