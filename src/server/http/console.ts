/**
 * Serves the console, which was built beforehand: its page, anew each time with a nonce of its own, and its files, whose names
 * change with what they hold. Without a console (`--no-console`) the API's documentation stands at `/`.
 */
import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { answerNowhere } from './errors.ts'

const dist = join(import.meta.dirname, '../../../console/dist')
/** What the build leaves in the page for a nonce. */
const placeholder = /__outdial_nonce__/g

/** Addresses that are the server's own: nobody looks for a page of the console below them. */
const own = /^\/(api|dialects|webhooks|docs|assets|sign-in|messages|metrics|healthz|readyz|openapi\.json)(\/|$)/

/** What answers addresses that no route has: people who look for a page get the console, which knows its own. */
export async function serveConsole(app: FastifyInstance, built = dist): Promise<void> {
  const page = join(built, 'index.html')
  if (!existsSync(page)) {
    app.get('/', { schema: { hide: true } }, (_request, reply) => reply.redirect('/docs/'))
    app.setNotFoundHandler(answerNowhere)
    return
  }
  const html = readFileSync(page, 'utf8')
  const sendPage = (reply: FastifyReply) => {
    const nonce = randomBytes(16).toString('base64')
    return reply
      .header('content-security-policy', policyWith(nonce))
      .header('cache-control', 'no-store')
      .type('text/html; charset=utf-8')
      .send(html.replace(placeholder, nonce))
  }
  const { default: fastifyStatic } = await import('@fastify/static')
  const files = { root: join(built, 'assets'), prefix: '/assets/', decorateReply: false, index: false as const }
  await app.register(fastifyStatic, { ...files, immutable: true, maxAge: '365d', schemaHide: true })
  app.get('/', { schema: { hide: true } }, (_request, reply) => sendPage(reply))
  app.setNotFoundHandler((request, reply) => (wantsPage(request) ? sendPage(reply) : answerNowhere(request, reply)))
}

function wantsPage({ method, url, headers }: FastifyRequest): boolean {
  return method === 'GET' && !own.test(url) && (headers.accept ?? '').includes('text/html')
}

/** Nothing is loaded from elsewhere, and no script or style runs that is not ours. */
function policyWith(nonce: string): string {
  const rules = {
    'default-src': "'none'",
    'script-src': `'self' 'nonce-${nonce}'`,
    'style-src': `'self' 'nonce-${nonce}'`,
    'img-src': "'self' data:",
    'media-src': "'self' blob:",
    'connect-src': "'self'",
    'base-uri': "'none'",
    'form-action': "'self'",
    'frame-ancestors': "'none'",
  }
  return Object.entries(rules)
    .map(([rule, value]) => `${rule} ${value}`)
    .join('; ')
}
