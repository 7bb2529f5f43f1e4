import type { paths } from '@outdial/sdk'
import { queryOptions } from '@tanstack/react-query'
import { api, type Schemas, take } from './client.ts'
import { pagesOf } from './pages.ts'

export type Call = Schemas['Call']
export type CallFilters = Omit<NonNullable<paths['/api/v1/calls.csv']['get']['parameters']['query']>, 'state'>

/** Newest first. */
export const callsQuery = (filters: CallFilters) =>
  pagesOf(['calls', 'list', filters], (page) =>
    take(api.GET('/api/v1/calls', { params: { query: { ...filters, ...page } } })),
  )

/** As few characters name no call. */
const shortestSearch = 3

/** The latest few that were with whoever these words or digits name. */
export const foundCallsQuery = (search: string) =>
  queryOptions({
    queryKey: ['calls', 'found', search],
    queryFn: () => take(api.GET('/api/v1/calls', { params: { query: { search, limit: 5 } } })),
    enabled: search.trim().length >= shortestSearch,
  })

/** All that are up, of a campaign or of all: as many as one answer holds. */
export const liveCallsQuery = (campaign_id?: string) =>
  queryOptions({
    queryKey: ['calls', 'live', campaign_id],
    queryFn: () => {
      const query = { state: 'initiated,ringing,answered', limit: 1000, ...(campaign_id && { campaign_id }) }
      return take(api.GET('/api/v1/calls', { params: { query } }))
    },
  })

export const callQuery = (id: string) =>
  queryOptions({
    queryKey: ['calls', 'one', id],
    queryFn: () => take(api.GET('/api/v1/calls/{id}', { params: { path: { id } } })),
  })

/** Where the same calls can be had as a file. */
export function callFileAt(filters: CallFilters): string {
  const given = Object.entries(filters).map(([name, value]): [string, string] => [name, String(value)])
  return `/api/v1/calls.csv?${new URLSearchParams(given)}`
}

type Told = Pick<Call, 'id' | 'lead_id' | 'direction' | 'disposition'>

/** All that is known of how a call went: what let it out, what was told and done, what was said of it, its lead's other tries. */
async function readStory({ id, lead_id, direction, disposition }: Told) {
  const at = { params: { path: { id } } }
  const [events, acts, notes, attempt, said, tries] = await Promise.all([
    take(api.GET('/api/v1/calls/{id}/events', at)),
    take(api.GET('/api/v1/calls/{id}/acts', at)),
    take(api.GET('/api/v1/calls/{id}/notes', { params: { ...at.params, query: { limit: 200 } } })),
    direction === 'outbound' ? take(api.GET('/api/v1/attempts/{id}', at)) : null,
    disposition === null ? null : take(api.GET('/api/v1/calls/{id}/disposition', at)),
    lead_id === null ? null : take(api.GET('/api/v1/attempts', { params: { query: { lead_id, limit: 50 } } })),
  ])
  return { events: events.data, acts: acts.data, notes: notes.data, attempt, said, tries: tries?.data ?? [] }
}
export type CallStory = Awaited<ReturnType<typeof readStory>>

export const callStoryQuery = (call: Told) =>
  queryOptions({ queryKey: ['calls', 'story', call.id, call.disposition], queryFn: () => readStory(call) })

export async function hangUp(id: string): Promise<void> {
  await take(api.POST('/api/v1/calls/{id}/acts', { params: { path: { id } }, body: { act: 'hang_up' } }))
}
