import type { FastifyRequest } from 'fastify'
import { type Refusal, refuse } from './problems.ts'

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * A change, or a WebSocket, that comes with a cookie must come from our own pages: by its Origin, or where a browser
 * sends none, by Sec-Fetch-Site. Requests with a key need no such proof, since no browser adds a key by itself.
 */
export function refuseForeignOrigin(request: FastifyRequest, ownOrigins: readonly string[]): Refusal | null {
  if (safeMethods.has(request.method) && !isUpgrade(request)) return null
  const { origin } = request.headers
  const site = request.headers['sec-fetch-site']
  if (origin !== undefined) {
    const own = origin === `${request.protocol}://${request.host}` || ownOrigins.includes(origin)
    return own ? null : foreign
  }
  return site === 'same-origin' || site === 'none' ? null : foreign
}

/** Whether the request asks for a WebSocket, which any page may open with its visitor's cookie. */
export function isUpgrade({ headers }: FastifyRequest): boolean {
  return headers.upgrade?.toLowerCase() === 'websocket'
}

const foreign = refuse('foreign-origin', "Changes with a session cookie are taken from this server's own pages only.")
