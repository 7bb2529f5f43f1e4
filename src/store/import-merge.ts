/**
 * The way of an import's rows into the database: COPY into staging, and one function that merges a chunk whole. Row-level
 * security admits no COPY into the tables themselves, and the app can't read what it staged.
 */
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { from as copyFrom } from 'pg-copy-streams'
import type { Tx } from './tx.ts'

/** In the order of the lines that COPY takes; the workspace is the database's to fill in. */
export const stagingColumns = [
  'import_id',
  'run',
  'chunk',
  'row',
  'repeats',
  'contact_id',
  'lead_id',
  'number',
  'phone_kind',
  'extension',
  'alternates',
  'full_name',
  'first_name',
  'last_name',
  'company',
  'email',
  'city',
  'time_zone',
  'country',
  'region',
  'postcode',
  'language',
  'custom',
  'priority',
  'max_attempts',
  'consent_basis',
  'customer_segment',
  'last_order_date',
  'follow_up_date',
  'not_before',
  'due_at',
  'status',
  'held_by',
  'column_name',
  'reason',
  'found',
  'expected',
  'cells',
] as const

/** Stages lines in COPY's text form; returns how many there were. */
export async function stageRows(tx: Tx, lines: AsyncIterable<Uint8Array>): Promise<number> {
  const copy = tx.query(copyFrom(`copy import_staging (${stagingColumns.join(', ')}) from stdin`))
  await pipeline(Readable.from(lines, { objectMode: true }), copy)
  return copy.rowCount
}

export interface MergeCounts {
  /** The sum of the other four. */
  total: number
  imported: number
  duplicate: number
  invalid: number
  /** Became leads that are not called, since their number is on a suppression list. */
  suppressed: number
}

/** Merges a staged chunk and moves the import's progress on; null when the import is no longer this worker's. */
export async function mergeChunk(
  tx: Tx,
  chunk: {
    import_id: string
    run: number
    chunk: number
    rows: number
    worker: string
    first_number: number
    at: number
  },
): Promise<MergeCounts | null> {
  const { rows } = await tx.query<{ counts: MergeCounts | null }>({
    name: 'merge-import-chunk',
    text: 'select merge_import_chunk($1, $2, $3, $4, $5, $6, $7) as counts',
    values: [chunk.import_id, chunk.run, chunk.chunk, chunk.rows, chunk.worker, chunk.first_number, new Date(chunk.at)],
  })
  return rows[0]?.counts ?? null
}

export interface PreviewCounts {
  total: number
  /** Leads (without a campaign: contacts) of people we don't know, and of people we do. */
  create: number
  update: number
  duplicate: number
  invalid: number
  suppressed: number
}

/** What merging everything staged for a preview would do. */
export async function previewStaged(
  tx: Tx,
  preview: { import_id: string; run: number; campaign_id: string | null; at: number },
): Promise<PreviewCounts> {
  const { rows } = await tx.query<{ counts: PreviewCounts }>('select preview_import($1, $2, $3, $4) as counts', [
    preview.import_id,
    preview.run,
    preview.campaign_id,
    new Date(preview.at),
  ])
  return (rows[0] as { counts: PreviewCounts }).counts
}

/** Removes what a reading of the file left in staging: that of one run, of all but one, or everything. */
export async function clearStaging(
  tx: Tx,
  importId: string,
  which: { run?: number; except_run?: number } = {},
): Promise<void> {
  await tx.query('select clear_import_staging($1, $2, $3)', [importId, which.run ?? null, which.except_run ?? null])
}
