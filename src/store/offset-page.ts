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

/** Reads one page and counts them all; the first condition is the workspace's, and is that of every row. */
export async function readOffsetPage<Row extends object>(
  tx: Tx,
  { columns, from, id }: { columns: string; from: string; id: string },
  filters: Filter[],
  { order, limit, offset }: Offset,
): Promise<OffsetPage<Row>> {
  const { where, values } = bindFilters(filters)
  const [count, page] = await Promise.all([
    tx.query<{ total: number }>(`select count(*)::int as total from ${from} where ${where}`, values),
    tx.query<{ id: string }>(
      `select ${id} as id from ${from} where ${where} order by ${order}
       limit $${values.length + 1} offset $${values.length + 2}`,
      [...values, limit, offset],
    ),
  ])
  const total = count.rows[0]?.total ?? 0
  if (page.rows.length === 0) return { rows: [], total }
  // Columns are worked out for the rows of the page alone, not for all that lie before it.
  const ids: Filter = [`${id} = any (?)`, page.rows.map((row) => row.id)]
  const shown = bindFilters([...filters.slice(0, 1), ids])
  const { rows } = await tx.query<Row>(
    `select ${columns} from ${from} where ${shown.where} order by ${order}`,
    shown.values,
  )
  return { rows, total }
}
