/** The waveform of a recording: made from its audio when it is first looked at, and kept beside it from then on. */
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { createPeakMeter } from '#domain/peaks.ts'
import { readWavHead, wav_head_bytes } from '#domain/wav.ts'
import { type ObjectStore, peaksKey, recordingKey } from './object-store.ts'
import { type Staging, stage } from './stage.ts'

/** Many times what a thousand peaks of two channels take. */
const most_bytes = 100_000

interface Media {
  objects: ObjectStore
  staging: Staging
}

export interface KeptRecording {
  workspace_id: string
  id: string
  bytes: number
}

/** Of each channel how loud it is, from 0 to 100; no channel where the audio is of a kind that is not looked into. */
export async function readPeaks(media: Media, recording: KeptRecording): Promise<number[][] | null> {
  const key = peaksKey(recording.workspace_id, recording.id)
  const kept = await media.objects.read(key, { first: 0, last: most_bytes })
  if (kept !== null) return JSON.parse((await buffer(kept)).toString()) as number[][]
  const peaks = await measure(media.objects, recording)
  if (peaks === null) return null
  const staging = await stage(media.staging, Readable.from([Buffer.from(JSON.stringify(peaks))]), 'application/json')
  if (!staging.ok) throw new Error(`peaks are ${staging.reason}`)
  try {
    await media.objects.put(key, staging.staged)
  } finally {
    await staging.staged.clear()
  }
  return peaks
}

/** Null where there is no audio. */
async function measure(objects: ObjectStore, { workspace_id, id, bytes }: KeptRecording): Promise<number[][] | null> {
  const key = recordingKey(workspace_id, id)
  const start = await objects.read(key, { first: 0, last: Math.min(bytes, wav_head_bytes) - 1 })
  if (start === null) return null
  const head = readWavHead(await buffer(start), bytes)
  const meter = head && createPeakMeter(head)
  if (head === null || meter === null || head.samples_at >= bytes) return []
  const samples = await objects.read(key, { first: head.samples_at, last: bytes - 1 })
  if (samples === null) return null
  for await (const chunk of samples) meter.add(chunk as Buffer)
  return meter.read()
}
