import { uploadNumbers } from '@outdial/sdk/upload'
import { queryOptions } from '@tanstack/react-query'
import { api, Refused, type Schemas, take } from './client.ts'
import { pagesOf } from './pages.ts'
import { queries } from './queries.ts'

export type Suppression = Schemas['Suppression']
export type SuppressionList = Schemas['SuppressionList']

/** Whether somebody may be called hangs on it, too. */
const changed = () =>
  Promise.all([['suppressions'], ['contactability']].map((queryKey) => queries.invalidateQueries({ queryKey })))

export const suppressionsQuery = (number: string) =>
  pagesOf(['suppressions', 'list', number], (page) =>
    take(api.GET('/api/v1/suppressions', { params: { query: { ...page, ...(number !== '' && { number }) } } })),
  )

/** What of all lists blocks a number. */
export const lookUpQuery = (number: string) =>
  queryOptions({
    queryKey: ['suppressions', 'look-up', number],
    queryFn: () => take(api.GET('/api/v1/suppressions/look-up', { params: { query: { number } } })),
    staleTime: 0,
  })

export interface NewSuppression {
  number: string
  reason: string
  source: 'manual' | 'customer_request'
  brand?: string
  campaign_id?: string
  expires_at?: string
}

export async function block(body: NewSuppression): Promise<Suppression> {
  const blocked = await take(api.POST('/api/v1/suppressions', { body }))
  await changed()
  return blocked
}

export async function unblock(id: string, reason: string): Promise<void> {
  await take(api.POST('/api/v1/suppressions/{id}/remove', { params: { path: { id } }, body: { reason } }))
  await changed()
}

export const suppressionListsQuery = pagesOf(['suppressions', 'lists'], (page) =>
  take(api.GET('/api/v1/suppression-lists', { params: { query: page } })),
)

export interface NewList {
  name: string
  source: string
  scope: SuppressionList['scope']
  country?: string
  region?: string
  brand?: string
}

/** Resolves to the id of a list that has no numbers yet. */
export async function addList(body: NewList): Promise<string> {
  const { id } = await take(api.POST('/api/v1/suppression-lists', { body }))
  await changed()
  return id
}

/** A file for a list, which takes the former's place; resolves when the server has it, and goes on reading it then. */
export async function uploadInto(id: string, file: File): Promise<void> {
  const sent = await uploadNumbers({ url: location.origin }, id, file, file.name, {}).catch(() => {
    throw new Refused(null)
  })
  await changed()
  if (sent.data === undefined) throw new Refused(sent.error ?? null)
}

export async function removeList(id: string, reason: string): Promise<void> {
  await take(api.POST('/api/v1/suppression-lists/{id}/remove', { params: { path: { id } }, body: { reason } }))
  await changed()
}

/** Where the rows of a list's latest file that were not read can be had. */
export const refusedNumbersAt = (id: string): string => `/api/v1/suppression-lists/${id}/refused`
