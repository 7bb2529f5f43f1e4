import type { IncomingHttpHeaders } from 'node:http'
import type { Dispatcher, Pool } from 'undici'

export interface LineRequest {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  path: string
  headers: Record<string, string>
  body: string | null
}

/** `left` is false only where it is sure that not one byte was handed to a connection, and never will be. */
export type LineAnswer =
  | { status: number; text: string; headers: IncomingHttpHeaders }
  | { status: null; left: boolean; reason: string }

export interface HttpLine {
  /** Never rejects. An abort of `signal` after the request left gives it up all the same. */
  ask(request: LineRequest, signal: AbortSignal): Promise<LineAnswer>
  /** Not a graceful close: it would wait for a carrier that never answers. */
  close(): Promise<void>
}

/** A line to a carrier's HTTP API that knows of each request whether it left, and lets none leave late. */
export function openHttpLine(url: string, limits: { connections: number; leave_within_ms: number }): HttpLine {
  const { connections, leave_within_ms } = limits
  const opening = openPool(url, connections, leave_within_ms)
  return {
    async ask(request, signal) {
      const leave_by = performance.now() + leave_within_ms
      let fate: 'waits' | 'left' | 'stays' = 'waits'
      const mayLeave = () => {
        if (fate === 'waits') fate = performance.now() < leave_by ? 'left' : 'stays'
        return fate === 'left'
      }
      const asked = opening
        .then((pool) => watchPool(pool, mayLeave).request({ ...request, signal }))
        .then(async ({ statusCode, headers, body }): Promise<LineAnswer> => {
          return { status: statusCode, text: await body.text(), headers }
        })
        .catch(({ code, name }: NodeJS.ErrnoException): LineAnswer => {
          const left = fate === 'left'
          return {
            status: null,
            left,
            reason: `no ${left ? 'answer from' : 'connection to'} the carrier (${code ?? name})`,
          }
        })
      const held = Promise.withResolvers<LineAnswer>()
      const timer = setTimeout(() => {
        if (fate === 'left') return
        // Its request stays in the pool's queue, to be thrown away when its turn comes.
        fate = 'stays'
        held.resolve({ status: null, left: false, reason: 'no connection to the carrier came free in time' })
      }, leave_within_ms)
      return Promise.race([asked, held.promise]).finally(() => clearTimeout(timer))
    },
    close: async () => (await opening).destroy(),
  }
}

/** Loaded here: a server with its own exchange never asks another. */
async function openPool(url: string, connections: number, timeout: number): Promise<Pool> {
  const { Pool } = await import('undici')
  return new Pool(url, { connections, pipelining: 1, connect: { timeout } })
}

function watchPool(pool: Pool, mayLeave: () => boolean): Dispatcher {
  return pool.compose((dispatch) => (options, handler) => dispatch(options, watch(handler, mayLeave)))
}

/** Asks `mayLeave` in the very moment in which a request would be written to its connection. */
function watch(handler: Dispatcher.DispatchHandler, mayLeave: () => boolean): Dispatcher.DispatchHandler {
  return {
    onRequestStart(controller, context) {
      if (mayLeave()) handler.onRequestStart?.(controller, context)
      else controller.abort(new Error('too late to leave'))
    },
    onResponseStart: (...told) => handler.onResponseStart?.(...told),
    onResponseData: (...told) => handler.onResponseData?.(...told),
    onResponseEnd: (...told) => handler.onResponseEnd?.(...told),
    onResponseError: (...told) => handler.onResponseError?.(...told),
  }
}
