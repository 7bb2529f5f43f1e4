import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { answer, sendProblem } from '../../http/errors.ts'
import type { ServerDeps } from '../../http/house.ts'
import { readPageQuery, toPage } from '../../http/pagination.ts'
import { isRefusal } from '../../http/problems.ts'
import { ids, nothing, pageOf } from '../../http/schema.ts'
import { dispose, readDispositionOfCall } from './dispose.ts'
import {
  changeOneDisposition,
  deleteOneDisposition,
  listOfDispositions,
  makeDisposition,
  readOneDisposition,
} from './dispositions.ts'
import {
  callDisposition,
  callDispositionWithChanges,
  disposition,
  dispositionChange,
  dispositionQuery,
  newCallDisposition,
  newDisposition,
} from './schema.ts'

const tags = ['dispositions']

export function dispositionRoutes(house: ServerDeps): FastifyPluginAsyncZod {
  return async (app) => {
    app.route({
      method: 'GET',
      url: '/dispositions',
      config: { action: 'dispositions.read' },
      schema: {
        tags,
        summary: 'What calls may have meant',
        querystring: dispositionQuery,
        response: { 200: pageOf(disposition) },
      },
      async handler({ caller, query }, reply) {
        const page = readPageQuery(query)
        if (isRefusal(page)) return sendProblem(reply, page)
        return reply.send(toPage(await listOfDispositions(house, caller, query, page), query.sort, (row) => row))
      },
    })

    app.route({
      method: 'POST',
      url: '/dispositions',
      config: { action: 'dispositions.write' },
      schema: { tags, summary: "Add one of the workspace's own", body: newDisposition, response: { 201: disposition } },
      async handler({ caller, body }, reply) {
        const made = await makeDisposition(house, caller, body)
        if (!isRefusal(made)) reply.header('location', `/api/v1/dispositions/${made.id}`)
        return answer(reply, 201, made)
      },
    })

    app.route({
      method: 'GET',
      url: '/dispositions/:id',
      config: { action: 'dispositions.read' },
      schema: { tags, summary: 'One disposition', params: ids, response: { 200: disposition } },
      handler: async ({ caller, params }, reply) =>
        answer(reply, 200, await readOneDisposition(house, caller, params.id)),
    })

    app.route({
      method: 'PATCH',
      url: '/dispositions/:id',
      config: { action: 'dispositions.write' },
      schema: {
        tags,
        summary: 'Rename, change or retire one',
        description: 'A built-in one can be renamed, ordered and retired; what it means stays.',
        params: ids,
        body: dispositionChange,
        response: { 200: disposition },
      },
      handler: async ({ caller, params, body }, reply) =>
        answer(reply, 200, await changeOneDisposition(house, caller, params.id, body)),
    })

    app.route({
      method: 'DELETE',
      url: '/dispositions/:id',
      config: { action: 'dispositions.write' },
      schema: {
        tags,
        summary: 'Delete one that no call ever had',
        params: ids,
        response: { 204: nothing },
      },
      async handler({ caller, params }, reply) {
        const refusal = await deleteOneDisposition(house, caller, params.id)
        return refusal ? sendProblem(reply, refusal) : reply.code(204).send()
      },
    })

    app.route({
      method: 'GET',
      url: '/calls/:id/disposition',
      config: { action: 'calls.read' },
      schema: {
        tags,
        summary: 'What a call meant, and what it was said to mean before',
        params: ids,
        response: { 200: callDispositionWithChanges },
      },
      handler: async ({ caller, params }, reply) =>
        answer(reply, 200, await readDispositionOfCall(house, caller, params.id)),
    })

    app.route({
      method: 'POST',
      url: '/calls/:id/disposition',
      config: { action: 'calls.dispose' },
      schema: {
        tags,
        summary: 'Say what a call meant, or correct it',
        description:
          "By the call's agent or a supervisor. Whoever said it may correct it for 10 minutes, a supervisor always; " +
          'a correction answers 200 and takes back what only the former disposition had done.',
        params: ids,
        body: newCallDisposition,
        response: { 200: callDisposition, 201: callDisposition },
      },
      async handler({ caller, params, body }, reply) {
        const done = await dispose(house, caller, params.id, body)
        if (isRefusal(done)) return sendProblem(reply, done)
        return reply.code(done.added ? 201 : 200).send(done.disposition)
      },
    })
  }
}
