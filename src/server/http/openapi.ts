import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import swagger from '@fastify/swagger'
import type { FastifyInstance } from 'fastify'
import { jsonSchemaTransform, jsonSchemaTransformObject } from 'fastify-type-provider-zod'
import { z } from 'zod'

const description =
  'Campaigns of people called by AI agents or recorded voices, paced inside the law. Send an API key as ' +
  '`Authorization: Bearer …`. Lists take `limit` and `cursor`; every POST takes `Idempotency-Key`; errors are ' +
  '`application/problem+json` (RFC 9457).'

type Json = Record<string, unknown>

const problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.number().int(),
    detail: z.string(),
    request_id: z.string(),
    errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
  })
  .catchall(z.unknown())

/** Collects the routes that follow into one OpenAPI document. */
export async function describeApi(app: FastifyInstance): Promise<void> {
  const { version, license } = JSON.parse(readFileSync(join(import.meta.dirname, '../../../package.json'), 'utf8'))
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Outdial', description, version, license: { name: license } },
      components: {
        securitySchemes: {
          key: { type: 'http', scheme: 'bearer' },
          session: { type: 'apiKey', in: 'cookie', name: 'outdial_session' },
        },
      },
      security: [{ key: [] }, { session: [] }],
    },
    transform: describeRoute,
    transformObject: (document) => tidy(jsonSchemaTransformObject(document) as unknown as Json) as never,
  })
}

type Route = Parameters<typeof jsonSchemaTransform>[0]
type BodyByType = { content: Record<string, { schema: z.ZodType }> }

/** As the provider does it; a body that may come in several types is described type by type. */
function describeRoute(route: Route): ReturnType<typeof jsonSchemaTransform> {
  const { body, ...rest } = (route.schema ?? {}) as Json & { body?: BodyByType }
  if (body?.content === undefined) return jsonSchemaTransform(route)
  const content = Object.entries(body.content).map(([type, { schema }]) => {
    const alone = jsonSchemaTransform({ ...route, schema: { body: schema } } as Route)
    return [type, { schema: (alone.schema as Json).body }]
  })
  const { schema, url } = jsonSchemaTransform({ ...route, schema: rest } as Route)
  return { schema: { ...schema, body: { content: Object.fromEntries(content) } }, url }
}

/** The document as it is served and committed. */
export function writeDocument(app: FastifyInstance): string {
  return `${JSON.stringify(app.swagger(), null, 2)}\n`
}

/** Says once for every operation what is the same for all, and leaves out what no operation uses. */
function tidy(document: Json): Json {
  const paths = document.paths as Record<string, Record<string, Json>>
  for (const operations of Object.values(paths)) {
    for (const [method, operation] of Object.entries(operations)) completeOperation(method, operation)
  }
  const components = document.components as Json & { schemas: Json }
  const { $schema: _, ...shape } = z.toJSONSchema(problem)
  const schemas = keepUsed(paths, { ...components.schemas, Problem: shape })
  return { ...document, components: { ...components, schemas } }
}

function completeOperation(method: string, operation: Json): void {
  const responses = operation.responses as Record<string, Json>
  responses.default = {
    description: 'A problem',
    content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
  }
  for (const [status, response] of Object.entries(responses)) {
    if (response.description === 'Default Response') response.description = statusWords[status] ?? 'The answer'
    // fastify's swagger has no word for an answer without a body.
    if (status === '204') delete response.content
  }
  if (method === 'post' && operation.security === undefined) {
    const parameters = (operation.parameters ?? []) as Json[]
    operation.parameters = [...parameters, idempotencyKey]
  }
}

const statusWords: Record<string, string> = {
  200: 'The answer',
  201: 'Made',
  202: 'Begun',
  204: 'Done',
}

const idempotencyKey = {
  in: 'header',
  name: 'idempotency-key',
  required: false,
  description: 'The same key with the same request gets the same answer for 24 hours.',
  schema: { type: 'string', minLength: 1, maxLength: 255 },
}

function keepUsed(paths: unknown, schemas: Json): Json {
  const used = new Set<string>()
  const waiting = [JSON.stringify(paths)]
  for (let text = waiting.pop(); text !== undefined; text = waiting.pop()) {
    for (const [, name = ''] of text.matchAll(/"#\/components\/schemas\/([^"]+)"/g)) {
      if (used.has(name)) continue
      used.add(name)
      waiting.push(JSON.stringify(schemas[name]))
    }
  }
  return Object.fromEntries([...used].sort().map((name) => [name, schemas[name]]))
}
