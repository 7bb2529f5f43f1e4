import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { answer, sendProblem } from '../../http/errors.ts'
import type { ServerDeps } from '../../http/house.ts'
import { isRefusal } from '../../http/problems.ts'
import { id, ids, nothing, pageOf } from '../../http/schema.ts'
import { giveCookie } from '../sessions/cookie.ts'
import { signedIn } from '../sessions/schema.ts'
import { senderOf } from '../sessions/sessions.ts'
import { endDemo, goTo, listOwnWorkspaces } from './own-workspaces.ts'
import { madeWorkspace, newWorkspace, workspace, workspaceChange } from './schema.ts'
import { changeOwnWorkspace, makeWorkspace, readOwnWorkspace } from './workspaces.ts'

const tags = ['workspaces']

export function workspaceRoutes(house: ServerDeps): FastifyPluginAsyncZod {
  return async (app) => {
    app.route({
      method: 'GET',
      url: '/workspaces',
      config: { action: 'workspaces.read' },
      schema: { tags, summary: 'The workspace you act in', response: { 200: pageOf(workspace) } },
      async handler({ caller }, reply) {
        const own = await readOwnWorkspace(house, caller, caller.workspace_id)
        return isRefusal(own) ? sendProblem(reply, own) : reply.send({ data: [own], next_cursor: null })
      },
    })

    app.route({
      method: 'GET',
      url: '/me/workspaces',
      config: { action: 'self.read' },
      schema: { tags, summary: 'The workspaces that you are let into', response: { 200: pageOf(workspace) } },
      handler: async ({ caller }, reply) =>
        reply.send({ data: await listOwnWorkspaces(house, caller), next_cursor: null }),
    })

    app.route({
      method: 'PUT',
      url: '/me/workspace',
      config: { action: 'self.go' },
      schema: {
        tags,
        summary: 'Go to another of your workspaces: a session there takes the place of this one',
        body: z.strictObject({ workspace: id }),
        response: { 200: signedIn },
      },
      async handler(request, reply) {
        const opened = await goTo(house, request.caller, request.body.workspace, senderOf(request))
        if (!isRefusal(opened)) giveCookie(house, reply, opened.token)
        return answer(reply, 200, opened)
      },
    })

    app.route({
      method: 'DELETE',
      url: '/workspaces/:id',
      config: { action: 'workspaces.write' },
      schema: {
        tags,
        summary: 'End the demo, from another workspace',
        description: 'Its campaigns are paused, its keys revoked, and nobody is let into it any more.',
        params: ids,
        response: { 204: nothing },
      },
      async handler(request, reply) {
        const refusal = await endDemo(house, request.caller, request.params.id)
        return refusal ? sendProblem(reply, refusal) : reply.code(204).send()
      },
    })

    app.route({
      method: 'POST',
      url: '/workspaces',
      config: { action: 'workspaces.create', secrets: ['api_key', 'sign_in_token'] },
      schema: { tags, summary: 'Make a workspace', body: newWorkspace, response: { 201: madeWorkspace } },
      async handler(request, reply) {
        const made = await makeWorkspace(house, request.caller, request.body)
        if (!isRefusal(made)) reply.header('location', `/api/v1/workspaces/${made.workspace.id}`)
        return answer(reply, 201, made)
      },
    })

    app.route({
      method: 'GET',
      url: '/workspaces/:id',
      config: { action: 'workspaces.read' },
      schema: { tags, summary: 'One workspace', params: ids, response: { 200: workspace } },
      handler: async (request, reply) =>
        answer(reply, 200, await readOwnWorkspace(house, request.caller, request.params.id)),
    })

    app.route({
      method: 'PATCH',
      url: '/workspaces/:id',
      config: { action: 'workspaces.write' },
      schema: {
        tags,
        summary: 'Change its settings',
        params: ids,
        body: workspaceChange,
        response: { 200: workspace },
      },
      handler: async (request, reply) =>
        answer(reply, 200, await changeOwnWorkspace(house, request.caller, request.params.id, request.body)),
    })
  }
}
