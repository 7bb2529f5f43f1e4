import { z } from 'zod'
import { dispositionSorts } from '#store/dispositions.ts'
import {
  day,
  flagQuery,
  freeObject,
  id,
  instant,
  instantText,
  longText,
  name,
  pageQuery,
  sortQuery,
} from '../../http/schema.ts'

const key = z.string().regex(/^[a-z][a-z0-9_]{0,49}$/, 'must be lower-case letters, digits and _')
const meaning = {
  counts_as_contact: z.boolean().exactOptional(),
  success: z.boolean().exactOptional(),
  /** The lead is completed. */
  final: z.boolean().exactOptional(),
  /** The lead is due again within its budget, or is a callback where a time was promised. */
  retries: z.boolean().exactOptional(),
  blocks_number: z.boolean().exactOptional(),
}
const placing = {
  /** note, callback_at, or members of the disposition's own fields. */
  required_fields: z.array(key).max(20).exactOptional(),
  position: z.number().int().min(0).max(1000).exactOptional(),
}

/** Without a key, one is made of the name. */
export const newDisposition = z.strictObject({ name, key: key.exactOptional(), ...meaning, ...placing })
export const dispositionChange = z.strictObject({
  name: name.exactOptional(),
  retired: z.boolean().exactOptional(),
  ...meaning,
  ...placing,
})

export const disposition = z
  .object({
    id,
    key: z.string(),
    name: z.string(),
    dialect_keys: z.array(z.string()),
    counts_as_contact: z.boolean(),
    success: z.boolean(),
    final: z.boolean(),
    retries: z.boolean(),
    blocks_number: z.boolean(),
    required_fields: z.array(z.string()),
    position: z.number().int(),
    built_in: z.boolean(),
    retired_at: instant.nullable(),
    created_at: instant,
    updated_at: instant,
  })
  .meta({ id: 'Disposition' })

export const dispositionQuery = z.strictObject({
  ...pageQuery,
  sort: sortQuery(dispositionSorts, 'position'),
  retired: flagQuery,
})

/** What a call meant: a category's key or id. */
export const newCallDisposition = z.strictObject({
  disposition: z.string().trim().min(1).max(200),
  note: longText.exactOptional(),
  callback_at: instantText
    .nullable()
    .describe("null: a callback without a time; it comes after the campaign's retry interval")
    .exactOptional(),
  callback_on: day
    .describe("Instead of a time: the first lawful minute of that day on the person's clock")
    .exactOptional(),
  /** Whose call the promised one is: the team's unless it says otherwise. */
  callback_agent: z.union([z.enum(['me', 'team']), id]).exactOptional(),
  fields: freeObject.exactOptional(),
})

const said = {
  note: z.string(),
  callback_at: instant.nullable(),
  fields: z.record(z.string(), z.unknown()),
}

export const callDisposition = z
  .object({
    call_id: id,
    disposition: z.string(),
    name: z.string(),
    ...said,
    set_by: id,
    set_at: instant,
    changed_by: id,
    changed_at: instant,
    /** Until then whoever set it may set another; a supervisor always may. */
    correctable_until: instant,
    /** The block that it made, or found. */
    suppression_id: id.nullable(),
  })
  .meta({ id: 'CallDisposition' })

export const callDispositionWithChanges = callDisposition
  .extend({
    changes: z.array(
      z.object({
        step: z.number().int(),
        from_disposition: z.string().nullable(),
        disposition: z.string(),
        ...said,
        by_user_id: id,
        at: instant,
      }),
    ),
  })
  .meta({ id: 'CallDispositionWithChanges' })
