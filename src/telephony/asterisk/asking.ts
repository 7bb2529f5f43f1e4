/** One question after the other to a PBX's REST interface. */
import type { z } from 'zod'
import { type HttpLine, type LineAnswer, openHttpLine } from '../http-line.ts'
import { parseJson } from '../parse-json.ts'
import { type Asked, reasonOf } from './answers.ts'
import type { AsteriskSettings } from './settings.ts'

/** A request that found no connection by then stays here. */
export const step_ms = 100
const connections = 32
export const answer_within_ms = 10_000

export interface Sent {
  query?: Record<string, string>
  body?: object
  signal?: AbortSignal | undefined
}

export interface Asking {
  line: HttpLine
  /** Where it is, and by which words it lets us in. */
  origin: string
  headers: Record<string, string>
  ask(method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, sent?: Sent): Promise<LineAnswer>
  read<T>(path: string, schema: z.ZodType<T>, query?: Record<string, string>): Promise<Asked<T>>
}

export function openAsking({ url, user, secret }: AsteriskSettings): Asking {
  const { origin } = new URL(url)
  const line = openHttpLine(origin, { connections, leave_within_ms: step_ms })
  const authorization = `Basic ${Buffer.from(`${user}:${secret}`).toString('base64')}`
  const headers = { authorization, 'content-type': 'application/json' }
  const ask: Asking['ask'] = (method, path, { query = {}, body, signal } = {}) => {
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
  return {
    ...{ line, origin, headers: { authorization }, ask },
    async read(path, schema, query = {}) {
      const answer = await ask('GET', path, { query })
      if (answer.status === 404) return { ok: true, found: null }
      if (answer.status !== 200) return { ok: false, reason: reasonOf(answer) }
      const told = schema.safeParse(parseJson(answer.text))
      return told.success ? { ok: true, found: told.data } : { ok: false, reason: 'the PBX answers in another way' }
    },
  }
}

/** A channel that was made just now, or has left a bridge just now, may need a moment until it takes commands. */
const tries = 20
const try_again_ms = 10

export async function untilReady(command: () => Promise<LineAnswer>): Promise<LineAnswer> {
  for (let left = tries; ; left--) {
    const answer = await command()
    if ((answer.status !== 409 && answer.status !== 422) || left === 0) return answer
    await new Promise((resolve) => setTimeout(resolve, try_again_ms))
  }
}

/** For what nobody is rung by: a first question may come before there is a connection. */
const patience_ms = 2_000
const ask_again_ms = 100

export async function untilAnswered<T>(ask: () => Promise<T>, isAnswer: (reply: T) => boolean): Promise<T> {
  const deadline = performance.now() + patience_ms
  for (;;) {
    const reply = await ask()
    if (isAnswer(reply) || performance.now() > deadline) return reply
    await new Promise((resolve) => setTimeout(resolve, ask_again_ms))
  }
}
