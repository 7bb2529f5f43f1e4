import type { paths } from '@outdial/sdk'
import { queryOptions } from '@tanstack/react-query'
import { api, type Schemas, take } from './client.ts'
import { pagesOf } from './pages.ts'
import { queries } from './queries.ts'

export type Agent = Schemas['Agent']
export type Team = Schemas['Team']
export type NewAgent = paths['/api/v1/agents']['post']['requestBody']['content']['application/json']
export type AgentChange = paths['/api/v1/agents/{id}']['patch']['requestBody']['content']['application/json']

/** More than anybody has. */
const all = 1_000

/** The agent that a user signs in as; null where there is none. */
export const agentOfUserQuery = (user_id: string) =>
  queryOptions({
    queryKey: ['agents', 'of-user', user_id],
    queryFn: async () => {
      const found = await take(api.GET('/api/v1/agents', { params: { query: { user_id, limit: 1 } } }))
      return found.data[0] ?? null
    },
  })

export const agentsQuery = (search: string) =>
  pagesOf(['agents', 'list', search], (page) =>
    take(api.GET('/api/v1/agents', { params: { query: { ...page, ...(search !== '' && { search }) } } })),
  )

export const teamsQuery = queryOptions({
  queryKey: ['teams'],
  queryFn: () => take(api.GET('/api/v1/teams', { params: { query: { limit: all } } })),
})

/** Who did what today. */
export const todayQuery = queryOptions({
  queryKey: ['sums', 'today'],
  queryFn: () => take(api.GET('/api/v1/agents/leaderboard')),
})

export async function makeAgent(body: NewAgent): Promise<Agent> {
  const made = await take(api.POST('/api/v1/agents', { body }))
  await queries.invalidateQueries({ queryKey: ['agents'] })
  return made
}

export async function changeAgent(id: string, body: AgentChange): Promise<Agent> {
  const changed = await take(api.PATCH('/api/v1/agents/{id}', { params: { path: { id } }, body }))
  await queries.invalidateQueries({ queryKey: ['agents'] })
  return changed
}

export async function removeAgent(id: string): Promise<void> {
  await take(api.DELETE('/api/v1/agents/{id}', { params: { path: { id } } }))
  await queries.invalidateQueries({ queryKey: ['agents'] })
}

export async function makeTeam(name: string, agent_ids: string[]): Promise<Team> {
  const made = await take(api.POST('/api/v1/teams', { body: { name, agent_ids } }))
  await queries.invalidateQueries({ queryKey: ['teams'] })
  return made
}

/** Its name and who is in it. */
export async function changeTeam(id: string, name: string, agent_ids: string[]): Promise<void> {
  const params = { path: { id } }
  await take(api.PATCH('/api/v1/teams/{id}', { params, body: { name } }))
  await take(api.PUT('/api/v1/teams/{id}/agents', { params, body: { agent_ids } }))
  await queries.invalidateQueries({ queryKey: ['teams'] })
  await queries.invalidateQueries({ queryKey: ['agents'] })
}

export async function removeTeam(id: string): Promise<void> {
  await take(api.DELETE('/api/v1/teams/{id}', { params: { path: { id } } }))
  await queries.invalidateQueries({ queryKey: ['teams'] })
}
