import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { answer, sendProblem } from '../../http/errors.ts'
import type { ServerDeps } from '../../http/house.ts'
import { readPageQuery, toPage } from '../../http/pagination.ts'
import { isRefusal } from '../../http/problems.ts'
import { ids, pageOf } from '../../http/schema.ts'
import { changeOneNote, listNotesOfCall, listNotesOfContact, makeNote } from './notes.ts'
import { newNote, note, noteChange, noteIds, noteQuery } from './schema.ts'

const tags = ['notes']
const lists = [
  { url: '/calls/:id/notes', summary: 'Notes about a call', list: listNotesOfCall },
  { url: '/contacts/:id/notes', summary: 'Notes about a person, from all their calls', list: listNotesOfContact },
] as const

export function noteRoutes(house: ServerDeps): FastifyPluginAsyncZod {
  return async (app) => {
    for (const { url, summary, list } of lists) {
      app.route({
        method: 'GET',
        url,
        config: { action: 'notes.read' },
        schema: { tags, summary, params: ids, querystring: noteQuery, response: { 200: pageOf(note) } },
        async handler({ caller, params, query }, reply) {
          const page = readPageQuery(query)
          const rows = isRefusal(page) ? page : await list(house, caller, params.id, query, page)
          return isRefusal(rows) ? sendProblem(reply, rows) : reply.send(toPage(rows, query.sort, (row) => row))
        },
      })
    }

    app.route({
      method: 'POST',
      url: '/calls/:id/notes',
      config: { action: 'notes.write' },
      schema: {
        tags,
        summary: 'Write down something about a call',
        params: ids,
        body: newNote,
        response: { 201: note },
      },
      handler: async ({ caller, params, body }, reply) =>
        answer(reply, 201, await makeNote(house, caller, params.id, body)),
    })

    app.route({
      method: 'PATCH',
      url: '/calls/:id/notes/:note_id',
      config: { action: 'notes.write' },
      schema: {
        tags,
        summary: 'Mend a note of your own, within ten minutes or while its call is in your hands',
        params: noteIds,
        body: noteChange,
        response: { 200: note },
      },
      handler: async ({ caller, params, body }, reply) =>
        answer(reply, 200, await changeOneNote(house, caller, params.id, params.note_id, body)),
    })
  }
}
