import { infiniteQueryOptions, type QueryKey } from '@tanstack/react-query'

interface PageOf<Row> {
  data: Row[]
  next_cursor: string | null
}

/** Rows that are asked for at first, and at most: the further somebody scrolls, the more come at once. */
const rowsAtOnce = { first: 100, most: 1_000 }

/** A list of the server that is read on as somebody scrolls. All of it is read anew when it changes: in few requests. */
export const pagesOf = <Row>(
  queryKey: QueryKey,
  ask: (page: { limit: number; cursor?: string }) => Promise<PageOf<Row>>,
  { first, most } = rowsAtOnce,
) =>
  infiniteQueryOptions({
    queryKey,
    queryFn: ({ pageParam }) => ask(pageParam),
    initialPageParam: { limit: first } as { limit: number; cursor?: string },
    getNextPageParam: ({ next_cursor: cursor }, _pages, { limit }) =>
      cursor === null ? null : { limit: Math.min(2 * limit, most), cursor },
  })
