/**
 * The typed client of /api/v1, for Node and browsers: paths, bodies and answers are generated from openapi.json
 * (`npm run generate -w sdk`). Refusals are values: every answer has either `data` or `error`, a problem document.
 */
import createClient from 'openapi-fetch'
import type { paths } from './schema.d.ts'

export type { components, paths } from './schema.d.ts'

export interface OutdialOptions {
  /** Where the server answers, e.g. http://127.0.0.1:3000. */
  url: string
  /** Left out where a session cookie does it. */
  api_key?: string
}

export function createOutdialClient({ url, api_key }: OutdialOptions) {
  return createClient<paths>({
    baseUrl: url,
    ...(api_key === undefined ? {} : { headers: { authorization: `Bearer ${api_key}` } }),
  })
}

export type OutdialClient = ReturnType<typeof createOutdialClient>
