import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { Failed, Skeleton } from './states.tsx'

export interface LoadedProps<Data> {
  of: Pick<UseQueryResult<Data>, 'data' | 'error' | 'refetch'>
  /** Stands in its place meanwhile, in its shape; false: nothing. */
  shape?: ReactNode
  children: (data: Data) => ReactNode
}

/** What was asked for, once it is there; why not, with a way to ask again, where it could not be read. */
export function Loaded<Data>({ of: { data, error, refetch }, shape, children }: LoadedProps<Data>) {
  if (data !== undefined) return children(data)
  if (error) return <Failed error={error} retry={refetch} />
  return shape ?? <Skeleton className="h-96" />
}
