import type { paths } from '@outdial/sdk'
import { api, type Schemas, take } from './client.ts'
import { meQuery } from './me.ts'
import { queries } from './queries.ts'

export type Workspace = Schemas['Workspace']
export type WorkspaceChange = paths['/api/v1/workspaces/{id}']['patch']['requestBody']['content']['application/json']

export async function changeWorkspace(id: string, body: WorkspaceChange): Promise<void> {
  await take(api.PATCH('/api/v1/workspaces/{id}', { params: { path: { id } }, body }))
  await queries.invalidateQueries({ queryKey: meQuery.queryKey })
}
