import { bindFilters, type Filter } from './keyset.ts'
import type { Tx } from './tx.ts'

/** A page by its place in the list, as clients of older systems ask for one; newer ones page by cursor. */
export interface Place {
  limit: number
  offset: number
}

export interface Offset extends Place {
  /** Columns and directions, from our own code, never from a request. */
  order: string
}

export interface OffsetPage<Row> {
  rows: Row[]
  /** How many there are on all pages. */
  total: number
}

/** Reads one page and counts them all; the conditions always include the workspace. */
export async function readOffsetPage<Row extends object>(
  tx: Tx,
  listing: { columns: string; from: string },
  filters: Filter[],
  { order, limit, offset }: Offset,
): Promise<OffsetPage<Row>> {
  const { where, values } = bindFilters(filters)
  const [count, page] = await Promise.all([
    tx.query<{ total: number }>(`select count(*)::int as total from ${listing.from} where ${where}`, values),
    tx.query<Row>(
      `select ${listing.columns} from ${listing.from} where ${where} order by ${order}
       limit $${values.length + 1} offset $${values.length + 2}`,
      [...values, limit, offset],
    ),
  ])
  return { rows: page.rows, total: count.rows[0]?.total ?? 0 }
}
