import { Readable } from 'node:stream'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { answer, sendProblem } from '../../http/errors.ts'
import type { ServerDeps } from '../../http/house.ts'
import { readPageQuery, toPage } from '../../http/pagination.ts'
import { isRefusal } from '../../http/problems.ts'
import { ids, pageOf } from '../../http/schema.ts'
import { actOnOneCall, listActsOfCall } from './acts.ts'
import { openCallFile } from './call-file.ts'
import { listEventsOfCall, listOfCalls, readOneCall } from './calls.ts'
import { changeOneCall } from './change-call.ts'
import { dialByHand } from './dial-by-hand.ts'
import {
  call,
  callAct,
  callChange,
  callEvent,
  callFileQuery,
  callQuery,
  campaignCallQuery,
  newCall,
  placedCall,
  shownAct,
  shownJoin,
} from './schema.ts'

const tags = ['calls']

/** Calls are evidence: they are made and read here, nothing deletes them, and of what happened nothing changes. */
export function callRoutes(house: ServerDeps): FastifyPluginAsyncZod {
  return async (app) => {
    app.route({
      method: 'GET',
      url: '/calls',
      config: { action: 'calls.read' },
      schema: { tags, summary: 'List calls', querystring: callQuery, response: { 200: pageOf(call) } },
      async handler({ caller, query }, reply) {
        const page = readPageQuery(query)
        const rows = isRefusal(page) ? page : await listOfCalls(house, caller, query, page)
        return isRefusal(rows) ? sendProblem(reply, rows) : reply.send(toPage(rows, query.sort, (row) => row))
      },
    })

    app.route({
      method: 'GET',
      url: '/calls.csv',
      config: { action: 'calls.read' },
      schema: {
        tags,
        summary: 'The same calls as a file, newest first; at most a million of them',
        querystring: callFileQuery,
        response: { 200: { description: 'A CSV file', content: { 'text/csv': { schema: z.string() } } } },
      },
      async handler({ caller, query }, reply) {
        const text = await openCallFile(house, caller, query)
        if (isRefusal(text)) return sendProblem(reply, text)
        reply.header('content-disposition', 'attachment; filename="calls.csv"')
        return reply.type('text/csv; charset=utf-8; header=present').send(Readable.from(text) as never)
      },
    })

    app.route({
      method: 'POST',
      url: '/calls',
      config: { action: 'calls.place' },
      schema: {
        tags,
        summary: 'Dial by hand, as your agent or for nobody: a lead, a contact, or a number from the keypad',
        body: newCall,
        response: { 202: placedCall },
      },
      async handler({ caller, body }, reply) {
        const placed = await dialByHand(house, caller, body)
        if (isRefusal(placed)) return sendProblem(reply, placed)
        const { id, session_id } = placed
        return reply.header('location', `/api/v1/calls/${id}`).code(202).send({ id, session_id })
      },
    })

    app.route({
      method: 'GET',
      url: '/campaigns/:id/calls',
      config: { action: 'calls.read' },
      schema: {
        tags,
        summary: "A campaign's calls",
        params: ids,
        querystring: campaignCallQuery,
        response: { 200: pageOf(call) },
      },
      async handler({ caller, query, params }, reply) {
        const page = readPageQuery(query)
        const rows = isRefusal(page)
          ? page
          : await listOfCalls(house, caller, { ...query, campaign_id: params.id }, page)
        return isRefusal(rows) ? sendProblem(reply, rows) : reply.send(toPage(rows, query.sort, (row) => row))
      },
    })

    app.route({
      method: 'GET',
      url: '/calls/:id',
      config: { action: 'calls.read' },
      schema: { tags, summary: 'One call', params: ids, response: { 200: call } },
      handler: async (request, reply) =>
        answer(reply, 200, await readOneCall(house, request.caller, request.params.id)),
    })

    app.route({
      method: 'PATCH',
      url: '/calls/:id',
      config: { action: 'calls.act' },
      schema: {
        tags,
        summary: 'Keep values of your own with it',
        description: 'For whose call it is, whoever talked on it or dialed it, and supervisors.',
        params: ids,
        body: callChange,
        response: { 200: call },
      },
      handler: async ({ caller, params, body }, reply) =>
        answer(reply, 200, await changeOneCall(house, caller, params.id, body)),
    })

    app.route({
      method: 'GET',
      url: '/calls/:id/events',
      config: { action: 'calls.read' },
      schema: {
        tags,
        summary: 'All that happened to it, as the carrier told it',
        params: ids,
        response: { 200: z.object({ data: z.array(callEvent), next_cursor: z.null() }) },
      },
      async handler(request, reply) {
        const events = await listEventsOfCall(house, request.caller, request.params.id)
        return answer(reply, 200, isRefusal(events) ? events : { data: events, next_cursor: null })
      },
    })

    app.route({
      method: 'GET',
      url: '/calls/:id/acts',
      config: { action: 'calls.read' },
      schema: {
        tags,
        summary: 'All that was done with it, by whom, oldest first',
        params: ids,
        response: { 200: z.object({ data: z.array(shownAct), next_cursor: z.null() }) },
      },
      async handler({ caller, params }, reply) {
        const acts = await listActsOfCall(house, caller, params.id)
        return answer(reply, 200, isRefusal(acts) ? acts : { data: acts, next_cursor: null })
      },
    })

    app.route({
      method: 'POST',
      url: '/calls/:id/acts',
      config: { action: 'calls.act' },
      schema: {
        tags,
        summary: 'Do something with a call that is talked on',
        description:
          'For the agent in whose hands it is, and for supervisors. A supervisor who joins (listen, whisper, barge, ' +
          'take_over) is rung first where no line is up: then the answer is 202.',
        params: ids,
        body: callAct,
        response: { 200: z.union([shownAct, shownJoin]), 202: shownJoin },
      },
      async handler({ caller, params, body }, reply) {
        const acted = await actOnOneCall(house, caller, params.id, body)
        const begun = !isRefusal(acted) && 'state' in acted && acted.state === 'opening'
        return answer(reply, begun ? 202 : 200, acted)
      },
    })
  }
}
