/**
 * What a file's way into a list writes down. Whoever runs it holds the list's lease; every statement here says so again, and
 * touches nothing once the list is somebody else's or was removed.
 */
import type { ListScope } from './suppression-lists.ts'
import type { Tx } from './tx.ts'

/** What there is to do for a list: a file to read, leads to judge after a version took over, versions to clear away. */
export interface ListJob {
  id: string
  name: string
  scope: ListScope
  campaign_id: string | null
  brand: string | null
  status: string
  holds: number | null
  latest: number
  discards: number[]
  judged_to: string | null
  options: Record<string, unknown>
  layout: Record<string, unknown> | null
  file_path: string | null
  file_size_bytes: number
  chunks_in: number
  refused_rows: number
  uploaded_at: Date
}

const columns = `id, name, scope, campaign_id, brand, status, holds, latest, discards, judged_to, options, layout, file_path,
  file_size_bytes, chunks_in, refused_rows, uploaded_at`

/** Seconds after which a list whose worker is silent belongs to whoever takes it; renewed at a third of that. */
export const listLeaseSeconds = 15

/** Takes a list with something to do for this worker; null when there is nothing, or it is somebody else's. */
export async function leaseList(tx: Tx, workspaceId: string, id: string, worker: string): Promise<ListJob | null> {
  const { rows } = await tx.query<ListJob>(
    `update suppression_lists set leased_by = $3, lease_until = clock_timestamp() + make_interval(secs => $4)
     where workspace_id = $1 and id = $2 and (status = 'importing' or judged_to is not null or discards <> '{}')
       and (lease_until is null or lease_until < clock_timestamp() or leased_by = $3) returning ${columns}`,
    [workspaceId, id, worker, listLeaseSeconds],
  )
  return rows[0] ?? null
}

export async function renewListLease(tx: Tx, workspaceId: string, id: string, worker: string): Promise<boolean> {
  const { rowCount } = await tx.query(
    `update suppression_lists set lease_until = clock_timestamp() + make_interval(secs => $4)
     where workspace_id = $1 and id = $2 and leased_by = $3`,
    [workspaceId, id, worker, listLeaseSeconds],
  )
  return rowCount === 1
}

export async function releaseList(tx: Tx, workspaceId: string, id: string, worker: string): Promise<void> {
  await tx.query(
    `update suppression_lists set lease_until = null, leased_by = null
     where workspace_id = $1 and id = $2 and leased_by = $3`,
    [workspaceId, id, worker],
  )
}

export async function saveListLayout(
  tx: Tx,
  workspaceId: string,
  id: string,
  worker: string,
  layout: object,
): Promise<void> {
  await tx.query('update suppression_lists set layout = $4 where workspace_id = $1 and id = $2 and leased_by = $3', [
    ...[workspaceId, id, worker, JSON.stringify(layout)],
  ])
}

export interface ListChunk {
  list_id: string
  worker: string
  version: number
  chunk: number
  rows: number
  bytes_read: number
  /** The text of a PostgreSQL array. */
  numbers: string
  valid: number
  refused_rows: number
  refused: { row: number; text: string; reason: string }[]
}

/** Puts a chunk into its version, once: null when it is in already, or the list is not this worker's any more. */
export async function addListChunk(tx: Tx, workspaceId: string, chunk: ListChunk): Promise<{ added: number } | null> {
  const { rowCount } = await tx.query(
    `update suppression_lists set chunks_in = $5 + 1
     where workspace_id = $1 and id = $2 and leased_by = $3 and latest = $4 and status = 'importing' and chunks_in = $5`,
    [workspaceId, chunk.list_id, chunk.worker, chunk.version, chunk.chunk],
  )
  if (rowCount === 0) return null
  const inserted = await tx.query({
    name: 'add-list-numbers',
    text: `insert into suppression_list_numbers (workspace_id, number, list_number)
      select $1, n, $2 from unnest($3::text[]) as x (n) on conflict do nothing`,
    values: [workspaceId, chunk.version, chunk.numbers],
  })
  const added = inserted.rowCount ?? 0
  await tx.query(
    `update suppression_lists set bytes_read = $3, rows_read = rows_read + $4, added_numbers = added_numbers + $5,
       repeated_numbers = repeated_numbers + $6, refused_rows = refused_rows + $7,
       numbers = case when holds = latest then numbers + $5 else numbers end
     where workspace_id = $1 and id = $2`,
    [workspaceId, chunk.list_id, chunk.bytes_read, chunk.rows, added, chunk.valid - added, chunk.refused_rows],
  )
  if (chunk.refused.length > 0) {
    await tx.query(
      `insert into suppression_list_refusals (workspace_id, list_number, row, text, reason)
       select $1, $2, r.row, r.text, r.reason from jsonb_to_recordset($3) as r (row integer, text text, reason text)`,
      [workspaceId, chunk.version, JSON.stringify(chunk.refused)],
    )
  }
  return { added }
}

