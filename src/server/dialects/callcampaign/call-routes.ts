import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { type CallRow, listCallsByPlace } from '#store/call-list.ts'
import { readTranscripts } from '#store/notes.ts'
import { readOneCampaign } from '../../features/campaigns/campaigns.ts'
import { sendProblem } from '../../http/errors.ts'
import { type ServerDeps, within } from '../../http/house.ts'
import { isRefusal } from '../../http/problems.ts'
import { idIn, placeQuery, showList } from './lists.ts'

export function callRoutes(house: ServerDeps): FastifyPluginAsyncZod {
  return async (app) => {
    app.route({
      method: 'GET',
      url: '/campaigns/:id/calls',
      config: { action: 'calls.read' },
      schema: { params: idIn, querystring: z.object(placeQuery) },
      async handler({ caller, params, query }, reply) {
        const campaign = await readOneCampaign(house, caller, params.id)
        if (isRefusal(campaign)) return sendProblem(reply, campaign)
        const filters = { campaign_id: params.id }
        const { page, transcripts } = await within(house, caller, async (tx) => {
          const found = await listCallsByPlace(tx, caller.workspace_id, filters, query)
          const ids = found.rows.map(({ id }) => id)
          return { page: found, transcripts: await readTranscripts(tx, caller.workspace_id, ids) }
        })
        return reply.send(showList('calls', page, query, (row) => showCall(row, transcripts.get(row.id) ?? null)))
      },
    })
  }
}

function showCall(row: CallRow, transcript: string | null) {
  return {
    ...{ id: row.id, campaignId: row.campaign_id, contactId: row.contact_id, phone: row.to_number },
    ...{ result: row.status, duration: row.duration_seconds ?? 0, recordingUrl: row.recording_url, transcript },
    createdAt: row.initiated_at,
  }
}
