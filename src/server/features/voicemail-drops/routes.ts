import { Readable } from 'node:stream'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { audioAnswer, audioHeaders, sendAudio } from '../../http/audio.ts'
import { answer, sendProblem } from '../../http/errors.ts'
import type { ServerDeps } from '../../http/house.ts'
import { readPageQuery, toPage } from '../../http/pagination.ts'
import { isRefusal } from '../../http/problems.ts'
import { ids, nothing, pageOf } from '../../http/schema.ts'
import { findDropAudio, keepOneDropAudio, largest_message_bytes } from './drop-audio.ts'
import { newVoicemailDrop, voicemailDrop, voicemailDropChange, voicemailDropQuery } from './schema.ts'
import {
  changeOneVoicemailDrop,
  deleteOneVoicemailDrop,
  listOfVoicemailDrops,
  makeVoicemailDrop,
  readOneVoicemailDrop,
} from './voicemail-drops.ts'

const tags = ['voicemail-drops']

export function voicemailDropRoutes(house: ServerDeps): FastifyPluginAsyncZod {
  return async (app) => {
    app.addContentTypeParser(/^audio\//, (_request, body, done) => done(null, body))

    app.route({
      method: 'GET',
      url: '/voicemail-drops',
      config: { action: 'voicemail-drops.read' },
      schema: {
        tags,
        summary: 'List voicemail drops',
        querystring: voicemailDropQuery,
        response: { 200: pageOf(voicemailDrop) },
      },
      async handler({ caller, query }, reply) {
        const page = readPageQuery(query)
        if (isRefusal(page)) return sendProblem(reply, page)
        return reply.send(toPage(await listOfVoicemailDrops(house, caller, page), query.sort, (row) => row))
      },
    })

    app.route({
      method: 'POST',
      url: '/voicemail-drops',
      config: { action: 'voicemail-drops.write' },
      schema: {
        tags,
        summary: 'Add a voicemail drop',
        description:
          'A message for agents to leave on answering machines: upload its audio, or name a recording that the carrier has.',
        body: newVoicemailDrop,
        response: { 201: voicemailDrop },
      },
      async handler({ caller, body }, reply) {
        const made = await makeVoicemailDrop(house, caller, body)
        if (!isRefusal(made)) reply.header('location', `/api/v1/voicemail-drops/${made.id}`)
        return answer(reply, 201, made)
      },
    })

    app.route({
      method: 'GET',
      url: '/voicemail-drops/:id',
      config: { action: 'voicemail-drops.read' },
      schema: { tags, summary: 'One voicemail drop', params: ids, response: { 200: voicemailDrop } },
      handler: async ({ caller, params }, reply) =>
        answer(reply, 200, await readOneVoicemailDrop(house, caller, params.id)),
    })

    app.route({
      method: 'PATCH',
      url: '/voicemail-drops/:id',
      config: { action: 'voicemail-drops.write' },
      schema: {
        tags,
        summary: 'Change a voicemail drop',
        params: ids,
        body: voicemailDropChange,
        response: { 200: voicemailDrop },
      },
      handler: async ({ caller, params, body }, reply) =>
        answer(reply, 200, await changeOneVoicemailDrop(house, caller, params.id, body)),
    })

    app.route({
      method: 'PUT',
      url: '/voicemail-drops/:id/audio',
      bodyLimit: largest_message_bytes,
      config: { action: 'voicemail-drops.write', readsOwnBody: true },
      schema: {
        tags,
        summary: 'Upload the message',
        description:
          'A WAV with one channel of 16-bit samples at 8000 Hz, as the body. It takes the place of the one before.',
        consumes: ['audio/wav'],
        params: ids,
        response: { 200: voicemailDrop },
      },
      async handler({ caller, params, body }, reply) {
        const audio = body instanceof Readable ? body : Readable.from([])
        return answer(reply, 200, await keepOneDropAudio(house, caller, params.id, audio))
      },
    })

    app.route({
      method: 'GET',
      url: '/voicemail-drops/:id/audio',
      config: { action: 'voicemail-drops.read' },
      schema: {
        tags,
        summary: 'Listen to it, or to a part',
        params: ids,
        headers: audioHeaders,
        response: audioAnswer,
      },
      async handler(request, reply) {
        const audio = await findDropAudio(house, request.caller, request.params.id)
        return isRefusal(audio) ? sendProblem(reply, audio) : sendAudio(request, reply, audio, house.objects)
      },
    })

    app.route({
      method: 'DELETE',
      url: '/voicemail-drops/:id',
      config: { action: 'voicemail-drops.write' },
      schema: { tags, summary: 'Delete a voicemail drop', params: ids, response: { 204: nothing } },
      async handler({ caller, params }, reply) {
        const refusal = await deleteOneVoicemailDrop(house, caller, params.id)
        return refusal ? sendProblem(reply, refusal) : reply.code(204).send()
      },
    })
  }
}
