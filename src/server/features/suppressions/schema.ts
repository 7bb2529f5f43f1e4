import { z } from 'zod'
import { suppressionSorts } from '#store/suppressions.ts'
import { brand, id, instant, instantText, listQuery, pageQuery, sortQuery } from '../../http/schema.ts'
import { suppressionList } from './list-schema.ts'

const sources = ['manual', 'customer_request', 'system', 'import', 'erasure'] as const

export const suppression = z
  .object({
    id,
    number: z.string(),
    scope: z.enum(['workspace', 'brand', 'campaign']),
    campaign_id: id.nullable(),
    brand: z.string().nullable(),
    reason: z.string(),
    source: z.enum(sources),
    added_by: id.nullable(),
    expires_at: instant.nullable(),
    created_at: instant,
    removed_at: instant.nullable(),
    removed_by: id.nullable(),
  })
  .meta({ id: 'Suppression' })

export const newSuppression = z.strictObject({
  number: z.string().max(100),
  reason: z.string().trim().max(1000).default(''),
  source: z.enum(['manual', 'customer_request']).default('manual'),
  campaign_id: id.describe('Only in this campaign; in all of the workspace without it').exactOptional(),
  brand: brand
    .describe('Only in campaigns that call under this name, whatever its case; not together with campaign_id')
    .exactOptional(),
  expires_at: instantText.exactOptional(),
})

export const suppressionQuery = z.strictObject({
  ...pageQuery,
  sort: sortQuery(suppressionSorts, '-created_at'),
  number: z.string().max(100).exactOptional(),
  campaign_id: id.exactOptional(),
  brand: z.string().max(200).exactOptional(),
  source: listQuery(sources),
})

export const lookUpQuery = z.strictObject({ number: z.string().max(100) })
export const lookUp = z
  .object({
    number: z.string(),
    suppressed: z.boolean(),
    suppressions: z.array(suppression),
    lists: z.array(suppressionList),
  })
  .meta({ id: 'SuppressionLookUp' })

export const removal = z.strictObject({ reason: z.string().trim().min(1).max(1000) })
