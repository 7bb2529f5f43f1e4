import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { RefusalForm } from '../http/errors.ts'
import type { ServerDeps } from '../http/house.ts'

/** The API of an older system: its words, at its paths, over the same services as /api/v1. It holds no rule. */
export interface Dialect {
  /** Below which its routes lie; without a slash at the end, as are they. */
  prefix: string
  refusals: RefusalForm
  routes(house: ServerDeps): FastifyPluginAsyncZod
}
