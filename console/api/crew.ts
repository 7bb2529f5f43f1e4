import { queryOptions } from '@tanstack/react-query'
import { api, type Schemas, take } from './client.ts'

/** Whoever can be given calls: agents by themselves, and teams. */
export interface Crew {
  agents: Schemas['Agent'][]
  teams: Schemas['Team'][]
}

export const crewQuery = queryOptions({
  queryKey: ['agents', 'crew'],
  queryFn: async (): Promise<Crew> => {
    const query = { limit: 1000 }
    const [agents, teams] = await Promise.all([
      take(api.GET('/api/v1/agents', { params: { query } })),
      take(api.GET('/api/v1/teams', { params: { query } })),
    ])
    return { agents: agents.data.filter(({ active }) => active), teams: teams.data }
  },
})
