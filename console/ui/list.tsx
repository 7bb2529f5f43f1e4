import type { InfiniteData, UseInfiniteQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { Loaded } from './loaded.tsx'
import { Failed, Skeleton } from './states.tsx'
import { Table, type TableProps } from './table.tsx'

interface ListProps<Row> extends Omit<TableProps<Row>, 'rows' | 'more'> {
  of: UseInfiniteQueryResult<InfiniteData<{ data: Row[] }>>
  /** Stands there when nothing is. */
  empty: ReactNode
}

/** A list of the server as a table: its rows, those that come when it is scrolled, or what to do when there are none. */
export function List<Row>({ of: list, empty, ...table }: ListProps<Row>) {
  const load = () => list.fetchNextPage()
  // What could not be read is not asked for again and again, but when somebody says so.
  const failed = list.isFetchNextPageError
  const more = { has: list.hasNextPage, loading: list.isFetchingNextPage || failed, load }
  return (
    <Loaded of={list} shape={<Skeleton className="h-80" />}>
      {({ pages }) => {
        const rows = pages.flatMap((page) => page.data)
        if (rows.length === 0) return empty
        return (
          <>
            <Table key={JSON.stringify(table.which)} {...table} rows={rows} more={more} />
            {failed && <Failed error={list.error} retry={load} />}
          </>
        )
      }}
    </Loaded>
  )
}
