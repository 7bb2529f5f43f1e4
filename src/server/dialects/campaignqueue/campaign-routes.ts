import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { actOnCampaign } from '../../features/campaigns/acts.ts'
import { deleteOneCampaign } from '../../features/campaigns/delete-campaign.ts'
import { sendProblem } from '../../http/errors.ts'
import type { ServerDeps } from '../../http/house.ts'
import { isRefusal } from '../../http/problems.ts'
import { name } from '../../http/schema.ts'
import { campaignFields } from '../callcampaign/campaign-input.ts'
import { showOneCampaign } from '../callcampaign/campaign-shape.ts'
import { idIn, showOne } from '../callcampaign/lists.ts'
import { changeOldCampaign } from '../callcampaign/save-campaign.ts'
import { statusWords } from '../callcampaign/words.ts'

const change = z.object({
  name: name.exactOptional(),
  ...campaignFields,
  status: z.enum(statusWords).exactOptional(),
})

export function campaignRoutes(house: ServerDeps): FastifyPluginAsyncZod {
  return async (app) => {
    app.route({
      method: ['PATCH', 'PUT'],
      url: '/campaigns/:id',
      config: { action: 'campaigns.write' },
      schema: { params: idIn, body: change },
      async handler({ caller, params, body }, reply) {
        const changed = await changeOldCampaign(house, caller, params.id, body)
        if (isRefusal(changed)) return sendProblem(reply, changed)
        return reply.send(showOne('campaign', await showOneCampaign(house, caller, changed)))
      },
    })

    for (const act of ['pause', 'resume', 'cancel'] as const) {
      app.route({
        method: 'POST',
        url: `/campaigns/:id/${act}`,
        config: { action: 'campaigns.write' },
        schema: { params: idIn },
        async handler({ caller, params }, reply) {
          const moved = await actOnCampaign(house, caller, params.id, act)
          if (isRefusal(moved)) return sendProblem(reply, moved)
          return reply.send(showOne('campaign', await showOneCampaign(house, caller, moved)))
        },
      })
    }

    app.route({
      method: 'DELETE',
      url: '/campaigns/:id',
      config: { action: 'campaigns.write' },
      schema: { params: idIn },
      async handler({ caller, params }, reply) {
        const refusal = await deleteOneCampaign(house, caller, params.id)
        return refusal ? sendProblem(reply, refusal) : reply.send({ success: true })
      },
    })
  }
}
