import type { paths } from '@outdial/sdk'
import { queryOptions } from '@tanstack/react-query'
import { api, type Schemas, take } from './client.ts'
import { queries } from './queries.ts'

export type VoicemailDrop = Schemas['VoicemailDrop']
type Change = paths['/api/v1/voicemail-drops/{id}']['patch']['requestBody']['content']['application/json']

export const voicemailDropsQuery = queryOptions({
  queryKey: ['voicemail-drops'],
  queryFn: () => take(api.GET('/api/v1/voicemail-drops', { params: { query: { limit: 1000 } } })),
})

/** There is something to be played: audio of our own, or a recording that the carrier has. */
export const isAudible = ({ message, bytes }: VoicemailDrop): boolean => message !== null || bytes !== null

export const dropAudioAt = (id: string): string => `/api/v1/voicemail-drops/${id}/audio`

const changed = () => queries.invalidateQueries({ queryKey: ['voicemail-drops'] })

/** Adds a message, or changes the one of this id; gives its id. */
export async function keepDrop(id: string | null, body: Change & { name: string }): Promise<string> {
  const kept = await (id === null
    ? take(api.POST('/api/v1/voicemail-drops', { body }))
    : take(api.PATCH('/api/v1/voicemail-drops/{id}', { params: { path: { id } }, body })))
  await changed()
  return kept.id
}

/** The audio takes the place of the one before. */
export async function uploadDropAudio(id: string, audio: Blob): Promise<void> {
  const send = async () => {
    const headers = { 'content-type': 'audio/wav' }
    const response = await fetch(dropAudioAt(id), { method: 'PUT', headers, body: audio })
    const said: unknown = await response.json()
    return response.ok ? { response, data: said } : { response, error: said }
  }
  await take(send())
  await changed()
}

export async function deleteDrop(id: string): Promise<void> {
  await take(api.DELETE('/api/v1/voicemail-drops/{id}', { params: { path: { id } } }))
  await changed()
}
