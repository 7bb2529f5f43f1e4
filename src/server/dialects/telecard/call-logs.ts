import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { callStatuses } from '#store/campaign-counts.ts'
import { listNumberedCalls, type NumberedCall } from '#store/numbered-calls.ts'
import { answer } from '../../http/errors.ts'
import { type ServerDeps, within } from '../../http/house.ts'
import { refuseUnknown } from '../../http/problems.ts'
import { answerPage, asked, numberParam, numberQuery, pageQuery, searchQuery } from './pages.ts'
import { showDigits, showTime, showTimeOrNull } from './words.ts'

const callQuery = z.object({
  ...pageQuery,
  agent: numberQuery,
  campaign: numberQuery,
  lead: numberQuery,
  status: asked(z.enum(callStatuses)),
  search: searchQuery,
})

export function callLogRoutes(house: ServerDeps): FastifyPluginAsyncZod {
  return async (app) => {
    app.route({
      method: 'GET',
      url: '/call-logs',
      config: { action: 'calls.read' },
      schema: { querystring: callQuery },
      async handler(request, reply) {
        const { caller, query } = request
        const { agent, campaign, lead, status, search } = query
        const filters = { agent_number: agent, campaign_number: campaign, lead_number: lead, status, search }
        return answerPage(request, reply, query, (place) =>
          within(house, caller, async (tx) => {
            const page = await listNumberedCalls(tx, caller.workspace_id, filters, place)
            return { ...page, rows: page.rows.map(showCall) }
          }),
        )
      },
    })

    app.route({
      method: 'GET',
      url: '/call-logs/:id',
      config: { action: 'calls.read' },
      schema: { params: numberParam },
      async handler({ caller, params }, reply) {
        const one = { limit: 1, offset: 0 }
        const { rows } = await within(house, caller, (tx) =>
          listNumberedCalls(tx, caller.workspace_id, { number: params.id }, one),
        )
        return answer(reply, 200, rows[0] ? showCall(rows[0]) : refuseUnknown('call'))
      },
    })
  }
}

function showCall(call: NumberedCall) {
  return {
    id: call.number,
    call_id: call.id,
    freeswitch_uuid: call.provider_call_id,
    agent: call.agent_number,
    campaign: call.campaign_number,
    lead: call.lead_number,
    phone_number: showDigits(call.direction === 'inbound' ? call.from_number : call.to_number),
    status: call.status,
    direction: call.direction,
    duration: call.duration_seconds ?? 0,
    recording_url: call.recording_url,
    initiated_at: showTime(call.initiated_at),
    answered_at: showTimeOrNull(call.answered_at),
    ended_at: showTimeOrNull(call.ended_at),
  }
}
