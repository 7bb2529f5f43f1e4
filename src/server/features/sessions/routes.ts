import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { readToken } from '../../http/auth.ts'
import { answer, sendProblem } from '../../http/errors.ts'
import type { ServerDeps } from '../../http/house.ts'
import { isRefusal } from '../../http/problems.ts'
import { nothing } from '../../http/schema.ts'
import { user } from '../users/schema.ts'
import { workspace } from '../workspaces/schema.ts'
import { giveCookie, takeCookieBack } from './cookie.ts'
import { linkTo } from './link.ts'
import { makeOwnLink, readMe, signIn, signOut } from './sessions.ts'

const me = z.object({ user, workspace, scopes: z.array(z.string()).nullable() }).meta({ id: 'Me' })
const link = z.object({ token: z.string().nullable(), url: z.string().nullable() }).meta({ id: 'SignInLink' })
const tags = ['sign-in']

export function sessionRoutes(house: ServerDeps): FastifyPluginAsyncZod {
  return async (app) => {
    app.route({
      method: 'POST',
      url: '/sign-in',
      config: { action: 'public' },
      schema: {
        tags,
        summary: 'Sign in with a one-time token; the session comes as a cookie',
        security: [],
        body: z.strictObject({ token: z.string().min(1).max(500) }),
        response: { 200: z.object({ workspace_id: z.uuid(), user_id: z.uuid() }) },
      },
      async handler(request, reply) {
        const from = { ip: request.ip, client: request.headers['user-agent'] ?? null }
        const opened = await signIn(house, request.body.token, from)
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
