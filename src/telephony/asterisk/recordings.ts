/** What is asked of a PBX about recordings: those under way, and the files of those that are over. */
import { z } from 'zod'
import type { CarrierFault } from '../faults.ts'
import { fetchRecording } from '../fetch-recording.ts'
import type { RecordingReply } from '../port.ts'
import { reasonOf } from './answers.ts'
import { type Asking, untilReady } from './asking.ts'
import { interleave } from './split-audio.ts'

/** What the customer says, and what they hear. */
export const voicesOf = (name: string): [string, string] => [`${name}-customer`, `${name}-agent`]

/** Behind the name of a recording of two channels, which the PBX has as two files: after the mixed one in every order. */
const split_mark = '~split'

export const isSplitRecording = (url: string) => url.endsWith(`${split_mark}/file`)

export function openRecordings({ ask, read, origin, headers }: Asking) {
  const recordingUrl = (name: string) => `${origin}/ari/recordings/stored/${encodeURIComponent(name)}/file`
  /** What is read for the recording at an address. */
  const filesOf = (url: string) =>
    isSplitRecording(url) ? voicesOf(url.slice(0, -`${split_mark}/file`.length)).map((file) => `${file}/file`) : [url]
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
    recordingUrl,
    splitRecordingUrl: (name: string) => recordingUrl(`${name}${split_mark}`),
    async openRecording(url: string, signal: AbortSignal): Promise<RecordingReply> {
      const replies = await Promise.all(filesOf(url).map((file) => fetchRecording(file, { origin, headers }, signal)))
      const [only, other] = replies
      if (other === undefined) return only as RecordingReply
      if (only?.ok && other.ok) return { ...only, body: interleave(only.body, other.body) }
      for (const reply of replies) if (reply.ok) reply.body.destroy()
      return replies.find((reply) => !reply.ok) as RecordingReply
    },
    /** The file at this address. */
    async forgetRecording(url: string): Promise<CarrierFault | null> {
      const [, name = ''] = /\/([\w~-]+)\/file$/.exec(url) ?? []
      if (url !== recordingUrl(name)) return { verdict: 'permanent', reason: 'the recording is at another place' }
      for (const file of filesOf(url)) {
        const answer = await ask('DELETE', new URL(file).pathname.slice('/ari/'.length, -'/file'.length))
        if (answer.status !== 204 && answer.status !== 404) return { verdict: 'blocked', reason: reasonOf(answer) }
      }
      return null
    },
    stopRecording: (name: string) => ask('POST', `${live(name)}/stop`),
  }
}
