import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { answer, sendProblem } from '../../http/errors.ts'
import type { ServerDeps } from '../../http/house.ts'
import { isRefusal } from '../../http/problems.ts'
import { ids, pageOf } from '../../http/schema.ts'
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
