import type { paths } from '@outdial/sdk'
import { queryOptions } from '@tanstack/react-query'
import { api, type Schemas, take } from './client.ts'
import { pagesOf } from './pages.ts'
import { queries } from './queries.ts'

export type User = Schemas['User']
export type Role = User['role']
export type UserChange = paths['/api/v1/users/{id}']['patch']['requestBody']['content']['application/json']

export const usersQuery = pagesOf(['users', 'list'], (page) =>
  take(api.GET('/api/v1/users', { params: { query: page } })),
)

/** More than sign in anywhere. */
const all = 1_000

/** Who may sign in, to be chosen from. */
export const membersQuery = queryOptions({
  queryKey: ['users', 'chooseable'],
  queryFn: () => take(api.GET('/api/v1/users', { params: { query: { limit: all } } })),
})

const changed = () => queries.invalidateQueries({ queryKey: ['users'] })

/** Resolves to the link that lets them in, shown this once. */
export async function inviteUser(body: { email: string; name: string; role: Role }): Promise<string | null> {
  const { invite_url } = await take(api.POST('/api/v1/users', { body }))
  await changed()
  return invite_url
}

export async function renewInvitation(id: string): Promise<string | null> {
  const { invite_url } = await take(api.POST('/api/v1/users/{id}/invite', { params: { path: { id } } }))
  return invite_url
}

export async function changeUser(id: string, body: UserChange): Promise<void> {
  await take(api.PATCH('/api/v1/users/{id}', { params: { path: { id } }, body }))
  await changed()
}
