import { queryOptions } from '@tanstack/react-query'
import { urls } from '../lib/urls.ts'
import { api, take } from './client.ts'

export const ownWorkspacesQuery = queryOptions({
  queryKey: ['own-workspaces'],
  queryFn: () => take(api.GET('/api/v1/me/workspaces')),
  staleTime: Number.POSITIVE_INFINITY,
})

async function enter(workspace: string): Promise<void> {
  await take(api.PUT('/api/v1/me/workspace', { body: { workspace } }))
}

/** Nothing that was read in one workspace is shown in another: the page is loaded anew. */
export async function goToWorkspace(id: string): Promise<void> {
  await enter(id)
  location.assign(urls.campaigns)
}

/** Leaves the demo for `home`, and ends it. */
export async function endDemo(demo: string, home: string): Promise<void> {
  await enter(home)
  await take(api.DELETE('/api/v1/workspaces/{id}', { params: { path: { id: demo } } }))
  location.assign(urls.campaigns)
}
