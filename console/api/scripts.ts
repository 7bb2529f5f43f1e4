import type { paths } from '@outdial/sdk'
import { queryOptions } from '@tanstack/react-query'
import { api, type Schemas, take } from './client.ts'
import { queries } from './queries.ts'

export type Script = Schemas['Script']
export type NewScript = paths['/api/v1/scripts']['post']['requestBody']['content']['application/json']

export const scriptsQuery = queryOptions({
  queryKey: ['scripts'],
  queryFn: () => take(api.GET('/api/v1/scripts', { params: { query: { limit: 1000 } } })),
})

const changed = () => queries.invalidateQueries({ queryKey: ['scripts'] })

export async function addScript(body: NewScript): Promise<void> {
  await take(api.POST('/api/v1/scripts', { body }))
  await changed()
}

export async function changeScript(id: string, body: NewScript): Promise<void> {
  await take(api.PATCH('/api/v1/scripts/{id}', { params: { path: { id } }, body }))
  await changed()
}

export async function deleteScript(id: string): Promise<void> {
  await take(api.DELETE('/api/v1/scripts/{id}', { params: { path: { id } } }))
  await changed()
}
