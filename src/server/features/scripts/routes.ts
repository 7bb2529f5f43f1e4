import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { answer, sendProblem } from '../../http/errors.ts'
import type { ServerDeps } from '../../http/house.ts'
import { readPageQuery, toPage } from '../../http/pagination.ts'
import { isRefusal } from '../../http/problems.ts'
import { ids, nothing, pageOf } from '../../http/schema.ts'
import { newScript, renderedScript, rendering, script, scriptChange, scriptQuery } from './schema.ts'
import { changeOneScript, deleteOneScript, listOfScripts, makeScript, readOneScript, renderScript } from './scripts.ts'

const tags = ['scripts']

export function scriptRoutes(house: ServerDeps): FastifyPluginAsyncZod {
  return async (app) => {
    app.route({
      method: 'GET',
      url: '/scripts',
      config: { action: 'scripts.read' },
      schema: { tags, summary: 'List scripts', querystring: scriptQuery, response: { 200: pageOf(script) } },
      async handler({ caller, query }, reply) {
        const page = readPageQuery(query)
        if (isRefusal(page)) return sendProblem(reply, page)
        return reply.send(toPage(await listOfScripts(house, caller, page), query.sort, (row) => row))
      },
    })

    app.route({
      method: 'POST',
      url: '/scripts',
      config: { action: 'scripts.write' },
      schema: {
        tags,
        summary: 'Write a script',
        description:
          'Steps with branches between them. Their texts take merge fields such as {{ first_name }} and {{ company }}, ' +
          'those of the custom fields and metadata, and conditions: if, unless, case, assign.',
        body: newScript,
        response: { 201: script },
      },
      async handler({ caller, body }, reply) {
        const made = await makeScript(house, caller, body)
        if (!isRefusal(made)) reply.header('location', `/api/v1/scripts/${made.id}`)
        return answer(reply, 201, made)
      },
    })

    app.route({
      method: 'GET',
      url: '/scripts/:id',
      config: { action: 'scripts.read' },
      schema: { tags, summary: 'One script', params: ids, response: { 200: script } },
      handler: async ({ caller, params }, reply) => answer(reply, 200, await readOneScript(house, caller, params.id)),
    })

    app.route({
      method: 'PATCH',
      url: '/scripts/:id',
      config: { action: 'scripts.write' },
      schema: { tags, summary: 'Change a script', params: ids, body: scriptChange, response: { 200: script } },
      handler: async ({ caller, params, body }, reply) =>
        answer(reply, 200, await changeOneScript(house, caller, params.id, body)),
    })

    app.route({
      method: 'DELETE',
      url: '/scripts/:id',
      config: { action: 'scripts.write' },
      schema: { tags, summary: 'Delete a script', params: ids, response: { 204: nothing } },
      async handler({ caller, params }, reply) {
        const refusal = await deleteOneScript(house, caller, params.id)
        return refusal ? sendProblem(reply, refusal) : reply.code(204).send()
      },
    })

    app.route({
      method: 'POST',
      url: '/scripts/:id/render',
      config: { action: 'scripts.render' },
      schema: {
        tags,
        summary: 'What is said to one person',
        description: 'A value that is not known stands as a visible gap, such as [first_name].',
        params: ids,
        body: rendering,
        response: { 200: renderedScript },
      },
      handler: async ({ caller, params, body }, reply) =>
        answer(reply, 200, await renderScript(house, caller, params.id, body.lead_id)),
    })
  }
}
