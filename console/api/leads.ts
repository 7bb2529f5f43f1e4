import type { paths } from '@outdial/sdk'
import { queryOptions } from '@tanstack/react-query'
import { api, type Schemas, take } from './client.ts'
import { pagesOf } from './pages.ts'
import { queries } from './queries.ts'

export type Lead = Schemas['Lead']
export type LeadStatus = Lead['status']
export type Recycling = paths['/api/v1/campaigns/{id}/recycle']['post']['requestBody']['content']['application/json']
export type LeadSort = NonNullable<NonNullable<paths['/api/v1/leads']['get']['parameters']['query']>['sort']>

export const leadsQuery = (id: string, status: LeadStatus | undefined, sort: LeadSort) =>
  pagesOf(['leads', 'of-campaign', id, status, sort], (page) => {
    const query = { sort, ...(status && { status }), ...page }
    return take(api.GET('/api/v1/campaigns/{id}/leads', { params: { path: { id }, query } }))
  })

export const leadQuery = (id: string) =>
  queryOptions({
    queryKey: ['leads', 'one', id],
    queryFn: () => take(api.GET('/api/v1/leads/{id}', { params: { path: { id } } })),
  })

export const leadVerdictQuery = (id: string) =>
  queryOptions({
    queryKey: ['leads', 'verdict', id],
    queryFn: () => take(api.GET('/api/v1/leads/{id}/verdict', { params: { path: { id } } })),
  })

/** By hand: out of the list, or back in it. */
export async function setLeadStatus(id: string, status: 'pending' | 'skipped'): Promise<Lead> {
  return refresh(await take(api.PATCH('/api/v1/leads/{id}', { params: { path: { id } }, body: { status } })))
}

export async function markCalled(id: string): Promise<Lead> {
  return refresh(await take(api.POST('/api/v1/leads/{id}/mark-called', { params: { path: { id } } })))
}

export async function recycleLeads(id: string, body: Recycling): Promise<Schemas['Recycled']> {
  return refresh(await take(api.POST('/api/v1/campaigns/{id}/recycle', { params: { path: { id } }, body })))
}

async function refresh<Done>(done: Done): Promise<Done> {
  await queries.invalidateQueries({ queryKey: ['leads'] })
  await queries.invalidateQueries({ queryKey: ['progress'] })
  return done
}
