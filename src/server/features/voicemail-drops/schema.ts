import { z } from 'zod'
import { voicemailDropSorts } from '#store/voicemail-drops.ts'
import { id, instant, name, pageQuery, sortQuery } from '../../http/schema.ts'

/** The carrier's name of a recording that it has. */
const message = z.string().trim().min(1).max(200)
const duration_seconds = z.number().int().min(1).max(600).nullable()

export const newVoicemailDrop = z.strictObject({
  name,
  message: message.nullable().default(null),
  duration_seconds: duration_seconds.default(null),
})
export const voicemailDropChange = z.strictObject({
  name: name.exactOptional(),
  message: message.exactOptional(),
  duration_seconds: duration_seconds.exactOptional(),
})

export const voicemailDrop = z
  .object({
    id,
    name: z.string(),
    message: z.string().nullable(),
    bytes: z.number().int().nullable().describe('Of its audio; null until it was uploaded'),
    sha256: z.string().nullable(),
    duration_seconds: z.number().int().nullable(),
    /** How often it was left. */
    usage_count: z.number().int(),
    created_at: instant,
    updated_at: instant,
  })
  .meta({ id: 'VoicemailDrop' })

export const voicemailDropQuery = z.strictObject({ ...pageQuery, sort: sortQuery(voicemailDropSorts, 'name') })
