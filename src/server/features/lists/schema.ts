import { z } from 'zod'
import { id } from '../../http/schema.ts'

export const list = z
  .object({
    /** The import's, or the campaign's own for the leads added by hand. */
    id,
    import_id: id.nullable(),
    /** The name of the file; null for the leads added by hand. */
    name: z.string().nullable(),
    weight: z.number().int(),
    leads: z.object({ total: z.number().int(), by_status: z.record(z.string(), z.number().int()) }),
    due_now: z.number().int(),
    /** Calls that left for its leads. */
    dialed: z.number().int(),
  })
  .meta({ id: 'List' })

export const lists = z.object({ data: z.array(list), next_cursor: z.null() }).meta({ id: 'Lists' })
export const listIds = z.object({ id, list_id: id })
export const listChange = z.strictObject({
  weight: z.number().int().min(0).max(1000).describe('Its part of the dials beside the other lists; 0: it rests'),
})
