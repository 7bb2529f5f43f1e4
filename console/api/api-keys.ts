import type { paths } from '@outdial/sdk'
import { api, type Schemas, take } from './client.ts'
import { pagesOf } from './pages.ts'
import { queries } from './queries.ts'

export type ApiKey = Schemas['ApiKey']
export type NewApiKey = paths['/api/v1/api-keys']['post']['requestBody']['content']['application/json']

export const apiKeysQuery = pagesOf(['api-keys'], (page) =>
  take(api.GET('/api/v1/api-keys', { params: { query: page } })),
)

const changed = () => queries.invalidateQueries({ queryKey: ['api-keys'] })

/** Resolves to the token, shown this once. */
export async function makeApiKey(body: NewApiKey): Promise<string | null> {
  const { token } = await take(api.POST('/api/v1/api-keys', { body }))
  await changed()
  return token
}

export async function revokeApiKey(id: string): Promise<void> {
  await take(api.DELETE('/api/v1/api-keys/{id}', { params: { path: { id } } }))
  await changed()
}
