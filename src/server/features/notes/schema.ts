import { z } from 'zod'
import { noteTypes } from '#store/notes.ts'
import { flagQuery, id, instant, listQuery, pageQuery, sortQuery } from '../../http/schema.ts'

const content = z.string().trim().min(1).max(20_000)
const type = z.enum(noteTypes)

export const newNote = z.strictObject({ content, type: type.default('general'), important: z.boolean().default(false) })
export const noteChange = z.strictObject({
  content: content.exactOptional(),
  type: type.exactOptional(),
  important: z.boolean().exactOptional(),
})
export const noteIds = z.object({ id, note_id: id })

export const note = z
  .object({
    id,
    call_id: id,
    contact_id: id.nullable(),
    type,
    content: z.string(),
    important: z.boolean(),
    author_user_id: id,
    created_at: instant,
    updated_at: instant,
  })
  .meta({ id: 'Note' })

export const noteQuery = z.strictObject({
  ...pageQuery,
  sort: sortQuery(['created_at'], '-created_at'),
  type: listQuery(noteTypes),
  important: flagQuery,
})