/**
 * All of a file is in: its version blocks from now on, instead of the one before, whose numbers are to go. False when the list
 * is not this worker's any more.
 */
export async function finishVersion(
  tx: Tx,
  workspaceId: string,
  id: string,
  worker: string,
  at: number,
): Promise<boolean> {
  const { rowCount } = await tx.query(
    `update suppression_lists set status = 'ready', holds = latest, numbers = added_numbers, bytes_read = file_size_bytes,
       discards = case when holds = latest then discards else discards || holds end,
       judged_to = case when holds = latest then judged_to else '' end, file_path = null, completed_at = $4
     where workspace_id = $1 and id = $2 and leased_by = $3 and status = 'importing'`,
    [workspaceId, id, worker, new Date(at)],
  )
  return rowCount === 1
}

/** A file could not be read to its end: what it brought to a list without numbers blocks, else the version before does. */
export async function failVersion(
  tx: Tx,
  workspaceId: string,
  id: string,
  worker: string,
  end: { error: string; at: number },
): Promise<boolean> {
  const { rowCount } = await tx.query(
    `update suppression_lists set status = 'failed', error = $4, completed_at = $5, file_path = null,
       discards = case when holds = latest then discards else discards || latest end,
       holds = case when holds = latest and numbers = 0 then null else holds end
     where workspace_id = $1 and id = $2 and leased_by = $3 and status = 'importing'`,
    [workspaceId, id, worker, end.error, new Date(end.at)],
  )
  return rowCount === 1
}

/** Which of these numbers somebody of the workspace has. `numbers` is the text of a PostgreSQL array. */
export async function findOwnedNumbers(tx: Tx, workspaceId: string, numbers: string): Promise<string[]> {
  const { rows } = await tx.query<{ number: string }>({
    name: 'find-owned-numbers',
    text: 'select number from contact_phones where workspace_id = $1 and number = any ($2::text[])',
    values: [workspaceId, numbers],
  })
  return rows.map((row) => row.number)
}

/** The next of people's numbers, in their order, that a version has. */
export async function nextOwnedNumbers(
  tx: Tx,
  workspaceId: string,
  version: number,
  page: { after: string; limit: number },
): Promise<string[]> {
  const { rows } = await tx.query<{ number: string }>({
    name: 'next-owned-numbers',
    text: `select p.number from contact_phones p where p.workspace_id = $1 and p.number > $3
        and exists (select from suppression_list_numbers n
          where n.workspace_id = $1 and n.number = p.number and n.list_number = $2)
      order by p.number limit $4`,
    values: [workspaceId, version, page.after, page.limit],
  })
  return rows.map((row) => row.number)
}

/** The leads of a version that took over have been judged so far; null: all of them. */
export async function saveJudgedTo(
  tx: Tx,
  workspaceId: string,
  id: string,
  version: number,
  number: string | null,
): Promise<void> {
  await tx.query(
    'update suppression_lists set judged_to = $4 where workspace_id = $1 and id = $2 and holds = $3 and judged_to is not null',
    [workspaceId, id, version, number],
  )
}

/** The next numbers of some versions, in their order; a number of two versions comes once. */
export async function nextDiscards(
  tx: Tx,
  workspaceId: string,
  versions: number[],
  page: { after: string; limit: number },
): Promise<string[]> {
  const { rows } = await tx.query<{ number: string }>({
    name: 'next-discards',
    text: `select distinct number from (select number from suppression_list_numbers
        where workspace_id = $1 and number > $3 and list_number = any ($2) order by number limit $4) n order by number`,
    values: [workspaceId, versions, page.after, page.limit],
  })
  return rows.map((row) => row.number)
}

/** `numbers` is in its order; all that lie between its ends go. */
export async function deleteListNumbers(
  tx: Tx,
  workspaceId: string,
  versions: number[],
  ends: { first: string; last: string },
): Promise<void> {
  await tx.query({
    name: 'delete-list-numbers',
    text: `delete from suppression_list_numbers
      where workspace_id = $1 and number between $3 and $4 and list_number = any ($2)`,
    values: [workspaceId, versions, ends.first, ends.last],
  })
}

/** Nothing is left of these versions but the refused rows of the latest file. */
export async function dropDiscards(tx: Tx, workspaceId: string, id: string, versions: number[]): Promise<void> {
  const { rows } = await tx.query<{ latest: number }>(
    `update suppression_lists set discards = array(select unnest(discards) except select unnest($3::int[]))
     where workspace_id = $1 and id = $2 returning latest`,
    [workspaceId, id, versions],
  )
  await tx.query(
    'delete from suppression_list_refusals where workspace_id = $1 and list_number = any ($2) and list_number <> $3',
    [workspaceId, versions, rows[0]?.latest ?? 0],
  )
}
