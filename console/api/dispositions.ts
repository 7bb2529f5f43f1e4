import type { paths } from '@outdial/sdk'
import { queryOptions } from '@tanstack/react-query'
import { api, type Schemas, take } from './client.ts'
import { queries } from './queries.ts'

export type Disposition = Schemas['Disposition']
export type DispositionChange =
  paths['/api/v1/dispositions/{id}']['patch']['requestBody']['content']['application/json']

/** All of them; `retired` with those that are given no more. */
export const dispositionsQuery = (retired: boolean) =>
  queryOptions({
    queryKey: ['dispositions', retired],
    queryFn: () =>
      take(
        api.GET('/api/v1/dispositions', { params: { query: { limit: 1000, ...(!retired && { retired: 'false' }) } } }),
      ),
  })

const changed = () => queries.invalidateQueries({ queryKey: ['dispositions'] })

export async function addDisposition(body: DispositionChange & { name: string }): Promise<void> {
  const { retired: _, ...rest } = body
  await take(api.POST('/api/v1/dispositions', { body: rest }))
  await changed()
}

export async function changeDisposition(id: string, body: DispositionChange): Promise<void> {
  await take(api.PATCH('/api/v1/dispositions/{id}', { params: { path: { id } }, body }))
  await changed()
}
