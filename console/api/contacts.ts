import type { paths } from '@outdial/sdk'
import { queryOptions } from '@tanstack/react-query'
import { api, Refused, type Schemas, take } from './client.ts'
import { pagesOf } from './pages.ts'
import { queries } from './queries.ts'

export type Contact = Schemas['Contact']
export type Lead = Schemas['Lead']
export type NewContact = paths['/api/v1/contacts']['post']['requestBody']['content']['application/json']
export type ContactChange = paths['/api/v1/contacts/{id}']['patch']['requestBody']['content']['application/json']
export type BulkCall = paths['/api/v1/contacts/bulk-call']['post']['requestBody']['content']['application/json']
export type ContactSort = NonNullable<NonNullable<paths['/api/v1/contacts']['get']['parameters']['query']>['sort']>

/** What is not given leaves nobody out. */
export interface ContactFilter {
  search?: string
  import_id?: string
  campaign_id?: string
}

export const contactsQuery = (filter: ContactFilter, sort: ContactSort) =>
  pagesOf(['contacts', 'list', filter, sort], (page) =>
    take(api.GET('/api/v1/contacts', { params: { query: { ...filter, sort, ...page } } })),
  )

/** Whether there is anybody. */
export const anyContactQuery = queryOptions({
  queryKey: ['contacts', 'any'],
  queryFn: () => take(api.GET('/api/v1/contacts', { params: { query: { limit: 1 } } })),
})

export const contactCountQuery = (filter: ContactFilter) =>
  queryOptions({
    queryKey: ['contacts', 'count', filter],
    queryFn: () => take(api.GET('/api/v1/contacts/count', { params: { query: { ...filter } } })),
  })

/** The first few of that name or number. */
export const foundContactsQuery = (search: string) =>
  queryOptions({
    queryKey: ['contacts', 'found', search],
    queryFn: () => take(api.GET('/api/v1/contacts', { params: { query: { limit: 8, search } } })),
    enabled: search !== '',
  })

export const contactQuery = (id: string) =>
  queryOptions({
    queryKey: ['contacts', 'one', id],
    queryFn: () => take(api.GET('/api/v1/contacts/{id}', { params: { path: { id } } })),
  })

/** Newest first: enough for a page that shows a person. */
const shownOfOne = 100

export const callsOfContactQuery = (contact_id: string) =>
  queryOptions({
    queryKey: ['calls', 'of-contact', contact_id],
    queryFn: () => take(api.GET('/api/v1/calls', { params: { query: { contact_id, limit: shownOfOne } } })),
  })

export const notesOfContactQuery = (id: string) =>
  queryOptions({
    queryKey: ['calls', 'notes-of-contact', id],
    queryFn: () =>
      take(api.GET('/api/v1/contacts/{id}/notes', { params: { path: { id }, query: { limit: shownOfOne } } })),
  })

export const leadsOfContactQuery = (contact_id: string) =>
  queryOptions({
    queryKey: ['leads', 'of-contact', contact_id],
    queryFn: () =>
      take(api.GET('/api/v1/leads', { params: { query: { contact_id, limit: shownOfOne, sort: '-number' } } })),
  })

export async function addContact(body: NewContact): Promise<Contact> {
  const made = await take(api.POST('/api/v1/contacts', { body }))
  await queries.invalidateQueries({ queryKey: ['contacts'] })
  return made
}

export async function changeContact(id: string, body: ContactChange): Promise<Contact> {
  const changed = await take(api.PATCH('/api/v1/contacts/{id}', { params: { path: { id } }, body }))
  queries.setQueryData(contactQuery(id).queryKey, changed)
  await queries.invalidateQueries({ queryKey: ['contacts'] })
  await queries.invalidateQueries({ queryKey: ['contactability'] })
  return changed
}

export async function deleteContact(id: string): Promise<void> {
  await take(api.DELETE('/api/v1/contacts/{id}', { params: { path: { id } } }))
  await queries.invalidateQueries({ queryKey: ['contacts', 'list'] })
  await queries.invalidateQueries({ queryKey: ['contacts', 'count'] })
  await queries.invalidateQueries({ queryKey: ['leads'] })
}

/** A draft of these people. Sent again under the same key it is the same draft. */
export async function makeBulkCall(body: BulkCall, key: string): Promise<Schemas['BulkCall']> {
  const headers = { 'idempotency-key': key }
  const made = await take(api.POST('/api/v1/contacts/bulk-call', { body, headers })).catch(tellOfCampaign)
  await queries.invalidateQueries({ queryKey: ['campaigns', 'list'] })
  return made
}

/** Whoever fills in the form knows the campaign's fields alone. */
function tellOfCampaign(error: unknown): never {
  if (!(error instanceof Refused) || error.problem?.errors === undefined) throw error
  const errors = error.problem.errors.map((fault) => ({ ...fault, path: fault.path.replace(/^campaign\./, '') }))
  throw new Refused({ ...error.problem, errors })
}
