import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { answerNowhere, handleError } from './errors.ts'

const documentFile = join(import.meta.dirname, '../../../openapi.json')

/**
 * The API's documentation for people, and the document behind it. What it takes
 * is loaded by the first who looks: a server that only works need not hold it.
 */
export function serveDocs(app: FastifyInstance): void {
  const hidden = { schema: { hide: true } }
  let document: Promise<string> | undefined
  let pages: Promise<FastifyInstance['routing']> | undefined
  app.get('/openapi.json', hidden, async (_request, reply) => {
    document ??= readFile(documentFile, 'utf8')
    return reply.type('application/json; charset=utf-8').send(await document)
  })
  for (const path of ['/docs', '/docs/*']) {
    app.get(path, hidden, async (request, reply) => {
      pages ??= buildPages(app)
      const answer = await pages
      reply.hijack()
      answer(request.raw, reply.raw)
    })
  }
}

/** An app within the app, which answers on the connections of the one around it. */
async function buildPages({ log }: FastifyInstance): Promise<FastifyInstance['routing']> {
  const [{ default: Fastify, LogController }, { default: swagger }, { default: swaggerUi }] = await Promise.all([
    import('fastify'),
    import('@fastify/swagger'),
    import('@fastify/swagger-ui'),
  ])
  const logController = new LogController({ disableRequestLogging: true })
  const pages = Fastify({ loggerInstance: log, logController, genReqId: () => randomUUID() })
  pages.setErrorHandler(handleError)
  pages.setNotFoundHandler(answerNowhere)
  await pages.register(swagger, { mode: 'static', specification: { path: documentFile, baseDir: '/' } })
  await pages.register(swaggerUi, {
    routePrefix: '/docs',
    theme: { title: 'Outdial API' },
    uiConfig: { url: '/openapi.json', layout: 'BaseLayout', deepLinking: true, persistAuthorization: false },
  })
  await pages.ready()
  return pages.routing
}
