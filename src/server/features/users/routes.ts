import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { answer, sendProblem } from '../../http/errors.ts'
import type { ServerDeps } from '../../http/house.ts'
import { cutPage, readPageQuery, toPage } from '../../http/pagination.ts'
import { isRefusal, type Refusal } from '../../http/problems.ts'
import { ids, pageOf, pageQuery } from '../../http/schema.ts'
import { linkTo } from '../sessions/link.ts'
import { inviteUser, renewInvitation } from './invitations.ts'
import { invitation, newUser, user, userChange } from './schema.ts'
import { changeUser, listUsers, readUser } from './users.ts'

const tags = ['users']
const secrets = ['invite_token', 'invite_url']

export function userRoutes(house: ServerDeps): FastifyPluginAsyncZod {
  return async (app) => {
    app.route({
      method: 'GET',
      url: '/users',
      config: { action: 'users.read' },
      schema: {
        tags,
        summary: 'Members of the workspace',
        querystring: z.strictObject(pageQuery),
        response: { 200: pageOf(user) },
      },
      async handler({ caller, query }, reply) {
        const page = readPageQuery({ ...query, sort: 'id' })
        if (isRefusal(page)) return sendProblem(reply, page)
        const rows = await listUsers(house, caller, page.after?.id ?? null, page.limit + 1)
        return reply.send(toPage(cutPage(rows, page.limit), 'id', (row) => row))
      },
    })

    app.route({
      method: 'POST',
      url: '/users',
      config: { action: 'users.write', secrets },
      schema: { tags, summary: 'Invite somebody', body: newUser, response: { 201: invitation } },
      handler: async (request, reply) =>
        answer(reply, 201, withUrl(house, request, await inviteUser(house, request.caller, request.body))),
    })

    app.route({
      method: 'POST',
      url: '/users/:id/invite',
      config: { action: 'users.write', secrets },
      schema: { tags, summary: 'Renew an invitation that was not used', params: ids, response: { 201: invitation } },
      handler: async (request, reply) =>
        answer(reply, 201, withUrl(house, request, await renewInvitation(house, request.caller, request.params.id))),
    })

    app.route({
      method: 'GET',
      url: '/users/:id',
      config: { action: 'users.read' },
      schema: { tags, summary: 'One member', params: ids, response: { 200: user } },
      handler: async (request, reply) => answer(reply, 200, await readUser(house, request.caller, request.params.id)),
    })

    app.route({
      method: 'PATCH',
      url: '/users/:id',
      config: { action: 'users.write' },
      schema: {
        tags,
        summary: 'Change role or limit, suspend or let in again',
        params: ids,
        body: userChange,
        response: { 200: user },
      },
      handler: async (request, reply) =>
        answer(reply, 200, await changeUser(house, request.caller, request.params.id, request.body)),
    })

    app.route({
      method: 'DELETE',
      url: '/users/:id',
      config: { action: 'users.write' },
      schema: {
        tags,
        summary: 'Take a member out',
        description: 'They are suspended: what they own keeps its owner, and they are let in no more.',
        params: ids,
        response: { 200: user },
      },
      handler: async (request, reply) =>
        answer(reply, 200, await changeUser(house, request.caller, request.params.id, { suspended: true })),
    })
  }
}

function withUrl<T extends { invite_token: string }>(
  house: ServerDeps,
  request: { protocol: string; host: string },
  made: T | Refusal,
) {
  return isRefusal(made) ? made : { ...made, invite_url: linkTo(house, request, made.invite_token) }
}
