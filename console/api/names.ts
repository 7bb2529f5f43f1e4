import { queryOptions } from '@tanstack/react-query'
import { api, take } from './client.ts'

/** Of what lists can be filtered by, the first thousand: their names. */
export const campaignNamesQuery = queryOptions({
  queryKey: ['campaigns', 'names'],
  queryFn: () => take(api.GET('/api/v1/campaigns', { params: { query: { limit: 1000, sort: 'name' } } })),
})

export const agentNamesQuery = queryOptions({
  queryKey: ['agents', 'names'],
  queryFn: () => take(api.GET('/api/v1/agents', { params: { query: { limit: 1000, sort: 'name' } } })),
})
