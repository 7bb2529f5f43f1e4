import { queryOptions } from '@tanstack/react-query'
import { api, type Schemas, take } from './client.ts'
import { queries } from './queries.ts'

export type Callback = Schemas['Callback']

const shown = 200

/** Promised calls that are open, the next one first: an agent's own, or those that are the team's. */
export const callbacksQuery = (agent_id: string, whose: 'mine' | 'team') =>
  queryOptions({
    queryKey: ['callbacks', whose, agent_id],
    queryFn: async () => {
      const query = { status: 'open', limit: shown, ...(whose === 'mine' && { agent_id }) }
      const { data } = await take(api.GET('/api/v1/callbacks', { params: { query } }))
      return whose === 'mine' ? data : data.filter((callback) => callback.agent_id === null)
    },
  })

export async function cancelCallback(id: string): Promise<void> {
  await take(api.POST('/api/v1/callbacks/{id}/cancel', { params: { path: { id } }, body: {} }))
  await queries.invalidateQueries({ queryKey: ['callbacks'] })
}

/** Dials for one's own agent. */
export async function dialByHand(whom: { lead_id: string } | { number: string }): Promise<void> {
  await take(api.POST('/api/v1/calls', { body: whom }))
}
