import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { type CampaignCounts, countCampaigns } from '#store/campaign-counts.ts'
import { type CampaignOfAgent, listNumberedCampaigns } from '#store/numbered-campaigns.ts'
import { changeOneCampaign } from '../../features/campaigns/campaigns.ts'
import { deleteOneCampaign } from '../../features/campaigns/delete-campaign.ts'
import type { Caller } from '../../http/caller.ts'
import { answer, sendProblem } from '../../http/errors.ts'
import { type ServerDeps, within } from '../../http/house.ts'
import { isRefusal, type Refusal, refuseUnknown } from '../../http/problems.ts'
import {
  campaignChange,
  campaignFields,
  campaignQuery,
  newCampaign,
  type ShownCampaign,
  showCampaign,
} from './campaign-shapes.ts'
import { addCampaign, resolveAgent } from './make-campaign.ts'
import { answerPage, numberParam } from './pages.ts'
import { renameFields } from './refusals.ts'
import { campaignStatusesOf } from './words.ts'

export function campaignRoutes(house: ServerDeps): FastifyPluginAsyncZod {
  return async (app) => {
    app.route({
      method: 'GET',
      url: '/campaigns',
      config: { action: 'campaigns.read' },
      schema: { querystring: campaignQuery },
      async handler(request, reply) {
        const { caller, query } = request
        const { agent: agent_number, segment, status, search, ordering = '-created_at' } = query
        const filters = { agent_number, segment, search, statuses: status && campaignStatusesOf[status] }
        return answerPage(request, reply, query, (place) =>
          within(house, caller, async (tx) => {
            const { workspace_id } = caller
            const { rows, total } = await listNumberedCampaigns(tx, workspace_id, filters, { ...place, ordering })
            const ids = rows.map(({ id }) => id)
            const counts = await countCampaigns(tx, workspace_id, ids)
            return { total, rows: rows.map((row) => showCampaign(row, counts.get(row.id) as CampaignCounts)) }
          }),
        )
      },
    })

    app.route({
      method: 'POST',
      url: '/campaigns',
      config: { action: 'campaigns.write' },
      schema: { body: newCampaign },
      async handler({ caller, body }, reply) {
        const made = await addCampaign(house, caller, body)
        return answer(reply, 201, await shown(house, caller, made))
      },
    })

    app.route({
      method: 'GET',
      url: '/campaigns/:id',
      config: { action: 'campaigns.read' },
      schema: { params: numberParam },
      handler: async ({ caller, params }, reply) =>
        answer(reply, 200, await shown(house, caller, { number: params.id })),
    })

    app.route({
      method: ['PATCH', 'PUT'],
      url: '/campaigns/:id',
      config: { action: 'campaigns.write' },
      schema: { params: numberParam, body: campaignChange },
      async handler({ caller, params, body }, reply) {
        const found = await findCampaign(house, caller, { number: params.id })
        const { campaign_name: name, agent, ...rest } = body
        // Sent back as it was shown where there is none, 0 names nobody.
        const crew = !agent || isRefusal(found) ? null : await resolveAgent(house, caller, agent)
        if (isRefusal(found) || isRefusal(crew)) return sendProblem(reply, isRefusal(found) ? found : (crew as Refusal))
        const given = Object.entries({ ...rest, name, agent_ids: crew ? [crew.id] : undefined })
        const change = Object.fromEntries(given.filter(([, value]) => value !== undefined))
        const changed = await changeOneCampaign(house, caller, found.campaign.id, change)
        return answer(reply, 200, await shown(house, caller, changed))
      },
    })

    app.route({
      method: 'DELETE',
      url: '/campaigns/:id',
      config: { action: 'campaigns.write' },
      schema: { params: numberParam },
      async handler({ caller, params }, reply) {
        const found = await findCampaign(house, caller, { number: params.id })
        const refusal = isRefusal(found) ? found : await deleteOneCampaign(house, caller, found.campaign.id)
        return refusal ? sendProblem(reply, refusal) : reply.send({ message: 'Campaign deleted' })
      },
    })
  }
}

export interface CountedCampaign {
  campaign: CampaignOfAgent
  counts: CampaignCounts
}

export async function findCampaign(
  house: ServerDeps,
  caller: Caller,
  which: { number: number } | { named: string },
): Promise<CountedCampaign | Refusal> {
  const { workspace_id } = caller
  const one = { ordering: 'created_at', limit: 1, offset: 0 } as const
  return within(house, caller, async (tx) => {
    const campaign = (await listNumberedCampaigns(tx, workspace_id, which, one)).rows[0]
    if (!campaign) return refuseUnknown('campaign')
    const counts = await countCampaigns(tx, workspace_id, [campaign.id])
    return { campaign, counts: counts.get(campaign.id) as CampaignCounts }
  })
}

/** What a service gave or which was asked for, as the client knows it; a refusal with the client's fields. */
export async function shown(
  house: ServerDeps,
  caller: Caller,
  result: { number: number } | Refusal,
): Promise<ShownCampaign | Refusal> {
  const found = isRefusal(result) ? result : await findCampaign(house, caller, { number: result.number })
  return isRefusal(found) ? renameFields(found, campaignFields) : showCampaign(found.campaign, found.counts)
}
