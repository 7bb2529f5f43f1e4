import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { z } from 'zod'
import type { WeekHours } from '#domain/calling-hours.ts'
import { allowedTransitions } from '#domain/campaign.ts'
import { lawfulSpan } from '#domain/rule-packs/lawful-span.ts'
import { type CampaignCounts, countCampaigns } from '#store/campaign-counts.ts'
import { listCampaignsByPlace } from '#store/campaign-list.ts'
import type { Campaign } from '#store/campaigns.ts'
import { readWorkspace, type Workspace } from '#store/workspaces.ts'
import { actOnCampaign, refuseActNow } from '../../features/campaigns/acts.ts'
import { changeOneCampaign, makeCampaign, readOneCampaign } from '../../features/campaigns/campaigns.ts'
import { deleteOneCampaign } from '../../features/campaigns/delete-campaign.ts'
import type { Caller } from '../../http/caller.ts'
import { answer } from '../../http/errors.ts'
import { type ServerDeps, within } from '../../http/house.ts'
import { isRefusal, type Refusal, refuse } from '../../http/problems.ts'
import { ids } from '../../http/schema.ts'
import { campaignChange, campaignQuery, newCampaign, toPlace } from './bodies.ts'
import { readNewCampaign, readSettings } from './campaign-settings.ts'
import { showCampaign } from './shapes.ts'
import { actsOfWords, modesOf, statusesOf, wordOfStatus } from './words.ts'

export function campaignRoutes(house: ServerDeps): FastifyPluginAsyncZod {
  return async (app) => {
    app.route({
      method: 'GET',
      url: '/campaigns',
      config: { action: 'campaigns.read' },
      schema: { querystring: campaignQuery },
      async handler({ caller, query: { status, type, ...place } }) {
        const filters = {
          ...(status === undefined ? {} : { status: statusesOf(status) }),
          ...(type === undefined ? {} : { mode: modesOf(type) }),
        }
        const { rows, total } = await within(house, caller, (tx) =>
          listCampaignsByPlace(tx, caller.workspace_id, filters, toPlace(place)),
        )
        return { campaigns: await showAll(house, caller, rows), total }
      },
    })

    app.route({
      method: 'POST',
      url: '/campaigns',
      config: { action: 'campaigns.write' },
      schema: { body: newCampaign },
      async handler({ caller, body }, reply) {
        const wanted = await within(house, caller, (tx) => readNewCampaign(tx, caller, body))
        const made = isRefusal(wanted) ? wanted : await makeCampaign(house, caller, wanted)
        return answer(reply, 201, await showOne(house, caller, made))
      },
    })

    app.route({
      method: 'GET',
      url: '/campaigns/:id',
      config: { action: 'campaigns.read' },
      schema: { params: ids },
      handler: async ({ caller, params }, reply) =>
        answer(reply, 200, await showOne(house, caller, await readOneCampaign(house, caller, params.id))),
    })

    app.route({
      method: ['PATCH', 'PUT'],
      url: '/campaigns/:id',
      config: { action: 'campaigns.write' },
      schema: { params: ids, body: campaignChange },
      handler: async ({ caller, params, body }, reply) =>
        answer(reply, 200, await showOne(house, caller, await changeCampaign(house, caller, params.id, body))),
    })

    app.route({
      method: 'DELETE',
      url: '/campaigns/:id',
      config: { action: 'campaigns.write' },
      schema: { params: ids },
      handler: async ({ caller, params }, reply) =>
        answer(reply, 200, (await deleteOneCampaign(house, caller, params.id)) ?? { success: true }),
    })
  }
}

/** Settings first, then the move that the status asks for; a move that does not fit leaves the settings as they were. */
async function changeCampaign(
  house: ServerDeps,
  caller: Caller,
  id: string,
  { status, ...body }: z.output<typeof campaignChange>,
): Promise<Campaign | Refusal> {
  const before = await readOneCampaign(house, caller, id)
  if (isRefusal(before)) return before
  const alone = Object.keys(body).length === 0
  // A whole object sent back asks for no move; a status alone does.
  const moves = status !== undefined && (alone || status !== wordOfStatus(before.status))
  const act = moves ? actsOfWords[status] : undefined
  if (moves && act === undefined) return refuseStatus(before, status)
  const misfit = act ? refuseActNow(act, before, house.clock.now()) : null
  if (misfit) return misfit
  if (!alone) {
    const settings = await within(house, caller, (tx) => readSettings(tx, caller, before, body))
    const changed = isRefusal(settings) ? settings : await changeOneCampaign(house, caller, id, settings)
    if (isRefusal(changed) || !act) return changed
  }
  return act ? actOnCampaign(house, caller, id, act) : before
}

function refuseStatus({ status }: Campaign, word: string): Refusal {
  return refuse('transition-not-allowed', `A campaign that is ${wordOfStatus(status)} does not become ${word} again.`, {
    current_status: status,
    allowed: [...new Set(allowedTransitions(status).map(wordOfStatus))],
  })
}

async function showOne(house: ServerDeps, caller: Caller, campaign: Campaign | Refusal) {
  if (isRefusal(campaign)) return campaign
  return { campaign: (await showAll(house, caller, [campaign]))[0] }
}

async function showAll(house: ServerDeps, caller: Caller, campaigns: Campaign[]) {
  const { workspace_id } = caller
  const ids = campaigns.map(({ id }) => id)
  const [counts, workspace] = await within(house, caller, (tx) =>
    Promise.all([countCampaigns(tx, workspace_id, ids), readWorkspace(tx, workspace_id)]),
  )
  const { country, hours } = workspace as Workspace
  const lawful = lawfulSpan(country, hours as WeekHours | null)
  return campaigns.map((row) => showCampaign(row, counts.get(row.id) as CampaignCounts, lawful))
}
