import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { api, type Schemas, take } from './client.ts'

export type Recording = Schemas['Recording']
export type RecordingState = Recording['state']

export interface RecordingFilters {
  campaign_id?: string
  state?: RecordingState
}

const page = 100

export const recordingsQuery = (filters: RecordingFilters) =>
  infiniteQueryOptions({
    queryKey: ['recordings', 'list', filters],
    queryFn: ({ pageParam }) => {
      const query = { ...filters, limit: page, ...(pageParam !== null && { cursor: pageParam }) }
      return take(api.GET('/api/v1/recordings', { params: { query } }))
    },
    initialPageParam: null as string | null,
    getNextPageParam: ({ next_cursor }) => next_cursor,
  })

export const recordingsOfCallQuery = (call_id: string) =>
  queryOptions({
    queryKey: ['recordings', 'of', call_id],
    queryFn: () => take(api.GET('/api/v1/recordings', { params: { query: { call_id } } })),
  })

/** They never change. */
export const peaksQuery = (id: string) =>
  queryOptions({
    queryKey: ['peaks', id],
    queryFn: () => take(api.GET('/api/v1/recordings/{id}/peaks', { params: { path: { id } } })),
    staleTime: Number.POSITIVE_INFINITY,
  })

export const audioAt = (id: string): string => `/api/v1/recordings/${id}/audio`
