import type { FastifyPluginAsync } from 'fastify'
import type { ServerDeps } from '../../http/house.ts'
import { isRefusal } from '../../http/problems.ts'
import { giveCookie } from './cookie.ts'
import { signIn } from './sessions.ts'

const spentPage = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Outdial</title>
<h1>This link no longer signs anybody in</h1>
<p>It was used before, or it has expired. Make a new one with <code>outdial sign-in-link</code>, or ask an admin of
your workspace.</p></html>`

/** The address that a sign-in link leads to. */
export function signInPage(house: ServerDeps): FastifyPluginAsync {
  return async (app) => {
    app.get('/sign-in/:token', { schema: { hide: true } }, async (request, reply) => {
      const { token } = request.params as { token: string }
      const from = { ip: request.ip, client: request.headers['user-agent'] ?? null }
      const opened = await signIn(house, token, from)
      reply.header('cache-control', 'no-store').header('referrer-policy', 'no-referrer')
      if (isRefusal(opened)) return reply.code(401).type('text/html; charset=utf-8').send(spentPage)
      giveCookie(house, reply, opened.token)
      return reply.redirect('/', 303)
    })
  }
}
