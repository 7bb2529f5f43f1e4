import { z } from 'zod'
import { freeObject, id, instant, name } from '../../http/schema.ts'

export const trunk = z
  .object({
    id,
    name: z.string(),
    provider: z.string(),
    is_default: z.boolean(),
    active: z.boolean(),
    channels: z.number().int(),
    calls_per_second: z.number().nullable(),
    settings: z.record(z.string(), z.unknown()),
    has_secret: z.boolean(),
    caller_ids: z.array(z.object({ number: z.string(), name: z.string().nullable() })),
    created_at: instant,
    updated_at: instant,
  })
  .meta({ id: 'Trunk' })

const channels = z.number().int().min(0).max(100_000)
const calls_per_second = z.number().positive().max(10_000).nullable()

export const newTrunk = z.strictObject({
  name,
  provider: z.string().min(1).max(50),
  is_default: z.boolean().default(false),
  channels: channels.default(20),
  calls_per_second: calls_per_second.default(null),
  settings: freeObject.default({}),
  /** Credentials; kept sealed and never shown again. */
  secret: z.string().min(1).max(5000).exactOptional(),
})

export const trunkChange = z.strictObject({
  name: name.exactOptional(),
  is_default: z.literal(true).exactOptional(),
  active: z.boolean().exactOptional(),
  channels: channels.exactOptional(),
  calls_per_second: calls_per_second.exactOptional(),
  settings: freeObject.exactOptional(),
  secret: z.string().min(1).max(5000).exactOptional(),
})

export const callerId = z.strictObject({ number: z.string().max(100), name: name.nullable().default(null) })
