import { addList } from './lists.ts'
import { advanceCounter } from './numbers.ts'
import type { Tx } from './tx.ts'

/** `partial`: some rows were refused, or the file could not be read to its end. */
export type ImportStatus = 'pending' | 'processing' | 'completed' | 'partial' | 'failed' | 'cancelled' | 'undone'

export interface ImportJob {
  id: string
  number: number
  campaign_id: string | null
  owner_user_id: string
  file_name: string
  file_size_bytes: number
  /** Below the data folder; null once the file is no longer needed. */
  file_path: string | null
  status: ImportStatus
  options: Record<string, unknown>
  layout: Record<string, unknown> | null
  consent_basis: string | null
  consent_text: string | null
  bytes_read: number
  /** The sum of the four below. */
  total_rows: number
  imported_rows: number
  duplicate_rows: number
  invalid_rows: number
  suppressed_rows: number
  chunks_merged: number
  /** Why the file could not be read, and what to do. */
  error: string | null
  created_at: Date
  started_at: Date | null
  completed_at: Date | null
}

export const importColumns = `id, number, campaign_id, owner_user_id, file_name, file_size_bytes, file_path, status, options, layout,
  consent_basis, consent_text, bytes_read, total_rows, imported_rows, duplicate_rows, invalid_rows, suppressed_rows,
  chunks_merged, error, created_at, started_at, completed_at`

export type NewImport = Pick<
  ImportJob,
  'id' | 'campaign_id' | 'owner_user_id' | 'file_name' | 'file_size_bytes' | 'file_path'
> & {
  options: object
  consent_basis?: string | null
  consent_text?: string | null
}

/** Writes down an upload that lies ready in its file; a runner takes it up from there. */
export async function createImport(tx: Tx, workspaceId: string, job: NewImport, at: number): Promise<ImportJob> {
  const number = await advanceCounter(tx, workspaceId, 'imports', 1)
  const { rows } = await tx.query<ImportJob>(
    `insert into imports (workspace_id, id, number, campaign_id, owner_user_id, file_name, file_size_bytes, file_path,
       options, consent_basis, consent_text, created_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) returning ${importColumns}`,
    [
      workspaceId,
      job.id,
      number,
      job.campaign_id,
      job.owner_user_id,
      job.file_name,
      job.file_size_bytes,
      job.file_path,
      JSON.stringify(job.options),
      job.consent_basis ?? null,
      job.consent_text ?? null,
      new Date(at),
    ],
  )
  if (job.campaign_id !== null) await addList(tx, workspaceId, job.id, at)
  return rows[0] as ImportJob
}

export async function readImport(tx: Tx, workspaceId: string, id: string): Promise<ImportJob | null> {
  const { rows } = await tx.query<ImportJob>(
    `select ${importColumns} from imports where workspace_id = $1 and id = $2`,
    [workspaceId, id],
  )
  return rows[0] ?? null
}

export interface ImportFilter {
  campaign_id?: string
  status?: ImportStatus
  /** The last id of the page before. */
  after?: string
  limit: number
}

/** Newest first. */
export async function listImports(tx: Tx, workspaceId: string, filter: ImportFilter): Promise<ImportJob[]> {
  const { rows } = await tx.query<ImportJob>(
    `select ${importColumns} from imports
     where workspace_id = $1 and ($2::uuid is null or campaign_id = $2) and ($3::text is null or status = $3)
       and ($4::uuid is null or id < $4)
     order by id desc limit $5`,
    [workspaceId, filter.campaign_id ?? null, filter.status ?? null, filter.after ?? null, filter.limit],
  )
  return rows
}

export interface ImportError {
  id: number
  /** As a spreadsheet shows it, the header being 1. */
  row: number
  column_name: string
  /** invalid_number, duplicate_in_campaign, suppressed … */
  reason: string
  found: string
  expected: string
  /** The row as it came; null where there is nothing to mend. */
  cells: string[] | null
}

/** The rows that became no lead to call, in the order of the file within each chunk. */
export async function listImportErrors(
  tx: Tx,
  workspaceId: string,
  importId: string,
  page: { after?: number; limit: number; reason?: string },
): Promise<ImportError[]> {
  const { rows } = await tx.query<ImportError>(
    `select id, row, column_name, reason, found, expected, cells from import_errors
     where workspace_id = $1 and import_id = $2 and id > $3 and ($4::text is null or reason = $4) order by id limit $5`,
    [workspaceId, importId, page.after ?? 0, page.reason ?? null, page.limit],
  )
  return rows
}

/** Rows that became no lead for one reason in one column. */
export interface ImportCause {
  reason: string
  column_name: string
  count: number
  /** The first few of them. */
  examples: Pick<ImportError, 'row' | 'found' | 'expected'>[]
}

