import { z } from 'zod'
import { listScopes, suppressionListSorts } from '#store/suppression-lists.ts'
import {
  brand,
  country,
  flagQuery,
  id,
  instant,
  instantText,
  listQuery,
  name,
  pageQuery,
  sortQuery,
} from '../../http/schema.ts'

export const suppressionList = z
  .object({
    id,
    name: z.string(),
    source: z.string(),
    scope: z.enum(listScopes),
    brand: z.string().nullable(),
    campaign_id: id.nullable(),
    country: z.string().nullable(),
    region: z.string().nullable(),
    expires_at: instant.nullable(),
    numbers: z.number().int().describe('That block now; of a removed list, that did'),
    status: z.enum(['empty', 'importing', 'ready', 'failed']).describe('Of the latest file'),
    file_name: z.string().nullable(),
    file_size_bytes: z.number().int(),
    bytes_read: z.number().int(),
    rows_read: z.number().int(),
    added_numbers: z.number().int(),
    repeated_numbers: z.number().int().describe('That stood in the file before'),
    refused_rows: z.number().int(),
    error: z.string().nullable(),
    uploaded_by: id.nullable(),
    uploaded_at: instant.nullable(),
    completed_at: instant.nullable(),
    created_by: id.nullable(),
    created_at: instant,
    removed_by: id.nullable(),
    removed_at: instant.nullable(),
    removed_reason: z.string().nullable(),
  })
  .meta({ id: 'SuppressionList' })

export const newSuppressionList = z.strictObject({
  name,
  source: z.string().trim().min(1).max(500).describe('Who gave it, such as “FTC download of 2026-11-20”'),
  scope: z.enum(listScopes).describe('Whose calls it blocks: of a brand or campaign, theirs; else all'),
  brand: brand.describe('With the scope brand').exactOptional(),
  campaign_id: id.describe('With the scope campaign').exactOptional(),
  country: country.describe('With the scope national; it may go with state').exactOptional(),
  region: z
    .string()
    .trim()
    .toUpperCase()
    .regex(/^[A-Z0-9-]{1,10}$/, 'must be a code such as FL')
    .describe('With the scope state')
    .exactOptional(),
  expires_at: instantText.describe('When it ends; without it, never').exactOptional(),
})
export type SuppressionListInput = z.output<typeof newSuppressionList>

export const suppressionListQuery = z.strictObject({
  ...pageQuery,
  sort: sortQuery(suppressionListSorts, '-created_at'),
  scope: listQuery(listScopes),
  removed: flagQuery,
})
