/** Calls while somebody works on them: what was done with them, what they meant, what was written down about them. */
import type { paths } from '@outdial/sdk'
import { queryOptions } from '@tanstack/react-query'
import { api, type Schemas, take } from './client.ts'
import { queries } from './queries.ts'

export type DoneAct = Schemas['CallAct']
export type Join = Schemas['CallJoin']
export type JoinHow = Join['how']
export type Said = paths['/api/v1/calls/{id}/disposition']['post']['requestBody']['content']['application/json']

const all = 200

export const callInHandQuery = (id: string) =>
  queryOptions({
    queryKey: ['desk', 'call', id],
    queryFn: () => take(api.GET('/api/v1/calls/{id}', { params: { path: { id } } })),
  })

export const doneActsQuery = (id: string) =>
  queryOptions({
    queryKey: ['desk', 'acts', id],
    queryFn: () => take(api.GET('/api/v1/calls/{id}/acts', { params: { path: { id } } })),
  })

/** What the carrier of a trunk can do at all. */
export const possibleActsQuery = (trunk_id: string) =>
  queryOptions({
    queryKey: ['desk', 'possible', trunk_id],
    queryFn: () => take(api.GET('/api/v1/trunks/{id}/acts', { params: { path: { id: trunk_id } } })),
    staleTime: Number.POSITIVE_INFINITY,
  })

/** What a call was said to mean: of one that has a disposition. */
export const saidQuery = (id: string) =>
  queryOptions({
    queryKey: ['desk', 'said', id],
    queryFn: () => take(api.GET('/api/v1/calls/{id}/disposition', { params: { path: { id } } })),
  })

export async function dispose(id: string, body: Said) {
  const said = await take(api.POST('/api/v1/calls/{id}/disposition', { params: { path: { id } }, body }))
  await queries.invalidateQueries({ queryKey: saidQuery(id).queryKey })
  await queries.invalidateQueries({ queryKey: callInHandQuery(id).queryKey })
  return said
}

export const notesOfCallQuery = (id: string) =>
  queryOptions({
    queryKey: ['desk', 'notes', id],
    queryFn: () => take(api.GET('/api/v1/calls/{id}/notes', { params: { path: { id }, query: { limit: all } } })),
  })

/** Writes a note, or mends the one of this id; gives its id. */
export async function keepNote(call_id: string, note_id: string | null, content: string): Promise<string> {
  const kept =
    note_id === null
      ? await take(api.POST('/api/v1/calls/{id}/notes', { params: { path: { id: call_id } }, body: { content } }))
      : await take(
          api.PATCH('/api/v1/calls/{id}/notes/{note_id}', {
            params: { path: { id: call_id, note_id } },
            body: { content },
          }),
        )
  return kept.id
}

/** A supervisor comes into a call, changes how they are in it, or leaves. */
export async function joinCall(id: string, act: JoinHow | 'leave'): Promise<Join> {
  const joined = await take(api.POST('/api/v1/calls/{id}/acts', { params: { path: { id } }, body: { act } }))
  await queries.invalidateQueries({ queryKey: ['board'] })
  return joined as Join
}
