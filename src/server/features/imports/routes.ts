import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { ServerDeps } from '../../http/house.ts'

export function importRoutes(_house: ServerDeps): FastifyPluginAsyncZod {
  return async () => {}
}
