import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { listClientCalls, readClientCall } from '#store/client-calls.ts'
import { askCarrier } from '../../features/calls/ask-carrier.ts'
import { changeOneCall, hideOneCall } from '../../features/calls/change-call.ts'
import type { Caller } from '../../http/caller.ts'
import { answer, sendProblem } from '../../http/errors.ts'
import { type ServerDeps, within } from '../../http/house.ts'
import { isRefusal, refuseUnknown } from '../../http/problems.ts'
import { ids } from '../../http/schema.ts'
import { callChange, callQuery, newCall } from './bodies.ts'
import { placeClientCall } from './place-call.ts'
import { showCall } from './shapes.ts'
import { wordOfCall } from './words.ts'

export function callRoutes(house: ServerDeps): FastifyPluginAsyncZod {
  return async (app) => {
    app.route({
      method: 'POST',
      url: '/calls',
      config: { action: 'calls.place' },
      schema: { body: newCall },
      handler: async ({ caller, body }, reply) => answer(reply, 201, await placeClientCall(house, caller, body)),
    })

    app.route({
      method: 'GET',
      url: '/calls',
      config: { action: 'calls.read' },
      schema: { querystring: callQuery },
      async handler({ caller, query: { limit, offset, ...filters } }) {
        const { rows, total } = await within(house, caller, (tx) =>
          listClientCalls(tx, caller.workspace_id, filters, { limit, offset }),
        )
        return { calls: rows.map(showCall), total }
      },
    })

    app.route({
      method: 'GET',
      url: '/calls/:id',
      config: { action: 'calls.read' },
      schema: { params: ids },
      async handler({ caller, params }, reply) {
        const call = await readShown(house, caller, params.id)
        if (isRefusal(call)) return sendProblem(reply, call)
        return { call: { ...showCall(call), voip_status: await askVoipStatus(house, caller, call.id) } }
      },
    })

    app.route({
      method: ['PATCH', 'PUT'],
      url: '/calls/:id',
      config: { action: 'calls.act' },
      schema: { params: ids, body: callChange },
      async handler({ caller, params, body: { notes, metadata, ...said } }, reply) {
        const before = await readShown(house, caller, params.id)
        if (isRefusal(before)) return sendProblem(reply, before)
        const changed = await changeOneCall(house, caller, params.id, {
          ...(metadata === undefined ? {} : { metadata }),
          ...(notes === undefined ? {} : { note: notes }),
          ...(Object.keys(said).length === 0 ? {} : { said }),
        })
        if (isRefusal(changed)) return sendProblem(reply, changed)
        const call = await readShown(house, caller, params.id)
        return answer(reply, 200, isRefusal(call) ? call : { call: showCall(call) })
      },
    })

    app.route({
      method: 'DELETE',
      url: '/calls/:id',
      config: { action: 'calls.act' },
      schema: { params: ids },
      handler: async ({ caller, params }, reply) =>
        answer(reply, 200, (await hideOneCall(house, caller, params.id)) ?? { success: true }),
    })
  }
}

async function readShown(house: ServerDeps, caller: Caller, id: string) {
  return within(
    house,
    caller,
    async (tx) => (await readClientCall(tx, caller.workspace_id, id)) ?? refuseUnknown('call'),
  )
}

/** What the provider says of the call at this moment; `unknown` with the reason where it can not say. */
async function askVoipStatus(house: ServerDeps, caller: Caller, id: string) {
  const told = await askCarrier(house, caller, id)
  if (isRefusal(told)) return { status: 'unknown', detail: told.detail }
  const { provider_call_id: call_id, answered_at, ended_at } = told
  const status = wordOfCall(told)
  return { status, call_id, answered_at, ended_at, detail: `The provider says that the call is ${status}.` }
}
