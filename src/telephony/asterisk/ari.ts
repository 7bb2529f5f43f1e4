/** What is asked of a PBX: its channels over ARI, and its book. */
import { z } from 'zod'
import { type LineAnswer, openHttpLine } from '../http-line.ts'
import { instant, parseJson } from './answers.ts'
import { openBook, withdrawn_cause, writtenDown } from './book.ts'
import type { AsteriskSettings } from './settings.ts'

/** A request that found no connection by then stays here. */
export const step_ms = 100
const connections = 32
/** A channel ends a moment after it was told to. */
const look_ms = 10
const answer_within_ms = 10_000

const channel = z.object({ id: z.string(), state: z.string(), creationtime: instant })
export type PbxChannel = z.output<typeof channel>

const answers = {
  channel,
  channels: z.array(channel),
  info: z.object({ status: z.object({ startup_time: instant }) }),
  variable: z.object({ value: z.string() }),
}

/** `found` is null for what the PBX says it does not have. */
export type Asked<T> = { ok: true; found: T | null } | { ok: false; reason: string }

interface Sent {
  query?: Record<string, string> | undefined
  body?: object
  signal?: AbortSignal | undefined
}

export function openAri(settings: AsteriskSettings) {
  const { url, user, secret } = settings
  const line = openHttpLine(new URL(url).origin, { connections, leave_within_ms: step_ms })
  const authorization = `Basic ${Buffer.from(`${user}:${secret}`).toString('base64')}`
  const headers = { authorization, 'content-type': 'application/json' }
  const book = openBook(line, settings)

  const ask = (
    method: 'GET' | 'POST' | 'DELETE',
    path: string,
    { query = {}, body, signal }: Sent = {},
  ): Promise<LineAnswer> => {
    const limit = AbortSignal.timeout(answer_within_ms)
    const words = new URLSearchParams(query).toString()
    const request = {
      method,
      path: `/ari/${path}${words && `?${words}`}`,
      headers,
      body: body ? JSON.stringify(body) : null,
    }
    return line.ask(request, signal ? AbortSignal.any([signal, limit]) : limit)
  }
  const read = async <T>(path: string, schema: z.ZodType<T>, query?: Record<string, string>): Promise<Asked<T>> => {
    const answer = await ask('GET', path, { query })
    if (answer.status === 404) return { ok: true, found: null }
    if (answer.status !== 200) return { ok: false, reason: reasonOf(answer) }
    const told = schema.safeParse(parseJson(answer.text))
    return told.success ? { ok: true, found: told.data } : { ok: false, reason: 'the PBX answers in another way' }
  }
  const at = (id: string) => `channels/${encodeURIComponent(id)}`

  return {
    channel: (id: string) => read(at(id), answers.channel),
    channels: () => read('channels', answers.channels),
    variable: (id: string, variable: string) => read(`${at(id)}/variable`, answers.variable, { variable }),
    info: () => read('asterisk/info', answers.info, { only: 'status' }),
    /** Takes the id and rings nobody. 409: a channel of this id lives. */
    create(
      id: string,
      of: { attempt_id: string; app: string; endpoint: string; caller_id: string | null },
      signal?: AbortSignal,
    ) {
      const { app, endpoint, caller_id } = of
      const caller = caller_id === null ? {} : { 'CONNECTEDLINE(num,i)': caller_id }
      const variables = { ...writtenDown(of.attempt_id), ...caller }
      return ask('POST', 'channels/create', { query: { endpoint, app, channelId: id }, body: { variables }, signal })
    },
    /** Lets a created channel ring. */
    ring: (id: string, ring_timeout_ms: number, signal: AbortSignal) =>
      ask('POST', `${at(id)}/dial`, { query: { timeout: String(Math.ceil(ring_timeout_ms / 1000)) }, signal }),
    /** `cause` is by Q.850. */
    end: (id: string, cause: number) => ask('DELETE', at(id), { query: { reason_code: String(cause) } }),
    /** Ends a channel that was not let ring; null once it is gone and written down as such. */
    async withdraw(id: string): Promise<string | null> {
      const ended = await ask('DELETE', at(id), { query: { reason_code: String(withdrawn_cause) } })
      if (ended.status !== 204 && ended.status !== 404) return reasonOf(ended)
      for (let looks = 0; looks < 50; looks++) {
        const living = await read(at(id), answers.channel)
        if (!living.ok) return living.reason
        if (living.found === null) return null
        await new Promise((resolve) => setTimeout(resolve, look_ms))
      }
      return 'a channel does not end'
    },
    async echo(app: string, name: string) {
      await ask('POST', `events/user/${name}`, { query: { application: app } })
    },
    written: (attempt_id: string, channel: string) =>
      book.read(attempt_id, channel, AbortSignal.timeout(answer_within_ms)),
    close: line.close,
  }
}
export type Ari = ReturnType<typeof openAri>

export const reasonOf = (answer: LineAnswer) =>
  answer.status === null ? answer.reason : `the PBX answered ${answer.status}`
