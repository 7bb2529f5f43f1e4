import type { paths } from '@outdial/sdk'
import { queryOptions } from '@tanstack/react-query'
import { api, type Schemas, take } from './client.ts'

export type CallReport = Schemas['CallReport']
export type ReportFilters = NonNullable<paths['/api/v1/reports/calls']['get']['parameters']['query']>

export const callReportQuery = (filters: ReportFilters) =>
  queryOptions({
    queryKey: ['reports', 'calls', filters],
    queryFn: () => take(api.GET('/api/v1/reports/calls', { params: { query: filters } })),
  })
