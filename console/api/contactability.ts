import { queryOptions } from '@tanstack/react-query'
import { api, type Schemas, take } from './client.ts'

/** May somebody be called, when, and by which rule: of a number, or of a lead. */
export type Verdict = Schemas['Verdict'] | Schemas['Contactability']

export const contactabilityQuery = (number: string, campaign?: string) =>
  queryOptions({
    queryKey: ['contactability', number, campaign],
    queryFn: () =>
      take(api.GET('/api/v1/contactability', { params: { query: { number, ...(campaign && { campaign }) } } })),
  })

/** The latest of a number. */
export const consentsOfQuery = (number: string) =>
  queryOptions({
    queryKey: ['consents', 'of', number],
    queryFn: () => take(api.GET('/api/v1/consents', { params: { query: { number, limit: 20 } } })),
  })
