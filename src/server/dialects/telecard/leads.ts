import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { LeadOfCampaign } from '#store/numbered-leads.ts'
import { listNumberedLeads } from '#store/numbered-leads.ts'
import { markCalled } from '../../features/leads/mark-called.ts'
import type { Caller } from '../../http/caller.ts'
import { answer, sendProblem } from '../../http/errors.ts'
import { type ServerDeps, within } from '../../http/house.ts'
import { isRefusal, type Refusal, refuseUnknown } from '../../http/problems.ts'
import { leadQuery, showLead } from './lead-shapes.ts'
import { answerPage, numberParam } from './pages.ts'
import { leadStatusesOf } from './words.ts'

export function leadRoutes(house: ServerDeps): FastifyPluginAsyncZod {
  return async (app) => {
    app.route({
      method: 'GET',
      url: '/leads',
      config: { action: 'leads.read' },
      schema: { querystring: leadQuery },
      async handler(request, reply) {
        const { caller, query } = request
        const { campaign: campaign_number, segment, status, search, ordering = 'segment' } = query
        const filters = { campaign_number, segment, search, ...(status && leadStatusesOf[status]) }
        return answerPage(request, reply, query, (place) =>
          within(house, caller, async (tx) => {
            const page = await listNumberedLeads(tx, caller.workspace_id, filters, { ...place, ordering })
            return { ...page, rows: page.rows.map(showLead) }
          }),
        )
      },
    })

    app.route({
      method: 'GET',
      url: '/leads/:id',
      config: { action: 'leads.read' },
      schema: { params: numberParam },
      async handler({ caller, params }, reply) {
        const lead = await findLead(house, caller, params.id)
        return answer(reply, 200, isRefusal(lead) ? lead : showLead(lead))
      },
    })

    app.route({
      method: 'POST',
      url: '/leads/:id/mark_as_called',
      config: { action: 'leads.write' },
      schema: { params: numberParam },
      async handler({ caller, params }, reply) {
        const lead = await findLead(house, caller, params.id)
        const refused = isRefusal(lead) ? lead : await markCalled(house, caller, lead.id)
        if (isRefusal(refused)) return sendProblem(reply, refused)
        const marked = await findLead(house, caller, params.id)
        return answer(
          reply,
          200,
          isRefusal(marked) ? marked : { message: 'Lead marked as called', lead: showLead(marked) },
        )
      },
    })
  }
}

async function findLead(house: ServerDeps, caller: Caller, number: number): Promise<LeadOfCampaign | Refusal> {
  const one = { ordering: 'created_at', limit: 1, offset: 0 } as const
  const { rows } = await within(house, caller, (tx) => listNumberedLeads(tx, caller.workspace_id, { number }, one))
  return rows[0] ?? refuseUnknown('lead')
}
