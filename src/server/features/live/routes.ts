import type { FastifyRequest } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { Authenticator } from '../../http/auth.ts'
import { sendProblem } from '../../http/errors.ts'
import { type EventStream, openEventStream } from '../../http/event-stream.ts'
import type { ServerDeps } from '../../http/house.ts'
import type { LiveHub } from '../../http/live.ts'
import { refuse } from '../../http/problems.ts'
import { hideOthersEvents } from './visibility.ts'

/** Within this a sign-out or a revoked key ends the stream, and a proxy sees that the connection is used. */
const checkEveryMs = 3_000

export function liveRoutes(house: ServerDeps, hub: LiveHub, authenticator: Authenticator): FastifyPluginAsyncZod {
  return async (app) => {
    app.route({
      method: 'GET',
      url: '/live',
      config: { action: 'live.read' },
      schema: {
        tags: ['live'],
        summary: 'What changes, as server-sent events',
        description:
          'Events carry gapless numbers per workspace. Reconnect with Last-Event-ID to go on after it; an id older than ' +
          'the last 24 hours gets one `reset` event, after which everything has to be read anew. Every three seconds a ' +
          '`beat` without a number says that the stream lives.',
        headers: z.object({ 'last-event-id': z.coerce.number().int().min(0).exactOptional() }),
      },
      async handler(request, reply) {
        if (!accepts(request)) return sendProblem(reply, refuse('not-acceptable', 'Accept text/event-stream.'))
        const seen = request.headers['last-event-id'] ?? null
        const { workspace_id } = request.caller
        const { last, complete } = await hub.position(workspace_id, seen)
        const stream = openEventStream(reply)
        stream.comment('connected')
        if (!complete) await stream.send({ id: last, type: 'reset', data: {} })
        const shown = hideOthersEvents(house, request.caller)
        const stop = hub.watch(workspace_id, {
          end: () => stream.end(),
          seen: complete && seen !== null ? seen : last,
          async take(events) {
            for (const event of await shown(events)) {
              await stream.send({ id: event.seq, type: event.type, data: { ...event.data, at: event.at } })
            }
          },
        })
        stream.gone.addEventListener('abort', stop)
        keepChecking(stream, () => authenticator.stillKnows(request), house)
      },
    })
  }
}

function accepts(request: FastifyRequest): boolean {
  const { accept } = request.headers
  return (
    accept !== undefined &&
    /(text\/event-stream|text\/\*|\*\/\*)\s*(;\s*q=(?!0(\.0*)?\s*(,|$))|,|;(?!\s*q=)|$)/i.test(accept)
  )
}

function keepChecking(stream: EventStream, isKnown: () => Promise<boolean>, house: ServerDeps): void {
  const timer = setInterval(() => {
    isKnown()
      .then((known) => (known ? stream.beat() : stream.end()))
      .catch((error: Error) => house.log.warn({ err: error }, 'a watcher was not checked; the next check tries again'))
  }, checkEveryMs)
  timer.unref()
  stream.gone.addEventListener('abort', () => clearInterval(timer))
}