const examplesShown = 3

/** What stood against rows of an import, the most frequent first. */
export async function listImportCauses(tx: Tx, workspaceId: string, importId: string): Promise<ImportCause[]> {
  const { rows } = await tx.query<ImportCause>(
    `select reason, column_name, max(of_cause)::int as count,
       jsonb_agg(jsonb_build_object('row', row, 'found', found, 'expected', expected) order by id) as examples
     from (select e.*, count(*) over (partition by reason, column_name) as of_cause,
         row_number() over (partition by reason, column_name order by id) as place
       from import_errors e where e.workspace_id = $1 and e.import_id = $2) each
     where place <= ${examplesShown} group by reason, column_name order by count desc, reason, column_name`,
    [workspaceId, importId],
  )
  return rows
}

/** The refused rows that can be handed back: those whose cells were kept. Ids after `after`, in their order. */
export async function listRefusedRows(
  tx: Tx,
  workspaceId: string,
  importId: string,
  page: { after: number; limit: number },
): Promise<ImportError[]> {
  const { rows } = await tx.query<ImportError>(
    `select id, row, column_name, reason, found, expected, cells from import_errors
     where workspace_id = $1 and import_id = $2 and id > $3 and cells is not null order by id limit $4`,
    [workspaceId, importId, page.after, page.limit],
  )
  return rows
}

/** Seconds after which an import whose worker is silent belongs to whoever takes it; renewed at a third of that. */
export const importLeaseSeconds = 15

/** Takes an unfinished import for this worker; null when it is finished or somebody else's. */
export async function leaseImport(
  tx: Tx,
  workspaceId: string,
  id: string,
  worker: string,
  at: number,
): Promise<ImportJob | null> {
  const { rows } = await tx.query<ImportJob>(
    `update imports set status = 'processing', leased_by = $3, lease_until = clock_timestamp() + make_interval(secs => $4),
       started_at = coalesce(started_at, $5)
     where workspace_id = $1 and id = $2 and status in ('pending', 'processing')
       and (lease_until is null or lease_until < clock_timestamp() or leased_by = $3)
     returning ${importColumns}`,
    [workspaceId, id, worker, importLeaseSeconds, new Date(at)],
  )
  return rows[0] ?? null
}

/** Keeps the lease; false when the import has been cancelled or taken over. */
export async function renewImportLease(tx: Tx, workspaceId: string, id: string, worker: string): Promise<boolean> {
  const { rowCount } = await tx.query(
    `update imports set lease_until = clock_timestamp() + make_interval(secs => $4)
     where workspace_id = $1 and id = $2 and status = 'processing' and leased_by = $3`,
    [workspaceId, id, worker, importLeaseSeconds],
  )
  return rowCount === 1
}

/** Gives an unfinished import back, for the next who looks. */
export async function releaseImport(tx: Tx, workspaceId: string, id: string, worker: string): Promise<void> {
  await tx.query(
    `update imports set lease_until = null, leased_by = null
     where workspace_id = $1 and id = $2 and status = 'processing' and leased_by = $3`,
    [workspaceId, id, worker],
  )
}

export async function saveImportLayout(tx: Tx, workspaceId: string, id: string, layout: object): Promise<void> {
  await tx.query('update imports set layout = $3 where workspace_id = $1 and id = $2', [
    workspaceId,
    id,
    JSON.stringify(layout),
  ])
}

export async function saveImportProgress(tx: Tx, workspaceId: string, id: string, bytesRead: number): Promise<void> {
  await tx.query('update imports set bytes_read = $3 where workspace_id = $1 and id = $2', [workspaceId, id, bytesRead])
}

/**
 * Ends an import this worker holds: with `error` it failed, or is partial when some of it is in already; without, its
 * counts decide. Null when it is no longer this worker's.
 */
export async function finishImport(
  tx: Tx,
  workspaceId: string,
  id: string,
  end: { worker: string; error: string | null; at: number },
): Promise<ImportJob | null> {
  const { rows } = await tx.query<ImportJob>(
    `update imports set lease_until = null, leased_by = null, file_path = null, completed_at = $4, error = $5,
       bytes_read = case when $5::text is null then file_size_bytes else bytes_read end,
       status = case when $5::text is not null then case when chunks_merged > 0 then 'partial' else 'failed' end
         when invalid_rows = 0 then 'completed' when invalid_rows = total_rows then 'failed' else 'partial' end
     where workspace_id = $1 and id = $2 and status = 'processing' and leased_by = $3 returning ${importColumns}`,
    [workspaceId, id, end.worker, new Date(end.at), end.error],
  )
  return rows[0] ?? null
}
