import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { readToken } from '../../http/auth.ts'
import { answer, sendProblem } from '../../http/errors.ts'
import type { ServerDeps } from '../../http/house.ts'
import { isRefusal } from '../../http/problems.ts'
import { nothing } from '../../http/schema.ts'
import { giveCookie, takeCookieBack } from './cookie.ts'
import { linkTo } from './link.ts'
import { link, me, newPassword, signedIn, signIn } from './schema.ts'
import { makeOwnLink, readMe, senderOf, signOut } from './sessions.ts'
import { setPassword } from './set-password.ts'
import { signInByLink, signInByPassword } from './sign-in.ts'

const tags = ['sign-in']

export function sessionRoutes(house: ServerDeps): FastifyPluginAsyncZod {
  return async (app) => {
    app.route({
      method: 'POST',
      url: '/sign-in',
      config: { action: 'public' },
      schema: {
        tags,
        summary: 'Sign in with a one-time token, or with e-mail and password; the session comes as a cookie',
        security: [],
        body: signIn,
        response: { 200: signedIn },
      },
      async handler(request, reply) {
        const { body } = request
        const from = senderOf(request)
        const opened =
          'token' in body ? await signInByLink(house, body.token, from) : await signInByPassword(house, body, from)
        if (isRefusal(opened)) return sendProblem(reply, opened)
        giveCookie(house, reply, opened.token)
        return reply.send(opened)
      },
    })

    app.route({
      method: 'POST',
      url: '/sign-out',
      config: { action: 'self.sign-out' },
      schema: { tags, summary: 'End this session', response: { 204: nothing } },
      async handler(request, reply) {
        const presented = readToken(request)
        if (presented?.kind === 'session') await signOut(house, request.caller.user_id, presented.token)
        takeCookieBack(house, reply)
        return reply.code(204).send()
      },
    })

    app.route({
      method: 'GET',
      url: '/me',
      config: { action: 'self.read' },
      schema: { tags, summary: 'Who you are and where', response: { 200: me } },
      handler: async (request, reply) => answer(reply, 200, await readMe(house, request.caller)),
    })

    app.route({
      method: 'PUT',
      url: '/me/password',
      config: { action: 'self.password' },
      schema: {
        tags,
        summary: 'Set your password; you are signed out everywhere else',
        description:
          'The present password goes with it where there is one, unless you came by a one-time link in the last 15 minutes.',
        body: newPassword,
        response: { 204: nothing },
      },
      async handler(request, reply) {
        const opened = await setPassword(house, request.caller, request.body, senderOf(request))
        if (isRefusal(opened)) return sendProblem(reply, opened)
        if (opened) giveCookie(house, reply, opened.token)
        return reply.code(204).send()
      },
    })

    app.route({
      method: 'POST',
      url: '/sign-in-links',
      config: { action: 'sign-in-links.create', secrets: ['token', 'url'] },
      schema: { tags, summary: 'A one-time link that signs you in, in a browser', response: { 201: link } },
      async handler(request, reply) {
        const { token } = await makeOwnLink(house, request.caller)
        return reply.code(201).send({ token, url: linkTo(house, request, token) })
      },
    })
  }
}
