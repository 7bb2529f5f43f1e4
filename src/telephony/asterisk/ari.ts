/** What is asked of a PBX: its channels over ARI, and its book. */
import { z } from 'zod'
import { instant, reasonOf } from './answers.ts'
import { answer_within_ms, openAsking, untilReady } from './asking.ts'
import { openBook, withdrawn_cause, writtenDown } from './book.ts'
import { openBridges } from './bridges.ts'
import { openGlobals } from './globals.ts'
import { openObjects } from './objects.ts'
import { openRecordings } from './recordings.ts'
import type { AsteriskSettings } from './settings.ts'

/** A channel ends a moment after it was told to. */
const look_ms = 10
const looks = 50

const channel = z.object({
  id: z.string(),
  state: z.string(),
  creationtime: instant,
  dialplan: z.object({ context: z.string() }),
})
export type PbxChannel = z.output<typeof channel>

const answers = {
  channel,
  channels: z.array(channel),
  info: z.object({ status: z.object({ startup_time: instant }) }),
  variable: z.object({ value: z.string() }),
}

/** A channel that is to be. */
interface NewChannel {
  app: string
  endpoint: string
  caller_id: string | null
  /** Under which its end is written down; null for one of which no trace is needed. */
  written_as: string | null
  /** What else is kept with it. */
  variables?: Record<string, string>
  /** The id of the other end of a line within the PBX. */
  other_id?: string
}

export function openAri(settings: AsteriskSettings) {
  const asking = openAsking(settings)
  const { ask, read, line } = asking
  const book = openBook(line, settings)
  const at = (id: string) => `channels/${encodeURIComponent(id)}`
  const end = (id: string, cause: number) => ask('DELETE', at(id), { query: { reason_code: String(cause) } })
  /** Null once the channel is gone. */
  const endWhole = async (id: string, cause: number): Promise<string | null> => {
    const ended = await end(id, cause)
    if (ended.status !== 204 && ended.status !== 404) return reasonOf(ended)
    for (let look = 0; look < looks; look++) {
      const living = await read(at(id), answers.channel)
      if (!living.ok) return living.reason
      if (living.found === null) return null
      await new Promise((resolve) => setTimeout(resolve, look_ms))
    }
    return 'a channel does not end'
  }

  return {
    ...openBridges(asking),
    ...openRecordings(asking),
    splits_recordings: settings.split_recordings,
    ...openGlobals(asking),
    ...openObjects(asking),
    channel: (id: string) => read(at(id), answers.channel),
    channels: () => read('channels', answers.channels),
    variable: (id: string, variable: string) => read(`${at(id)}/variable`, answers.variable, { variable }),
    info: () => read('asterisk/info', answers.info, { only: 'status' }),
    /** Takes the id and rings nobody. 409: a channel of this id lives. */
    create(id: string, channel: NewChannel, signal?: AbortSignal) {
      const { app, endpoint, caller_id, written_as, other_id } = channel
      const caller = caller_id === null ? {} : { 'CONNECTEDLINE(num,i)': caller_id }
      const variables = { ...channel.variables, ...(written_as === null ? {} : writtenDown(written_as)), ...caller }
      const query = { endpoint, app, channelId: id, ...(other_id === undefined ? {} : { otherChannelId: other_id }) }
      return ask('POST', 'channels/create', { query, body: { variables }, signal })
    },
    /** Lets a created channel ring. */
    ring: (id: string, ring_timeout_ms: number, signal?: AbortSignal) =>
      untilReady(() =>
        ask('POST', `${at(id)}/dial`, { query: { timeout: String(Math.ceil(ring_timeout_ms / 1000)) }, signal }),
      ),
    /** `cause` is by Q.850. */
    end,
    endWhole,
    /** Ends a channel that was not let ring; null once it is gone and written down as such. */
    withdraw: (id: string) => endWhole(id, withdrawn_cause),
    async echo(app: string, name: string) {
      await ask('POST', `events/user/${name}`, { query: { application: app } })
    },
    written: (id: string, channel: string) => book.read(id, channel, AbortSignal.timeout(answer_within_ms)),
    close: line.close,
  }
}
export type Ari = ReturnType<typeof openAri>

/** A trunk's PBX. */
export interface Pbx {
  trunk_id: string
  ari: Ari
  /** Under which the PBX knows who listens. */
  app: string
}
