import { Readable } from 'node:stream'
import multipart from '@fastify/multipart'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { maxUploadBytes } from '#intake/uploads.ts'
import { answer, sendProblem } from '../../http/errors.ts'
import type { ServerDeps } from '../../http/house.ts'
import { beginOnce } from '../../http/idempotency.ts'
import { cutPage, readPageQuery, toPage } from '../../http/pagination.ts'
import { isRefusal } from '../../http/problems.ts'
import { ids, pageOf } from '../../http/schema.ts'
import {
  beginImport,
  cancelOne,
  listCauses,
  listErrors,
  listOfImports,
  openRefusedFile,
  previewUpload,
  readOneImport,
  undoOne,
} from './imports.ts'
import { readUploadRequest } from './options.ts'
import {
  errorQuery,
  importCauses,
  importError,
  importJob,
  importPreview,
  importQuery,
  undone,
  uploadBody,
  uploadQuery,
} from './schema.ts'
import { discardUpload, receiveUpload } from './upload.ts'

const tags = ['imports']
const description =
  'Send a form with the part `file` and whatever options you like, in any order; or the file as the body, as text/csv, ' +
  'with the options in the address.'
/** Described only: the fields are read wherever they come from, after the file. */
const readLater = () => (value: unknown) => ({ value })

export function importRoutes(house: ServerDeps): FastifyPluginAsyncZod {
  return async (app) => {
    await app.register(multipart)
    app.addContentTypeParser(/^(text\/|application\/(octet-stream|csv|vnd\.ms-excel))/, (_request, body, done) =>
      done(null, body),
    )

    app.route({
      method: 'POST',
      url: '/imports',
      bodyLimit: maxUploadBytes,
      config: { action: 'imports.write', readsOwnBody: true },
      validatorCompiler: readLater,
      schema: {
        tags,
        summary: 'Import a file of people',
        description,
        querystring: uploadQuery,
        body: uploadBody,
        response: { 202: importJob },
      },
      async handler(request, reply) {
        const upload = await receiveUpload(house, request, readUploadRequest)
        if (isRefusal(upload)) return sendProblem(reply, upload)
        if (await beginOnce(house, request, reply, upload.digest)) {
          await discardUpload(house, upload)
          return reply
        }
        const begun = await beginImport(house, request.caller, upload)
        if (!isRefusal(begun)) reply.header('location', `/api/v1/imports/${begun.id}`)
        return answer(reply, 202, begun)
      },
    })

    app.route({
      method: 'POST',
      url: '/imports/preview',
      bodyLimit: maxUploadBytes,
      config: { action: 'imports.write', readsOwnBody: true },
      validatorCompiler: readLater,
      schema: {
        tags,
        summary: 'What importing a file would do',
        description,
        querystring: uploadQuery,
        body: uploadBody,
        response: { 200: importPreview },
      },
      async handler(request, reply) {
        const upload = await receiveUpload(house, request, readUploadRequest)
        if (isRefusal(upload)) return sendProblem(reply, upload)
        return answer(reply, 200, await previewUpload(house, request.caller, upload))
      },
    })

    app.route({
      method: 'GET',
      url: '/imports',
      config: { action: 'imports.read' },
      schema: {
        tags,
        summary: 'Imports, newest first',
        querystring: importQuery,
        response: { 200: pageOf(importJob) },
      },
      async handler({ caller, query }, reply) {
        const page = readPageQuery({ ...query, sort: '-id' })
        if (isRefusal(page)) return sendProblem(reply, page)
        const { limit: _, cursor: _cursor, ...filter } = query
        const after = page.after ? { after: page.after.id } : {}
        const rows = await listOfImports(house, caller, { ...filter, ...after, limit: page.limit + 1 })
        return reply.send(toPage(cutPage(rows, page.limit), '-id', (row) => row))
      },
    })

    app.route({
      method: 'GET',
      url: '/imports/:id',
      config: { action: 'imports.read' },
      schema: { tags, summary: 'One import and how far it is', params: ids, response: { 200: importJob } },
      handler: async (request, reply) =>
        answer(reply, 200, await readOneImport(house, request.caller, request.params.id)),
    })

    app.route({
      method: 'GET',
      url: '/imports/:id/errors',
      config: { action: 'imports.read' },
      schema: {
        tags,
        summary: 'Every row that became no lead, and why',
        params: ids,
        querystring: errorQuery,
        response: { 200: pageOf(importError) },
      },
      async handler({ caller, query, params }, reply) {
        const { limit, cursor = 0, reason } = query
        const page = { after: cursor, limit: limit + 1, ...(reason === undefined ? {} : { reason }) }
        const rows = await listErrors(house, caller, params.id, page)
        if (isRefusal(rows)) return sendProblem(reply, rows)
        const shown = rows.slice(0, limit)
        return reply.send({ data: shown, next_cursor: rows.length > limit ? String(shown.at(-1)?.id) : null })
      },
    })

    app.route({
      method: 'GET',
      url: '/imports/:id/causes',
      config: { action: 'imports.read' },
      schema: {
        tags,
        summary: 'Why rows became no lead: each reason with its count and examples',
        params: ids,
        response: { 200: importCauses },
      },
      async handler(request, reply) {
        const causes = await listCauses(house, request.caller, request.params.id)
        return answer(reply, 200, isRefusal(causes) ? causes : { data: causes })
      },
    })

    app.route({
      method: 'GET',
      url: '/imports/:id/refused.csv',
      config: { action: 'imports.read' },
      schema: {
        tags,
        summary: 'The refused rows, to mend and import again',
        description:
          'Their columns as they came, and behind them outdial_line, outdial_column and outdial_reason, which an import ' +
          'passes over. Rows of more than 64 KB are not kept and not among them.',
        params: ids,
        response: { 200: { description: 'A CSV file', content: { 'text/csv': { schema: z.string() } } } },
      },
      async handler(request, reply) {
        const refused = await openRefusedFile(house, request.caller, request.params.id)
        if (isRefusal(refused)) return sendProblem(reply, refused)
        reply.header('content-disposition', `attachment; filename="${refused.file_name}"`)
        return reply.type('text/csv; charset=utf-8; header=present').send(Readable.from(refused.text) as never)
      },
    })

    app.route({
      method: 'POST',
      url: '/imports/:id/undo',
      config: { action: 'imports.write' },
      schema: { tags, summary: 'Take it back while nobody was called', params: ids, response: { 200: undone } },
      handler: async (request, reply) => answer(reply, 200, await undoOne(house, request.caller, request.params.id)),
    })

    app.route({
      method: 'POST',
      url: '/imports/:id/cancel',
      config: { action: 'imports.write' },
      schema: { tags, summary: 'Stop it; what is in stays', params: ids, response: { 200: importJob } },
      handler: async (request, reply) => answer(reply, 200, await cancelOne(house, request.caller, request.params.id)),
    })
  }
}
