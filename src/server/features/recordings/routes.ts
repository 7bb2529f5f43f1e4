import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { audioAnswer, audioHeaders, sendAudio } from '../../http/audio.ts'
import { answer, sendProblem } from '../../http/errors.ts'
import type { ServerDeps } from '../../http/house.ts'
import { readPageQuery, toPage } from '../../http/pagination.ts'
import { isRefusal } from '../../http/problems.ts'
import { ids, nothing, pageOf } from '../../http/schema.ts'
import {
  discardOneRecording,
  findRecordedAudio,
  listOfRecordings,
  readOnePeaks,
  readOneRecording,
} from './recordings.ts'
import { peaks, recording, recordingQuery } from './schema.ts'

const tags = ['recordings']

export function recordingRoutes(house: ServerDeps): FastifyPluginAsyncZod {
  return async (app) => {
    app.route({
      method: 'GET',
      url: '/recordings',
      config: { action: 'recordings.read' },
      schema: {
        tags,
        summary: 'List recordings of calls',
        querystring: recordingQuery,
        response: { 200: pageOf(recording) },
      },
      async handler({ caller, query }, reply) {
        const page = readPageQuery(query)
        if (isRefusal(page)) return sendProblem(reply, page)
        return reply.send(toPage(await listOfRecordings(house, caller, query, page), query.sort, (row) => row))
      },
    })

    app.route({
      method: 'GET',
      url: '/recordings/:id',
      config: { action: 'recordings.read' },
      schema: { tags, summary: 'One recording', params: ids, response: { 200: recording } },
      handler: async ({ caller, params }, reply) =>
        answer(reply, 200, await readOneRecording(house, caller, params.id)),
    })

    app.route({
      method: 'GET',
      url: '/recordings/:id/audio',
      config: { action: 'recordings.read' },
      schema: {
        tags,
        summary: 'Listen to it, or to a part',
        params: ids,
        headers: audioHeaders,
        response: audioAnswer,
      },
      async handler(request, reply) {
        const audio = await findRecordedAudio(house, request.caller, request.params.id)
        return isRefusal(audio) ? sendProblem(reply, audio) : sendAudio(request, reply, audio, house.objects)
      },
    })

    app.route({
      method: 'GET',
      url: '/recordings/:id/peaks',
      config: { action: 'recordings.read' },
      schema: { tags, summary: 'Its waveform', params: ids, response: { 200: peaks } },
      handler: async ({ caller, params }, reply) => answer(reply, 200, await readOnePeaks(house, caller, params.id)),
    })

    app.route({
      method: 'DELETE',
      url: '/recordings/:id',
      config: { action: 'recordings.delete' },
      schema: {
        tags,
        summary: 'Delete the audio of a recording',
        description: 'That there was a recording stays known, and who had it deleted.',
        params: ids,
        response: { 204: nothing },
      },
      async handler({ caller, params }, reply) {
        const refusal = await discardOneRecording(house, caller, params.id)
        return refusal ? sendProblem(reply, refusal) : reply.code(204).send()
      },
    })
  }
}
