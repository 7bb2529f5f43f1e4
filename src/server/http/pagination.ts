import { z } from 'zod'
import type { Page, PageOf } from '#store/keyset.ts'
import { type Refusal, refuse } from './problems.ts'

const cursorShape = z.tuple([z.string().max(40), z.string().max(1000), z.uuid()])

interface PageQuery<Sort extends string> {
  limit: number
  cursor?: string
  sort: Sort | `-${Sort}`
}

/** Reads limit, cursor and sort of a list; a cursor only goes with the sort that it was made by. */
export function readPageQuery<Sort extends string>({ limit, cursor, sort }: PageQuery<Sort>): PageOf<Sort> | Refusal {
  const descending = sort.startsWith('-')
  const page = { sort: (descending ? sort.slice(1) : sort) as Sort, descending, limit, after: null }
  if (cursor === undefined) return page
  const read = cursorShape.safeParse(parseJson(Buffer.from(cursor, 'base64url').toString()))
  if (!read.success || read.data[0] !== sort || !keyFits(read.data[1])) {
    return refuse('invalid-cursor', 'Take the cursor from next_cursor of the page before, with the same sort.')
  }
  return { ...page, after: { key: read.data[1], id: read.data[2] } }
}

/** The answer of a list; the cursor is opaque to whoever gets it. */
export function toPage<Row, Shown>({ rows, next }: Page<Row>, sort: string, show: (row: Row) => Shown) {
  const cursor = next && Buffer.from(JSON.stringify([sort, next.key, next.id])).toString('base64url')
  return { data: rows.map(show), next_cursor: cursor }
}

/** A page of a list that was read one row too long, in the order of its ids. */
export function cutPage<Row extends { id: string }>(rows: Row[], limit: number): Page<Row> {
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  return { rows: shown, next: rows.length > limit && last ? { key: last.id, id: last.id } : null }
}

/** A forged key may not hold what PostgreSQL can't take as text. */
function keyFits(key: string): boolean {
  return key.isWellFormed() && !key.includes('\0')
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
