import { once } from 'node:events'
import type { FastifyReply } from 'fastify'

export interface EventStream {
  /** Resolves once the client has taken it, or is gone. */
  send(event: { id: number; type: string; data: unknown }): Promise<void>
  comment(text: string): void
  /** Says that the stream lives, to clients who can't hear comments. It has no number: nobody goes on from it. */
  beat(): void
  end(): void
  /** Aborts when the client is gone or the stream has ended. */
  readonly gone: AbortSignal
}

/** Turns an answer into a stream of server-sent events, with the headers that the hooks have set so far. */
export function openEventStream(reply: FastifyReply): EventStream {
  const { raw } = reply
  const ended = new AbortController()
  reply.hijack()
  raw.writeHead(200, {
    ...(reply.getHeaders() as Record<string, string>),
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    // Nothing follows on this connection, so a server that closes need not wait for it.
    connection: 'close',
    // Or a proxy would keep events back until its buffer is full.
    'x-accel-buffering': 'no',
  })
  raw.once('close', () => ended.abort())
  raw.once('error', () => ended.abort())

  async function write(text: string): Promise<void> {
    if (ended.signal.aborted || raw.write(text)) return
    // Nothing piles up for a slow client: the next events wait in the database.
    await once(raw, 'drain', { signal: ended.signal }).catch((error: Error) => {
      if (!ended.signal.aborted) throw error
    })
  }

  const say = (text: string) => {
    if (!ended.signal.aborted) raw.write(`${text}\n\n`)
  }

  return {
    gone: ended.signal,
    send: ({ id, type, data }) => write(`id: ${id}\nevent: ${type}\ndata: ${JSON.stringify(data)}\n\n`),
    comment: (text) => say(`: ${text}`),
    beat: () => say('event: beat\ndata: {}'),
    end() {
      ended.abort()
      raw.end()
    },
  }
}
