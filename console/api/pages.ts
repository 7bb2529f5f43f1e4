import { infiniteQueryOptions, type QueryKey } from '@tanstack/react-query'

interface PageOf<Row> {
  data: Row[]
  next_cursor: string | null
}

/** Rows that are asked for at once. */
const rowsAtOnce = 100

/** A list of the server that is read on as somebody scrolls. */
export const pagesOf = <Row>(
  queryKey: QueryKey,
  ask: (page: { limit: number; cursor?: string }) => Promise<PageOf<Row>>,
  limit = rowsAtOnce,
) =>
  infiniteQueryOptions({
    queryKey,
    queryFn: ({ pageParam }) => ask({ limit, ...(pageParam !== null && { cursor: pageParam }) }),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next_cursor }) => next_cursor,
  })
