import { randomInt } from 'node:crypto'
import type { NumberRules } from '#domain/phone-number.ts'
import { type CampaignEvidence, readCampaignEvidence } from '#store/lead-evidence.ts'
import type { Tx } from '#store/tx.ts'
import { readWorkspace } from '#store/workspaces.ts'
import type { ImportOptions } from './import-options.ts'
import type { Layout } from './layout.ts'
import type { RowRules } from './read-row.ts'
import type { ReadingPlan } from './stage-file.ts'

/** The rules of a file's rows: the workspace's, and on top what was said of the file. */
export type ImportRules = Omit<RowRules, 'checks'> & { campaign: CampaignEvidence | null }

/** Countries whose lists write the month before the day. */
const monthFirst = ['US', 'PR', 'VI', 'GU', 'AS', 'MP', 'PH', 'BZ', 'PW', 'FM', 'MH']

export async function readRules(
  tx: Tx,
  workspaceId: string,
  campaignId: string | null,
  options: ImportOptions,
): Promise<ImportRules> {
  const workspace = await readWorkspace(tx, workspaceId)
  if (!workspace) throw new Error('an import of a workspace that is not there')
  const campaigns = await readCampaignEvidence(tx, workspaceId, campaignId === null ? [] : [campaignId])
  const campaign = campaignId === null ? null : (campaigns.get(campaignId) ?? null)
  if (campaignId !== null && !campaign) throw new Error('an import into a campaign that is not there')
  const country = options.country ?? workspace.country
  return {
    campaign,
    numbers: numberRules(workspace.number_rules.drop_prefixes, country, options),
    dates: {
      order: options.date_order ?? (monthFirst.includes(country) ? 'month_first' : 'day_first'),
      zone: campaign?.time_zone ?? workspace.time_zone,
    },
    default_attempts: options.attempts?.default ?? null,
  }
}

function numberRules(dropPrefixes: readonly string[], country: string, options: ImportOptions): NumberRules {
  const { drop_prefixes = [], allow_international_digits } = options.number_rules ?? {}
  return {
    country,
    drop_prefixes: [...dropPrefixes, ...drop_prefixes],
    ...(allow_international_digits === undefined ? {} : { allow_international_digits }),
  }
}

/** Rows that are merged, and become dialable, at once. */
const chunkRows = 50_000
/** A file of this size has more rows than one chunk anyway: its first chunk is short, so that calling starts at once. */
const largeFileBytes = 32 * 1024 * 1024
const firstChunkRows = 1_000
const mostRuns = 2 ** 31 - 1

export interface ReadingRequest {
  path: string
  file_size_bytes: number
  layout: unknown
  rules: ImportRules
  import_id: string
  at: number
  skip_chunks?: number
  chunk_rows?: number
  show_rows?: number
}

export function planReading({ file_size_bytes, rules, layout, ...request }: ReadingRequest): ReadingPlan {
  const { campaign, ...rowRules } = rules
  const chunk_rows = request.chunk_rows ?? chunkRows
  return {
    skip_chunks: 0,
    show_rows: 0,
    ...request,
    file_size_bytes,
    layout: layout as Layout,
    rules: rowRules,
    campaign,
    run: randomInt(mostRuns),
    chunk_rows,
    first_chunk_rows: file_size_bytes > largeFileBytes ? Math.min(firstChunkRows, chunk_rows) : chunk_rows,
  }
}
