import { type Listing, type Page, type PageOf, readPage } from './keyset.ts'
import { advanceCounter } from './numbers.ts'
import type { Tx } from './tx.ts'

export const listScopes = ['workspace', 'brand', 'campaign', 'national', 'state', 'litigator'] as const
export type ListScope = (typeof listScopes)[number]

/** Many numbers under one name, read from files; each file is a version, of which one blocks. */
export interface SuppressionList {
  id: string
  name: string
  /** Who gave it. */
  source: string
  scope: ListScope
  brand: string | null
  campaign_id: string | null
  country: string | null
  region: string | null
  expires_at: Date | null
  /** Of the version that blocks, or did until the list was removed. */
  numbers: number
  status: 'empty' | 'importing' | 'ready' | 'failed'
  /** The version that blocks, and the one read last. */
  holds: number | null
  latest: number | null
  /** Of the latest file. */
  file_name: string | null
  file_size_bytes: number
  bytes_read: number
  rows_read: number
  added_numbers: number
  repeated_numbers: number
  refused_rows: number
  /** Why the file could not be read, and what to do. */
  error: string | null
  uploaded_by: string | null
  uploaded_at: Date | null
  completed_at: Date | null
  created_by: string | null
  created_at: Date
  removed_by: string | null
  removed_at: Date | null
  removed_reason: string | null
}

const columns = `s.id, s.name, s.source, s.scope, s.brand, s.campaign_id, s.country, s.region, s.expires_at, s.numbers, s.status,
  s.holds, s.latest, s.file_name, s.file_size_bytes, s.bytes_read, s.rows_read, s.added_numbers, s.repeated_numbers,
  s.refused_rows, s.error, s.uploaded_by, s.uploaded_at, s.completed_at, s.created_by, s.created_at, s.removed_by,
  s.removed_at, s.removed_reason`

export const suppressionListSorts = ['created_at', 'name'] as const
export type SuppressionListSort = (typeof suppressionListSorts)[number]

const listing: Listing<SuppressionListSort> = {
  columns,
  from: 'suppression_lists s',
  id: 's.id',
  sorts: { created_at: { by: 's.created_at', type: 'timestamptz' }, name: { by: 's.name', type: 'text' } },
}

export interface SuppressionListFilters {
  scope?: ListScope[]
  removed: boolean
}

export async function listSuppressionLists(
  tx: Tx,
  workspaceId: string,
  { scope, removed }: SuppressionListFilters,
  page: PageOf<SuppressionListSort>,
): Promise<Page<SuppressionList>> {
  return readPage<SuppressionList, SuppressionListSort>(
    tx,
    listing,
    [
      ['s.workspace_id = ?', workspaceId],
      ['(s.removed_at is not null) = ?', removed],
      ['s.scope = any (?)', scope],
    ],
    page,
  )
}

export async function readSuppressionList(tx: Tx, workspaceId: string, id: string): Promise<SuppressionList | null> {
  const { rows } = await tx.query<SuppressionList>(
    `select ${columns} from suppression_lists s where s.workspace_id = $1 and s.id = $2`,
    [workspaceId, id],
  )
  return rows[0] ?? null
}

/** Every list that blocks a number at `at`, in whatever scope. */
export async function findListsOf(tx: Tx, workspaceId: string, number: string, at: number): Promise<SuppressionList[]> {
  const { rows } = await tx.query<SuppressionList>(
    `select ${columns} from suppression_list_numbers n
     join suppression_lists s on s.workspace_id = $1 and s.holds = n.list_number
     where n.workspace_id = $1 and n.number = $2 and (s.expires_at is null or s.expires_at > $3) order by s.id`,
    [workspaceId, number, new Date(at)],
  )
  return rows
}

export type NewSuppressionList = Pick<
  SuppressionList,
  'id' | 'name' | 'source' | 'scope' | 'brand' | 'campaign_id' | 'country' | 'region' | 'created_by'
> & { expires_at: string | null }

