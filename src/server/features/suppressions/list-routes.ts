import { Readable } from 'node:stream'
import multipart from '@fastify/multipart'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { maxUploadBytes } from '#intake/uploads.ts'
import { answer, sendProblem } from '../../http/errors.ts'
import type { ServerDeps } from '../../http/house.ts'
import { beginOnce } from '../../http/idempotency.ts'
import { readPageQuery, toPage } from '../../http/pagination.ts'
import { isRefusal } from '../../http/problems.ts'
import { ids, pageOf } from '../../http/schema.ts'
import { readNumberUpload } from '../imports/options.ts'
import { numberUploadBody, numberUploadQuery } from '../imports/schema.ts'
import { discardUpload, receiveUpload } from '../imports/upload.ts'
import { newSuppressionList, suppressionList, suppressionListQuery } from './list-schema.ts'
import { beginListFile, listOfLists, makeList, openRefusedRows, readOneList, removeList } from './lists.ts'
import { removal } from './schema.ts'

const tags = ['suppressions']
/** Described only: the fields are read wherever they come from, after the file. */
const readLater = () => (value: unknown) => ({ value })

export function suppressionListRoutes(house: ServerDeps): FastifyPluginAsyncZod {
  return async (app) => {
    await app.register(multipart)
    app.addContentTypeParser(/^(text\/|application\/(octet-stream|csv|vnd\.ms-excel))/, (_request, body, done) =>
      done(null, body),
    )

    app.route({
      method: 'GET',
      url: '/suppression-lists',
      config: { action: 'suppression-lists.read' },
      schema: {
        tags,
        summary: 'Lists of numbers not to call',
        querystring: suppressionListQuery,
        response: { 200: pageOf(suppressionList) },
      },
      async handler({ caller, query }, reply) {
        const page = readPageQuery(query)
        if (isRefusal(page)) return sendProblem(reply, page)
        const { scope, removed = false } = query
        const filters = { removed, ...(scope === undefined ? {} : { scope }) }
        return reply.send(toPage(await listOfLists(house, caller, filters, page), query.sort, (row) => row))
      },
    })

    app.route({
      method: 'POST',
      url: '/suppression-lists',
      config: { action: 'suppression-lists.write' },
      schema: {
        tags,
        summary: 'Make a list; its numbers come as a file',
        body: newSuppressionList,
        response: { 201: suppressionList },
      },
      async handler(request, reply) {
        const made = await makeList(house, request.caller, request.body)
        if (!isRefusal(made)) reply.header('location', `/api/v1/suppression-lists/${made.id}`)
        return answer(reply, 201, made)
      },
    })

    app.route({
      method: 'GET',
      url: '/suppression-lists/:id',
      config: { action: 'suppression-lists.read' },
      schema: {
        tags,
        summary: 'One list, and how far its file is',
        params: ids,
        response: { 200: suppressionList },
      },
      handler: async (request, reply) =>
        answer(reply, 200, await readOneList(house, request.caller, request.params.id)),
    })

    app.route({
      method: 'POST',
      url: '/suppression-lists/:id/upload',
      bodyLimit: maxUploadBytes,
      config: { action: 'suppression-lists.write', readsOwnBody: true },
      validatorCompiler: readLater,
      schema: {
        tags,
        summary:
          "Read a file into it: the first blocks as it is read, a later one takes the former's place when it is in",
        description:
          'One number a line, a CSV with a column of phones, or area code and seven digits as the US registry has them. Send ' +
          'a form with the part `file`, or the file as the body, as text/csv, with the options in the address.',
        params: ids,
        querystring: numberUploadQuery,
        body: numberUploadBody,
        response: { 202: suppressionList },
      },
      async handler(request, reply) {
        const { id } = request.params as { id: string }
        const list = await readOneList(house, request.caller, id)
        const upload = isRefusal(list) ? list : await receiveUpload(house, request, readNumberUpload)
        if (isRefusal(upload)) return sendProblem(reply, upload)
        if (await beginOnce(house, request, reply, upload.digest)) {
          await discardUpload(house, upload)
          return reply
        }
        reply.header('location', `/api/v1/suppression-lists/${id}`)
        return answer(reply, 202, await beginListFile(house, request.caller, id, upload))
      },
    })

    app.route({
      method: 'GET',
      url: '/suppression-lists/:id/refused',
      config: { action: 'suppression-lists.read' },
      schema: {
        tags,
        summary: 'The rows of its latest file that were refused, and why',
        description: 'The first 10,000 of them, each cut to 200 characters; `refused_rows` counts them all.',
        params: ids,
        response: { 200: { description: 'A CSV file', content: { 'text/csv': { schema: z.string() } } } },
      },
      async handler(request, reply) {
        const text = await openRefusedRows(house, request.caller, request.params.id)
        if (isRefusal(text)) return sendProblem(reply, text)
        reply.header('content-disposition', 'attachment; filename="refused-numbers.csv"')
        return reply.type('text/csv; charset=utf-8; header=present').send(Readable.from(text) as never)
      },
    })

    app.route({
      method: 'POST',
      url: '/suppression-lists/:id/remove',
      config: { action: 'suppression-lists.write' },
      schema: {
        tags,
        summary: 'Take it away, with the reason',
        params: ids,
        body: removal,
        response: { 200: suppressionList },
      },
      handler: async (request, reply) =>
        answer(reply, 200, await removeList(house, request.caller, request.params.id, request.body.reason)),
    })
  }
}
