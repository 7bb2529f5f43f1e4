import type { paths } from '@outdial/sdk'
import { queryOptions } from '@tanstack/react-query'
import { api, type Schemas, take } from './client.ts'
import { pagesOf } from './pages.ts'
import { queries } from './queries.ts'

export type RulePack = Schemas['RulePack']
export type Consent = Schemas['Consent']
export type NewConsent = paths['/api/v1/consents']['post']['requestBody']['content']['application/json']

export const rulePacksQuery = queryOptions({
  queryKey: ['rule-packs'],
  queryFn: () => take(api.GET('/api/v1/rule-packs')),
  staleTime: Number.POSITIVE_INFINITY,
})

export const consentsQuery = (number: string) =>
  pagesOf(['consents', 'list', number], (page) =>
    take(api.GET('/api/v1/consents', { params: { query: { ...page, ...(number !== '' && { number }) } } })),
  )

const changed = () => queries.invalidateQueries({ queryKey: ['consents'] })

export async function recordConsent(body: NewConsent): Promise<void> {
  await take(api.POST('/api/v1/consents', { body }))
  await changed()
}

/** Takes back every consent of a number. */
export async function withdrawConsent(number: string, reason: string): Promise<void> {
  await take(api.POST('/api/v1/consents/withdraw', { body: { number, reason } }))
  await changed()
}
