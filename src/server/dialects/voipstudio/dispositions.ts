import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { z } from 'zod'
import { listCallDispositions } from '#store/call-dispositions.ts'
import { readClientCall } from '#store/client-calls.ts'
import { dispose } from '../../features/dispositions/dispose.ts'
import type { newCallDisposition } from '../../features/dispositions/schema.ts'
import { answer } from '../../http/errors.ts'
import { type ServerDeps, within, withinAll } from '../../http/house.ts'
import { isRefusal, refuseUnknown } from '../../http/problems.ts'
import { dispositionQuery, newDisposition, toPlace } from './bodies.ts'
import { showDisposition } from './shapes.ts'

export function dispositionRoutes(house: ServerDeps): FastifyPluginAsyncZod {
  return async (app) => {
    app.route({
      method: 'GET',
      url: '/dispositions',
      config: { action: 'calls.read' },
      schema: { querystring: dispositionQuery },
      async handler({ caller, query: { call_id, ...place } }) {
        const filters = call_id === undefined ? {} : { call_id }
        const { rows } = await within(house, caller, (tx) =>
          listCallDispositions(tx, caller.workspace_id, filters, toPlace(place)),
        )
        return { dispositions: rows.map(showDisposition) }
      },
    })

    app.route({
      method: 'POST',
      url: '/dispositions',
      config: { action: 'calls.dispose' },
      schema: { body: newDisposition },
      async handler({ caller, body }, reply) {
        const { workspace_id } = caller
        const shown = await withinAll(house, caller, (tx) => readClientCall(tx, workspace_id, body.call_id))
        const said = shown ? await dispose(house, caller, body.call_id, toSaid(body)) : refuseUnknown('call')
        if (isRefusal(said)) return answer(reply, 201, said)
        const { disposition: key, ...row } = said.disposition
        return answer(reply, 201, { disposition: showDisposition({ ...row, key }) })
      },
    })
  }
}

/** What is to follow is kept as it was said; of a callback it is a promise too, for a day or a time or for later. */
function toSaid({ disposition, notes, follow_up_date: date }: z.output<typeof newDisposition>) {
  const said: z.output<typeof newCallDisposition> = {
    ...{ disposition, note: notes ?? '', fields: date ? { follow_up_date: date } : {} },
  }
  if (disposition !== 'callback') return said
  if (!date) return { ...said, callback_at: null }
  return date.length === 10 ? { ...said, callback_on: date } : { ...said, callback_at: date }
}
