import type { FastifyPluginAsync, FastifyReply } from 'fastify'
import { ownOrigins } from '../../http/door.ts'
import { findHostileValue } from '../../http/hostile-input.ts'
import type { ServerDeps } from '../../http/house.ts'
import { isRefusal, problems, type Refusal, refuse } from '../../http/problems.ts'
import { refuseForeignOrigin } from '../../http/same-origin.ts'
import { giveCookie } from './cookie.ts'
import { credentials } from './schema.ts'
import { senderOf } from './sessions.ts'
import { type Opened, signInByLink, signInByPassword } from './sign-in.ts'

/** The longest e-mail address and password there may be, each character written as up to nine. */
const bodyLimit = 8_192

const top = '<!doctype html>\n<html lang="en"><meta charset="utf-8">'
const small = '<meta name="viewport" content="width=device-width, initial-scale=1">'

const spentPage = `${top}<title>Outdial</title>${small}
<h1>This link no longer signs anybody in</h1>
<p>It was used before, or it has expired. Make a new one with <code>outdial sign-in-link</code>, or ask an admin of
your workspace. If you have a password, <a href="/sign-in">sign in with it</a>.</p></html>`

/** The page with the form, for people: no script, and what went wrong is read out before it. */
function formPage(email: string, refusal: Refusal | null): string {
  const said = refusal && `${problems[refusal.refused].title}. ${refusal.detail}`
  return `${top}<title>${said ? 'Not signed in – ' : 'Sign in – '}Outdial</title>${small}
<style>
  body { font: 1.1rem/1.5 system-ui, sans-serif; max-width: 22rem; margin: 10vh auto; padding: 0 1rem }
  label { display: block; margin-top: 1rem }
  input, button { font: inherit; box-sizing: border-box; width: 100%; padding: 0.5rem }
  button { margin-top: 1.5rem }
</style>
<main><h1>Sign in to Outdial</h1>
${said ? `<p role="alert" id="fault">${escapeHtml(said)}</p>` : ''}
<form method="post" action="/sign-in">
  <label for="email">E-mail address</label>
  <input id="email" name="email" type="email" autocomplete="username" required maxlength="320" value="${escapeHtml(email)}">
  <label for="password">Password</label>
  <input id="password" name="password" type="password" autocomplete="current-password" required maxlength="256"
    ${said ? 'aria-describedby="fault"' : ''}>
  <button>Sign in</button>
</form>
<p>No password yet? Sign in by a link: <code>outdial sign-in-link</code> makes one, or an admin of your workspace.</p>
</main></html>`
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`)
}

/** The pages by which people sign in: the address that a one-time link leads to, and the form. */
export function signInPages(house: ServerDeps): FastifyPluginAsync {
  return async (app) => {
    app.addContentTypeParser(
      'application/x-www-form-urlencoded',
      { parseAs: 'string', bodyLimit },
      (_request, body, done) => done(null, Object.fromEntries(new URLSearchParams(body as string))),
    )
    app.addHook('onRequest', async (_request, reply) => {
      reply.header('cache-control', 'no-store')
    })

    app.get('/sign-in/:token', { schema: { hide: true } }, async (request, reply) => {
      const { token } = request.params as { token: string }
      const opened = await signInByLink(house, token, senderOf(request))
      // The address holds the token.
      reply.header('referrer-policy', 'no-referrer')
      return isRefusal(opened) ? sendPage(reply, 401, spentPage) : enter(house, reply, opened)
    })

    app.get('/sign-in', { schema: { hide: true } }, async (_request, reply) =>
      sendPage(withOrigin(reply), 200, formPage('', null)),
    )

    app.post('/sign-in', { schema: { hide: true } }, async (request, reply) => {
      const sent = credentials.safeParse(request.body)
      const { email = '', password = '' } = sent.success ? sent.data : {}
      const foreign = refuseForeignOrigin(request, ownOrigins(house))
      const odd = !sent.success || findHostileValue(sent.data) !== null
      const opened = foreign ?? (odd ? unread : await signInByPassword(house, { email, password }, senderOf(request)))
      if (!isRefusal(opened)) return enter(house, reply, opened)
      const wait = opened.members.retry_after_seconds
      if (typeof wait === 'number') reply.header('retry-after', String(wait))
      return sendPage(withOrigin(reply), problems[opened.refused].status, formPage(email, opened))
    })
  }
}

const unread = refuse('malformed-request', 'Send an e-mail address and a password of at most 256 characters.')

/** Without a referrer browsers send a form with `Origin: null`, which could be anybody's. */
function withOrigin(reply: FastifyReply): FastifyReply {
  return reply.header('referrer-policy', 'same-origin')
}

function sendPage(reply: FastifyReply, status: number, page: string): FastifyReply {
  return reply.code(status).type('text/html; charset=utf-8').send(page)
}

function enter(house: ServerDeps, reply: FastifyReply, opened: Opened): FastifyReply {
  giveCookie(house, reply, opened.token)
  return reply.redirect('/', 303)
}
