import type { paths } from '@outdial/sdk'
import { queryOptions } from '@tanstack/react-query'
import { api, type Schemas, take } from './client.ts'
import { queries } from './queries.ts'

export type Trunk = Schemas['Trunk']
export type TrunkProvider = Schemas['TrunkProvider']
export type NewTrunk = paths['/api/v1/trunks']['post']['requestBody']['content']['application/json']
export type TrunkChange = paths['/api/v1/trunks/{id}']['patch']['requestBody']['content']['application/json']
export type NewCallerId = paths['/api/v1/trunks/{id}/caller-ids']['post']['requestBody']['content']['application/json']

/** What an older system's calls went over is kept with them, and nothing can be done with it. */
export const isOurs = ({ provider }: Trunk): boolean => provider !== 'past'

/** Its calls ring real phones. */
export const isReal = (trunk: Trunk): boolean => isOurs(trunk) && trunk.provider !== 'simulated'

export const trunksQuery = queryOptions({
  queryKey: ['trunks', 'list'],
  queryFn: () => take(api.GET('/api/v1/trunks')),
})

export const providersQuery = queryOptions({
  queryKey: ['trunks', 'providers'],
  queryFn: () => take(api.GET('/api/v1/trunk-providers')),
  staleTime: Number.POSITIVE_INFINITY,
})

/** Calls at once: limit, in use, free; and whether a trunk rests. */
export const limitsQuery = queryOptions({
  queryKey: ['sums', 'limits'],
  queryFn: () => take(api.GET('/api/v1/limits')),
})

export const answerRatesQuery = (id: string) =>
  queryOptions({
    queryKey: ['trunks', 'answer-rates', id],
    queryFn: () => take(api.GET('/api/v1/trunks/{id}/answer-rates', { params: { path: { id } } })),
  })

async function changed(): Promise<void> {
  await queries.invalidateQueries({ queryKey: ['trunks'] })
  // Whether they rehearse is said by their trunks.
  await queries.invalidateQueries({ queryKey: ['campaigns'] })
}

export async function addTrunk(body: NewTrunk): Promise<void> {
  await take(api.POST('/api/v1/trunks', { body }))
  await changed()
}

export async function changeTrunk(id: string, body: TrunkChange): Promise<void> {
  await take(api.PATCH('/api/v1/trunks/{id}', { params: { path: { id } }, body }))
  await changed()
}

export async function addCallerId(id: string, body: NewCallerId): Promise<void> {
  await take(api.POST('/api/v1/trunks/{id}/caller-ids', { params: { path: { id } }, body }))
  await changed()
}

export async function removeCallerId(id: string, number: string): Promise<void> {
  await take(api.DELETE('/api/v1/trunks/{id}/caller-ids/{number}', { params: { path: { id, number } } }))
  await changed()
}

/** Rings one number over one trunk, with nobody on our side; resolves to the call's id. */
export async function placeTestCall(trunk_id: string, number: string): Promise<string> {
  const { id } = await take(api.POST('/api/v1/calls', { body: { trunk_id, number, without_agent: true } }))
  return id
}

export const testCallEventsQuery = (id: string) =>
  queryOptions({
    queryKey: ['calls', 'test-events', id],
    queryFn: () => take(api.GET('/api/v1/calls/{id}/events', { params: { path: { id } } })),
  })

/** Enough that not all of them went wrong in the same way. */
const latest = 20

/** Whether one of the latest calls over one of these trunks rang. */
export const rangOverQuery = (ids: readonly string[]) =>
  queryOptions({
    queryKey: ['sums', 'rang-over', ids],
    queryFn: async () => {
      const ask = (trunk_id: string) =>
        take(api.GET('/api/v1/calls', { params: { query: { trunk_id, limit: latest } } }))
      const found = await Promise.all(ids.map(ask))
      return found.some(({ data }) => data.some((call) => call.ringing_at !== null || call.answered_at !== null))
    },
  })
