import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { answer } from '../../http/errors.ts'
import type { ServerDeps } from '../../http/house.ts'
import { isRefusal } from '../../http/problems.ts'
import { ids } from '../../http/schema.ts'
import { changeList, listsOfCampaign } from './lists.ts'
import { list, listChange, listIds, lists } from './schema.ts'

const tags = ['lists']

export function listRoutes(house: ServerDeps): FastifyPluginAsyncZod {
  return async (app) => {
    app.route({
      method: 'GET',
      url: '/campaigns/:id/lists',
      config: { action: 'campaigns.read' },
      schema: {
        tags,
        summary: "A campaign's lists: each import, and the leads added by hand",
        params: ids,
        response: { 200: lists },
      },
      async handler({ caller, params }, reply) {
        const found = await listsOfCampaign(house, caller, params.id)
        return answer(reply, 200, isRefusal(found) ? found : { data: found, next_cursor: null })
      },
    })

    app.route({
      method: 'PATCH',
      url: '/campaigns/:id/lists/:list_id',
      config: { action: 'campaigns.write' },
      schema: {
        tags,
        summary: 'Give a list its weight',
        description:
          'Until a campaign has a weight, its leads go in one order, whichever list they are in. From then on its lists ' +
          'take turns by their weights; each of the others has 1.',
        params: listIds,
        body: listChange,
        response: { 200: list },
      },
      handler: async ({ caller, params, body }, reply) =>
        answer(reply, 200, await changeList(house, caller, params.id, { id: params.list_id, ...body })),
    })
  }
}
