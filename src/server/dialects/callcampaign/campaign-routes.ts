import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { type CampaignCounts, countCampaigns } from '#store/campaign-counts.ts'
import { listCampaignsByPlace } from '#store/campaign-list.ts'
import { countCallableLeads } from '#store/campaign-progress.ts'
import { actOnCampaign } from '../../features/campaigns/acts.ts'
import { readOneCampaign } from '../../features/campaigns/campaigns.ts'
import { readProgress } from '../../features/campaigns/progress.ts'
import { answer, sendProblem } from '../../http/errors.ts'
import { type ServerDeps, within } from '../../http/house.ts'
import { isRefusal } from '../../http/problems.ts'
import { id, listQuery } from '../../http/schema.ts'
import { percent } from '../percent.ts'
import { newCampaign } from './campaign-input.ts'
import { showCampaigns, showOneCampaign } from './campaign-shape.ts'
import { idIn, placeQuery, showList, showOne } from './lists.ts'
import { makeOldCampaign } from './save-campaign.ts'
import { countCalls, countPending, statusesShownAs, statusWords, wordOf } from './words.ts'

/** A tab for all of them sends an empty word. */
const orAll = <Value extends z.ZodType>(value: Value) =>
  z.preprocess((said) => (said === '' ? undefined : said), value.optional())
const campaignQuery = z.object({
  ...placeQuery,
  status: orAll(listQuery(statusWords)),
  agent_id: orAll(id),
  search: z.string().max(200).exactOptional(),
})
const starting = z.object({ limit: z.number().int().min(1).max(1_000_000_000).nullish() })

export function campaignRoutes(house: ServerDeps): FastifyPluginAsyncZod {
  return async (app) => {
    app.route({
      method: 'GET',
      url: '/campaigns',
      config: { action: 'campaigns.read' },
      schema: { querystring: campaignQuery },
      async handler({ caller, query }, reply) {
        const { status, agent_id, search } = query
        const filters = {
          ...(status === undefined ? {} : { status: statusesShownAs(status) }),
          ...(agent_id === undefined ? {} : { agent_id }),
          ...(search === undefined ? {} : { search }),
        }
        const page = await within(house, caller, (tx) => listCampaignsByPlace(tx, caller.workspace_id, filters, query))
        const rows = await showCampaigns(house, caller, page.rows)
        return reply.send(showList('campaigns', { rows, total: page.total }, query, (row) => row))
      },
    })

    app.route({
      method: 'POST',
      url: '/campaigns',
      config: { action: 'campaigns.write' },
      schema: { body: newCampaign },
      async handler({ caller, body }, reply) {
        const made = await makeOldCampaign(house, caller, body, { mode: 'broadcast', completes: 'by_hand' })
        if (isRefusal(made)) return sendProblem(reply, made)
        return reply.code(201).send(showOne('campaign', await showOneCampaign(house, caller, made)))
      },
    })

    app.route({
      method: 'GET',
      url: '/campaigns/:id',
      config: { action: 'campaigns.read' },
      schema: { params: idIn },
      async handler({ caller, params }, reply) {
        const found = await readOneCampaign(house, caller, params.id)
        if (isRefusal(found)) return sendProblem(reply, found)
        return reply.send(showOne('campaign', await showOneCampaign(house, caller, found)))
      },
    })

    app.route({
      method: 'POST',
      url: '/campaigns/:id/start',
      config: { action: 'campaigns.write' },
      schema: { params: idIn, body: starting },
      async handler({ caller, params, body }, reply) {
        const limit = body.limit ?? null
        const moved = await actOnCampaign(house, caller, params.id, 'start', { limit })
        if (isRefusal(moved)) return sendProblem(reply, moved)
        const left = await within(house, caller, (tx) => countCallableLeads(tx, caller.workspace_id, params.id))
        const callsMade = Math.min(limit ?? left, left)
        return reply.send({ success: true, data: { campaignId: params.id, status: wordOf(moved.status), callsMade } })
      },
    })

    app.route({
      method: 'POST',
      url: '/campaigns/:id/stop',
      config: { action: 'campaigns.write' },
      schema: { params: idIn },
      async handler({ caller, params }, reply) {
        const before = await readOneCampaign(house, caller, params.id)
        if (isRefusal(before)) return sendProblem(reply, before)
        const stopped = before.status === 'paused' ? before : await actOnCampaign(house, caller, params.id, 'pause')
        const data = { campaignId: params.id, status: 'stopped' }
        return answer(reply, 200, isRefusal(stopped) ? stopped : { success: true, data })
      },
    })

    app.route({
      method: 'GET',
      url: '/campaigns/:id/progress',
      config: { action: 'campaigns.read' },
      schema: { params: idIn },
      async handler({ caller, params }, reply) {
        const progress = await readProgress(house, caller, params.id)
        if (isRefusal(progress)) return sendProblem(reply, progress)
        const all = await within(house, caller, (tx) => countCampaigns(tx, caller.workspace_id, [params.id]))
        return reply.send({ success: true, data: showProgress(progress, all.get(params.id) as CampaignCounts) })
      },
    })
  }
}

type Progress = { skipped_by_reason: Record<string, number>; done_percent: number }

function showProgress({ skipped_by_reason, done_percent }: Progress, counts: CampaignCounts) {
  const { completed, failed, going_on } = countCalls(counts)
  return {
    ...{ totalContacts: counts.leads, completedCalls: completed, successfulCalls: completed, failedCalls: failed },
    ...{ inProgressCalls: going_on, pendingContacts: countPending(counts.by_lead_status) },
    ...{ skipped: skipped_by_reason, successRate: percent(completed, counts.leads), percentDone: done_percent },
  }
}
