import { z } from 'zod'
import type { OffsetPage, Place } from '#store/offset-page.ts'

/** How a list is asked for: by place, 50 unless it says otherwise. */
export const placeQuery = {
  limit: z.coerce.number().int().min(1).max(1000).default(50),
  offset: z.coerce.number().int().min(0).max(1_000_000_000).default(0),
}

/** A page of a list: its rows under `data` and under their own name. */
export function showList<Row, Shown>(
  noun: string,
  { rows, total }: OffsetPage<Row>,
  { limit, offset }: Place,
  show: (row: Row) => Shown,
) {
  const data = rows.map(show)
  const page = Math.floor(offset / limit) + 1
  return { success: true, data, [noun]: data, total, page, limit, has_more: offset + rows.length < total }
}

/** One object: under `data` and under its own name. */
export function showOne<Shown>(noun: string, data: Shown) {
  return { success: true, data, [noun]: data }
}

/** An id in an address; what is no id names nothing, as an id that nothing has. */
export const idIn = z.object({ id: z.uuid().catch('00000000-0000-0000-0000-000000000000') })
