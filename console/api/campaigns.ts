import type { paths } from '@outdial/sdk'
import { queryOptions } from '@tanstack/react-query'
import { api, type Schemas, take } from './client.ts'
import { pagesOf } from './pages.ts'
import { queries } from './queries.ts'

export type Campaign = Schemas['Campaign']
export type CampaignStatus = Campaign['status']
export type Progress = Schemas['CampaignProgress']
export type CampaignMinutes = Schemas['CampaignMinutes']
export type CampaignAct = 'start' | 'resume' | 'pause' | 'stop' | 'cancel' | 'archive'

export interface CampaignFilter {
  status: readonly CampaignStatus[]
  search: string
}

/** Cards are large: fewer of them at once than rows of a table. */
const cardsAtOnce = { first: 30, most: 30 }

export const campaignsQuery = ({ status, search }: CampaignFilter) =>
  pagesOf(
    ['campaigns', 'list', status, search],
    (page) => {
      const chosen = { ...(status.length > 0 && { status: status.join(',') }), ...(search !== '' && { search }) }
      return take(api.GET('/api/v1/campaigns', { params: { query: { ...page, ...chosen } } }))
    },
    cardsAtOnce,
  )

/** Those that take people, newest first. */
export const openCampaignsQuery = queryOptions({
  queryKey: ['campaigns', 'open'],
  queryFn: () => {
    const query = { limit: 200, status: 'draft,scheduled,active,paused,completed' }
    return take(api.GET('/api/v1/campaigns', { params: { query } }))
  },
})

/** The first few whose name has these words. */
export const foundCampaignsQuery = (words: string) =>
  queryOptions({
    queryKey: ['campaigns', 'found', words],
    queryFn: () => take(api.GET('/api/v1/campaigns', { params: { query: { limit: 8, search: words } } })),
  })

export const campaignQuery = (id: string) =>
  queryOptions({
    queryKey: ['campaigns', 'one', id],
    queryFn: () => take(api.GET('/api/v1/campaigns/{id}', { params: { path: { id } } })),
  })

export const progressQuery = (id: string) =>
  queryOptions({
    queryKey: ['progress', id],
    queryFn: () => take(api.GET('/api/v1/campaigns/{id}/progress', { params: { path: { id } } })),
  })

/** Counts the calls of hours: read anew with what is added up, and not with each call. */
export const minutesQuery = (id: string) =>
  queryOptions({
    queryKey: ['sums', 'minutes', id],
    queryFn: () => take(api.GET('/api/v1/campaigns/{id}/minutes', { params: { path: { id } } })),
    // That a minute went by without a call is told by no event.
    refetchInterval: 60_000,
  })

export type CampaignChange = paths['/api/v1/campaigns/{id}']['patch']['requestBody']['content']['application/json']
export type DryRun = Schemas['CampaignDryRun']

/** A draft with the defaults that the law allows. */
export async function makeDraft(name: string): Promise<Campaign> {
  const made = await take(api.POST('/api/v1/campaigns', { body: { name, mode: 'broadcast', hours_zone: 'person' } }))
  await queries.invalidateQueries({ queryKey: ['campaigns', 'list'] })
  return made
}

/** A draft with the settings and agents of another one, without its people. */
export async function cloneCampaign(id: string, name: string): Promise<Campaign> {
  const made = await take(api.POST('/api/v1/campaigns/{id}/clone', { params: { path: { id } }, body: { name } }))
  await queries.invalidateQueries({ queryKey: ['campaigns', 'list'] })
  return made
}

export async function changeCampaign(id: string, change: CampaignChange): Promise<Campaign> {
  const changed = await take(api.PATCH('/api/v1/campaigns/{id}', { params: { path: { id } }, body: change }))
  queries.setQueryData(campaignQuery(id).queryKey, changed)
  await queries.invalidateQueries({ queryKey: ['dry-run', id] })
  return changed
}

export const dryRunQuery = (id: string) =>
  queryOptions({
    queryKey: ['dry-run', id],
    queryFn: () => take(api.GET('/api/v1/campaigns/{id}/dry-run', { params: { path: { id } } })),
  })

/** Resolves to the campaign as it stands after the act; throws `Refused` with the reason. */
export async function actOn(id: string, act: CampaignAct): Promise<Campaign> {
  const path = `/api/v1/campaigns/{id}/${act}` as const
  const moved = await take(api.POST(path, { params: { path: { id } }, body: null }))
  queries.setQueryData(campaignQuery(id).queryKey, moved)
  await queries.invalidateQueries({ queryKey: ['campaigns', 'list'] })
  await queries.invalidateQueries({ queryKey: ['progress', id] })
  return moved
}

/** Those that call now. */
export const activeCampaignsQuery = queryOptions({
  queryKey: ['campaigns', 'active'],
  queryFn: () => take(api.GET('/api/v1/campaigns', { params: { query: { limit: 200, status: 'active' } } })),
})

/** Whether one was ever begun. */
export const startedCampaignQuery = queryOptions({
  queryKey: ['campaigns', 'started'],
  queryFn: () => {
    const query = { limit: 1, status: 'active,paused,completed' }
    return take(api.GET('/api/v1/campaigns', { params: { query } }))
  },
})

/** How many of a campaign's live answers of 30 days were abandoned. */
export const liveAnswersQuery = (id: string) =>
  queryOptions({
    queryKey: ['sums', 'live-answers', id],
    queryFn: () => take(api.GET('/api/v1/campaigns/{id}/live-answers', { params: { path: { id } } })),
  })
