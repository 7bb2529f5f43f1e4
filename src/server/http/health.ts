import type { FastifyInstance } from 'fastify'
import { isSchemaThere } from '#store/installation.ts'
import { sendProblem } from './errors.ts'
import type { ServerDeps } from './house.ts'
import { refuse } from './problems.ts'

/** `/healthz`: the process answers. `/readyz`: it may be given requests, and its database is there and migrated. */
export function answerHealth(app: FastifyInstance, house: ServerDeps, isDraining: () => boolean): void {
  app.get('/healthz', { schema: { hide: true } }, () => ({ status: 'ok' }))
  app.get('/readyz', { schema: { hide: true } }, async (_request, reply) => {
    if (isDraining()) return sendProblem(reply, refuse('unavailable', 'The server is shutting down.'))
    if (!(await isSchemaThere(house.pool))) return sendProblem(reply, refuse('unavailable', 'The schema is not there.'))
    return { status: 'ready' }
  })
}
