import { z } from 'zod'
import { importOptionsSchema } from '#intake/import-options.ts'
import { id, instant, pageQuery } from '../../http/schema.ts'

const statuses = ['pending', 'processing', 'completed', 'partial', 'failed', 'cancelled', 'undone'] as const

export const importJob = z
  .object({
    id,
    number: z.number().int(),
    campaign_id: id.nullable(),
    owner_user_id: id,
    file_name: z.string(),
    file_size_bytes: z.number().int(),
    status: z.enum(statuses),
    options: z.record(z.string(), z.unknown()),
    /** How the file was understood. */
    layout: z.record(z.string(), z.unknown()).nullable(),
    consent_basis: z.string().nullable(),
    consent_text: z.string().nullable(),
    bytes_read: z.number().int(),
    total_rows: z.number().int(),
    imported_rows: z.number().int(),
    duplicate_rows: z.number().int(),
    invalid_rows: z.number().int(),
    suppressed_rows: z.number().int(),
    error: z.string().nullable(),
    created_at: instant,
    started_at: instant.nullable(),
    completed_at: instant.nullable(),
  })
  .meta({ id: 'Import' })

export const importError = z
  .object({
    id: z.number().int(),
    row: z.number().int(),
    column_name: z.string(),
    reason: z.string(),
    found: z.string(),
    expected: z.string(),
    cells: z.array(z.string()).nullable(),
  })
  .meta({ id: 'ImportError' })

const example = z.object({ row: z.number().int(), found: z.string(), expected: z.string() })
export const importCauses = z
  .object({
    data: z.array(
      z.object({
        reason: z.string(),
        column_name: z.string(),
        count: z.number().int(),
        examples: z.array(example).describe('The first three'),
      }),
    ),
  })
  .meta({ id: 'ImportCauses' })

export const importPreview = z
  .object({
    layout: z.record(z.string(), z.unknown()),
    rows: z.array(
      z.object({
        row: z.number().int(),
        fields: z.record(z.string(), z.unknown()).nullable(),
        refusal: z.record(z.string(), z.unknown()).nullable(),
      }),
    ),
    counts: z.record(z.string(), z.number().int()),
  })
  .meta({ id: 'ImportPreview' })

export const undone = z.object({ leads: z.number().int(), contacts: z.number().int() }).meta({ id: 'ImportUndone' })

export const importQuery = z.strictObject({
  ...pageQuery,
  campaign_id: id.exactOptional(),
  status: z.enum(statuses).exactOptional(),
})

export const errorQuery = z.strictObject({
  limit: pageQuery.limit,
  cursor: z.coerce.number().int().min(0).exactOptional(),
  reason: z.string().max(100).exactOptional(),
})

/**
 * What goes with a file: as parts of the form beside it, or in the address of a request whose body is the file. Options
 * may come one by one, or all in `options` as JSON.
 */
export const uploadFields = z.strictObject({
  campaign_id: id.exactOptional(),
  file_name: z.string().max(300).exactOptional(),
  consent_text: z.string().max(2000).exactOptional(),
  options: z.string().max(100_000).exactOptional(),
  mapping: z.string().max(100_000).exactOptional(),
  delimiter: z.string().max(10).exactOptional(),
  encoding: z.string().max(40).exactOptional(),
  header: z.string().max(5).exactOptional(),
  country: z.string().max(10).exactOptional(),
  number_rules: z.string().max(10_000).exactOptional(),
  overwrite: z.string().max(5).exactOptional(),
  consent_basis: z.string().max(200).exactOptional(),
  attempts: z.string().max(200).exactOptional(),
  date_order: z.string().max(20).exactOptional(),
})
/** Of a file of numbers, which has no people. */
const numberFields = {
  file_name: true,
  mapping: true,
  delimiter: true,
  encoding: true,
  header: true,
  country: true,
} as const
export const numberUploadFields = uploadFields.pick(numberFields)
export type UploadFields = z.output<typeof uploadFields>

const options = importOptionsSchema.describe('All options at once, instead of one by one')
/** The same fields as the document shows them: with the types that their text stands for. */
const described = {
  campaign_id: id.describe('The campaign they become leads of; without it they become contacts only').optional(),
  file_name: z.string().max(300).describe("Shown instead of the file's own").optional(),
  consent_text: z.string().max(2000).describe('The words in which consent was given').optional(),
  options: options.optional(),
  ...importOptionsSchema.shape,
} satisfies Record<keyof UploadFields, z.ZodType>
const binary = { format: 'binary' }
/** In an address these are written as JSON. */
const asJson = { 'x-consume': 'application/json' }

export const uploadBody = {
  content: {
    'multipart/form-data': { schema: z.object({ file: z.string().meta(binary), ...described }) },
    'text/csv': { schema: z.string().meta(binary) },
  },
}

export const uploadQuery = z.object({
  ...described,
  options: options.meta(asJson).optional(),
  mapping: described.mapping.unwrap().meta(asJson).optional(),
  number_rules: described.number_rules.unwrap().meta(asJson).optional(),
  attempts: described.attempts.unwrap().meta(asJson).optional(),
})

const describedNumbers = z.object(described).pick(numberFields)
export const numberUploadBody = {
  content: {
    'multipart/form-data': { schema: z.object({ file: z.string().meta(binary), ...describedNumbers.shape }) },
    'text/csv': { schema: z.string().meta(binary) },
  },
}
export const numberUploadQuery = describedNumbers.extend({
  mapping: described.mapping.unwrap().meta(asJson).optional(),
})
