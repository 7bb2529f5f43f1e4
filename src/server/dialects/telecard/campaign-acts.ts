import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { CampaignStatus } from '#domain/campaign.ts'
import { listNumberedLeads } from '#store/numbered-leads.ts'
import { type Act, actOnCampaign } from '../../features/campaigns/acts.ts'
import { answer, sendProblem } from '../../http/errors.ts'
import { type ServerDeps, within } from '../../http/house.ts'
import { isRefusal, refuse } from '../../http/problems.ts'
import { showStats } from './campaign-shapes.ts'
import { findCampaign, shown } from './campaigns.ts'
import { numberParam } from './pages.ts'
import { leadStatusesOf } from './words.ts'

/** `not_from`: what the old system never took up again, though the model can. */
const acts: Record<string, { act: Act; done: string; not_from?: CampaignStatus }> = {
  activate: { act: 'start', done: 'Campaign activated', not_from: 'completed' },
  pause: { act: 'pause', done: 'Campaign paused' },
  complete: { act: 'stop', done: 'Campaign completed' },
  archive: { act: 'archive', done: 'Campaign archived' },
}

export function campaignActRoutes(house: ServerDeps): FastifyPluginAsyncZod {
  return async (app) => {
    for (const [name, { act, done, not_from }] of Object.entries(acts)) {
      app.route({
        method: 'POST',
        url: `/campaigns/:id/${name}`,
        config: { action: 'campaigns.write' },
        schema: { params: numberParam },
        async handler({ caller, params }, reply) {
          const found = await findCampaign(house, caller, { number: params.id })
          if (isRefusal(found)) return sendProblem(reply, found)
          const { id, status } = found.campaign
          if (status === not_from) {
            return sendProblem(reply, refuse('transition-not-allowed', `A campaign that is ${status} can't ${name}.`))
          }
          const campaign = await shown(house, caller, await actOnCampaign(house, caller, id, act))
          return answer(reply, 200, isRefusal(campaign) ? campaign : { message: done, campaign })
        },
      })
    }

    app.route({
      method: 'GET',
      url: '/campaigns/:id/stats',
      config: { action: 'campaigns.read' },
      schema: { params: numberParam },
      async handler({ caller, params }, reply) {
        const found = await findCampaign(house, caller, { number: params.id })
        if (isRefusal(found)) return sendProblem(reply, found)
        const pending = { campaign_id: found.campaign.id, ...leadStatusesOf.pending }
        const none = { ordering: 'created_at', limit: 0, offset: 0 } as const
        const { total } = await within(house, caller, (tx) => listNumberedLeads(tx, caller.workspace_id, pending, none))
        return reply.send(showStats(found.campaign, found.counts, total))
      },
    })
  }
}