export async function createSuppressionList(
  tx: Tx,
  workspaceId: string,
  list: NewSuppressionList,
  at: number,
): Promise<SuppressionList> {
  const { rows } = await tx.query<SuppressionList>(
    `insert into suppression_lists as s (workspace_id, id, name, source, scope, brand, campaign_id, country, region, expires_at,
       created_by, created_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) returning ${columns}`,
    [
      ...[workspaceId, list.id, list.name, list.source, list.scope, list.brand, list.campaign_id, list.country],
      ...[list.region, list.expires_at, list.created_by, new Date(at)],
    ],
  )
  return rows[0] as SuppressionList
}

export interface ListUpload {
  file_name: string
  file_size_bytes: number
  file_path: string
  options: object
  uploaded_by: string
}

/**
 * Writes down a file to read into a list: the first blocks from its first chunk on, a later one from when all of it is in.
 * Null when another is being read, or the list was removed.
 */
export async function beginVersion(
  tx: Tx,
  workspaceId: string,
  id: string,
  upload: ListUpload,
  at: number,
): Promise<SuppressionList | null> {
  const version = await advanceCounter(tx, workspaceId, 'suppression_lists', 1)
  const { rows } = await tx.query<SuppressionList>(
    `update suppression_lists s set status = 'importing', latest = $3, holds = coalesce(holds, $3),
       numbers = case when holds is null then 0 else numbers end, file_name = $4, file_size_bytes = $5, file_path = $6,
       options = $7, uploaded_by = $8, uploaded_at = $9, completed_at = null, layout = null, error = null, bytes_read = 0,
       rows_read = 0, added_numbers = 0, repeated_numbers = 0, refused_rows = 0, chunks_in = 0,
       lease_until = null, leased_by = null
     where workspace_id = $1 and id = $2 and status <> 'importing' and removed_at is null returning ${columns}`,
    [
      ...[workspaceId, id, version, upload.file_name, upload.file_size_bytes, upload.file_path],
      ...[JSON.stringify(upload.options), upload.uploaded_by, new Date(at)],
    ],
  )
  return rows[0] ?? null
}

/** Takes a list away, with the reason; its numbers block no more and go in batches. Null when it is removed already. */
export async function removeSuppressionList(
  tx: Tx,
  workspaceId: string,
  id: string,
  by: { user_id: string; reason: string; at: number },
): Promise<{ list: SuppressionList; file_path: string | null } | null> {
  const { rows } = await tx.query<SuppressionList & { former_path: string | null }>(
    `update suppression_lists s set removed_at = $3, removed_by = $4, removed_reason = $5, holds = null, judged_to = null,
       discards = s.discards || array(select distinct v from unnest(array[f.holds, f.loads]) v where v is not null),
       status = case when s.status = 'importing' then 'failed' else s.status end, file_path = null,
       error = case when s.status = 'importing' then 'The list was removed while its file was read.' else s.error end
     from (select holds, file_path, case when status = 'importing' then latest end as loads from suppression_lists
       where workspace_id = $1 and id = $2 for update) f
     where s.workspace_id = $1 and s.id = $2 and s.removed_at is null returning ${columns}, f.file_path as former_path`,
    [workspaceId, id, new Date(by.at), by.user_id, by.reason],
  )
  if (!rows[0]) return null
  const { former_path, ...list } = rows[0]
  return { list, file_path: former_path }
}

export interface RefusedRow {
  row: number
  text: string
  reason: string
}

/** The rows of the latest file that were refused, as many as were kept. */
export async function listRefusals(
  tx: Tx,
  workspaceId: string,
  version: number,
  page: { after: number; limit: number },
): Promise<RefusedRow[]> {
  const { rows } = await tx.query<RefusedRow>(
    `select row, text, reason from suppression_list_refusals
     where workspace_id = $1 and list_number = $2 and row > $3 order by row limit $4`,
    [workspaceId, version, page.after, page.limit],
  )
  return rows
}
