import { z } from 'zod'
import { recordingSorts } from '#store/recordings.ts'
import { id, instant, pageQuery, sortQuery } from '../../http/schema.ts'

const states = ['waiting', 'kept', 'lost', 'leaving', 'gone'] as const

export const recording = z
  .object({
    id,
    call_id: id,
    campaign_id: id.nullable(),
    state: z.enum(states).describe('waiting: its audio is fetched from the carrier; leaving: it is being deleted'),
    recorded_at: instant,
    reason: z.string().nullable().describe('Why there is no audio, or none yet; or why its carrier still has a copy'),
    content_type: z.string().nullable(),
    bytes: z.number().int().nullable(),
    sha256: z.string().nullable(),
    duration_ms: z.number().int().nullable(),
    kept_at: instant.nullable(),
  })
  .meta({ id: 'Recording' })

export const peaks = z
  .object({
    channels: z
      .array(z.array(z.number().int()))
      .describe(
        'How loud each channel is from its beginning to its end, 0 to 100; none where the audio is no 16-bit WAV',
      ),
  })
  .meta({ id: 'RecordingPeaks' })

export const recordingQuery = z.strictObject({
  ...pageQuery,
  sort: sortQuery(recordingSorts, '-recorded_at'),
  call_id: id.exactOptional(),
  campaign_id: id.exactOptional(),
  state: z.enum(states).exactOptional(),
})
