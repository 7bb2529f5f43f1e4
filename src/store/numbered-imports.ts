import { type ImportError, type ImportJob, importColumns } from './imports.ts'
import { type OffsetPage, type Place, readOffsetPage } from './offset-page.ts'
import type { Tx } from './tx.ts'

/** How an import came out by its rows alone, where one that was skipped is none that came in. */
export const importResults = ['pending', 'processing', 'completed', 'failed', 'partial'] as const
export type ImportResult = (typeof importResults)[number]

export interface ImportOfCampaign extends ImportJob {
  result: ImportResult
  campaign_number: number | null
}

const result = `case when status in ('pending', 'processing') then status
  when status = 'undone' then 'failed'
  when error is null and status <> 'cancelled' and imported_rows = total_rows then 'completed'
  when imported_rows = 0 and (invalid_rows > 0 or error is not null or status = 'cancelled') then 'failed'
  else 'partial' end`
const listing = {
  columns: `${importColumns}, ${result} as result, (select c.number from campaigns c
    where c.workspace_id = imports.workspace_id and c.id = imports.campaign_id) as campaign_number`,
  from: 'imports',
  id: 'imports.id',
}
const orders = { created_at: 'id', '-created_at': 'id desc' }
export const importOrderings = Object.keys(orders) as (keyof typeof orders)[]
export type ImportOrdering = keyof typeof orders

export interface ImportPageFilters {
  id?: string | undefined
  number?: number | undefined
  campaign_number?: number | undefined
  result?: ImportResult | undefined
}

export async function listNumberedImports(
  tx: Tx,
  workspaceId: string,
  filters: ImportPageFilters,
  { ordering, ...page }: Place & { ordering: ImportOrdering },
): Promise<OffsetPage<ImportOfCampaign>> {
  return readOffsetPage<ImportOfCampaign>(
    tx,
    listing,
    [
      ['workspace_id = ?', workspaceId],
      ['id = ?', filters.id],
      ['number = ?', filters.number],
      [
        `campaign_id = (select c.id from campaigns c
          where c.workspace_id = imports.workspace_id and c.number = ?)`,
        filters.campaign_number,
      ],
      [`${result} = ?`, filters.result],
    ],
    { ...page, order: orders[ordering] },
  )
}

/** The errors of these imports in the order of their rows, of each no more than `most`, or all of them. */
export async function listErrorsByRow(
  tx: Tx,
  workspaceId: string,
  importIds: string[],
  most: number | null,
): Promise<(ImportError & { import_id: string })[]> {
  const { rows } = await tx.query<ImportError & { import_id: string }>(
    `select e.* from unnest($2::uuid[]) with ordinality as w (id, place), lateral (
       select import_id, id, row, column_name, reason, found, expected, cells from import_errors
       where workspace_id = $1 and import_id = w.id order by row, id limit $3) e
     order by w.place, e.row, e.id`,
    [workspaceId, importIds, most],
  )
  return rows
}
