import type { FastifyRequest } from 'fastify'
import type { Authenticator } from './auth.ts'
import type { ServerDeps } from './house.ts'

/** Within this a sign-out or a revoked key ends the connection. */
const checkEveryMs = 3_000
/** A client that answers none of its pings is gone. */
const pingEveryChecks = 5

/** What of a WebSocket this needs. */
interface CheckedSocket {
  terminate(): void
  ping(): void
  on(event: 'close' | 'pong', listener: () => void): void
}

/** Ends what whoever opened a WebSocket is no longer let in for. */
export function keepChecking(
  { log }: Pick<ServerDeps, 'log'>,
  authenticator: Authenticator,
  request: FastifyRequest,
  socket: CheckedSocket,
  onUnknown: () => void,
): void {
  let checks = 0
  let answered = true
  const timer = setInterval(() => {
    checks += 1
    if (checks % pingEveryChecks === 0) {
      if (!answered) return socket.terminate()
      answered = false
      socket.ping()
    }
    authenticator
      .stillKnows(request)
      .then((known) => (known ? undefined : onUnknown()))
      .catch((error: Error) => log.warn({ err: error }, 'a connection was not checked; the next check tries again'))
  }, checkEveryMs)
  timer.unref()
  socket.on('pong', () => {
    answered = true
  })
  socket.on('close', () => clearInterval(timer))
}
