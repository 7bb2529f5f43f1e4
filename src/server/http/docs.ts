import swaggerUi from '@fastify/swagger-ui'
import type { FastifyInstance } from 'fastify'
import { writeDocument } from './openapi.ts'

/** The API's documentation for people, and the document behind it; `/` leads there until there is a console. */
export async function serveDocs(app: FastifyInstance): Promise<void> {
  await app.register(swaggerUi, {
    routePrefix: '/docs',
    theme: { title: 'Outdial API' },
    uiConfig: { url: '/openapi.json', deepLinking: true, persistAuthorization: false },
  })
  app.get('/', { schema: { hide: true } }, (_request, reply) => reply.redirect('/docs/'))
  let document: string | undefined
  app.get('/openapi.json', { schema: { hide: true } }, (_request, reply) => {
    document ??= writeDocument(app)
    return reply.type('application/json; charset=utf-8').send(document)
  })
}
