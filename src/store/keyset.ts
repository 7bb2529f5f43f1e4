import type { Tx } from './tx.ts'

/** One page of a list, by the value of the last row before it: inserts and deletes elsewhere never shift a page. */
export interface PageOf<Sort extends string = string> {
  sort: Sort
  descending: boolean
  after: { key: string; id: string } | null
  limit: number
}

export interface Page<Row> {
  rows: Row[]
  /** Where the next page begins; null on the last one. */
  next: { key: string; id: string } | null
}

/** A list that can be paged through. Expressions come from our own code, never from a request. */
export interface Listing<Sort extends string> {
  columns: string
  from: string
  /** The unique column that breaks ties. */
  id: string
  /** What it can be sorted by: an expression that is never null, and its type. */
  sorts: Record<Sort, { by: string; type: string }>
}

/** A condition with `?` where its value goes; an undefined value means that nobody asked for it. */
export type Filter = [condition: string, value: unknown]

/** The conditions that were asked for, and their values in the order of their places. */
export function bindFilters(filters: Filter[]): { conditions: string[]; where: string; values: unknown[] } {
  const values: unknown[] = []
  const conditions = filters.flatMap(([condition, value]) =>
    value === undefined ? [] : [condition.replaceAll('?', `$${values.push(value)}`)],
  )
  return { conditions, where: conditions.join(' and '), values }
}

/** Reads one page; the conditions always include the workspace. */
export async function readPage<Row extends { id: string }, Sort extends string>(
  tx: Tx,
  listing: Listing<Sort>,
  filters: Filter[],
  page: PageOf<Sort>,
): Promise<Page<Row>> {
  const { conditions, values } = bindFilters(filters)
  const bind = (value: unknown) => `$${values.push(value)}`
  const { by, type } = listing.sorts[page.sort]
  const order = page.descending ? 'desc' : 'asc'
  if (page.after) {
    const sign = page.descending ? '<' : '>'
    conditions.push(`(${by}, ${listing.id}) ${sign} (${bind(page.after.key)}::${type}, ${bind(page.after.id)}::uuid)`)
  }
  const { rows } = await tx.query<Row & { page_key: string }>(
    `select ${listing.columns}, (${by})::text as page_key from ${listing.from} where ${conditions.join(' and ')}
     order by ${by} ${order}, ${listing.id} ${order} limit ${bind(page.limit + 1)}`,
    values,
  )
  const shown = rows.slice(0, page.limit)
  const last = shown.at(-1)
  return { rows: shown, next: rows.length > page.limit && last ? { key: last.page_key, id: last.id } : null }
}
