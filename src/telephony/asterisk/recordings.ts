/** What is asked of a PBX about recordings: those under way, and the files of those that are over. */
import { z } from 'zod'
import { fetchRecording } from '../fetch-recording.ts'
import { type Asking, untilReady } from './asking.ts'

export function openRecordings({ ask, read, origin, headers }: Asking) {
  const live = (name: string) => `recordings/live/${encodeURIComponent(name)}`
  return {
    liveRecording: (name: string) => read(live(name), z.object({ state: z.string() })),
    storedRecording: (name: string) => read(`recordings/stored/${encodeURIComponent(name)}`, z.object({})),
    /** One of this name that is there already goes on. */
    record(channel: string, name: string) {
      const query = { name, format: 'wav', ifExists: 'append' }
      return untilReady(() => ask('POST', `channels/${encodeURIComponent(channel)}/record`, { query }))
    },
    pauseRecording: (name: string) => ask('POST', `${live(name)}/pause`),
    resumeRecording: (name: string) => ask('DELETE', `${live(name)}/pause`),
    /** Where its file is read. */
    recordingUrl: (name: string) => `${origin}/ari/recordings/stored/${encodeURIComponent(name)}/file`,
    openRecording: (url: string, signal: AbortSignal) => fetchRecording(url, { origin, headers }, signal),
    stopRecording: (name: string) => ask('POST', `${live(name)}/stop`),
  }
}
