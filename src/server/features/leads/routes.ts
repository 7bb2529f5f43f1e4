import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { LeadRow } from '#store/lead-list.ts'
import { answer, sendProblem } from '../../http/errors.ts'
import type { ServerDeps } from '../../http/house.ts'
import { readPageQuery, toPage } from '../../http/pagination.ts'
import { isRefusal, type Refusal } from '../../http/problems.ts'
import { ids, pageOf } from '../../http/schema.ts'
import { addToCampaign } from './add-leads.ts'
import { changeOneLead, explainLead, listOfLeads, readOneLead, showLead } from './leads.ts'
import { markCalled } from './mark-called.ts'
import { recycleLeads } from './recycle.ts'
import {
  addedLeads,
  campaignLeadQuery,
  lead,
  leadChange,
  leadQuery,
  newLeads,
  recycled,
  recycling,
  verdict,
} from './schema.ts'

const tags = ['leads']

export function leadRoutes(house: ServerDeps): FastifyPluginAsyncZod {
  return async (app) => {
    app.route({
      method: 'GET',
      url: '/leads',
      config: { action: 'leads.read' },
      schema: { tags, summary: 'List leads', querystring: leadQuery, response: { 200: pageOf(lead) } },
      async handler({ caller, query }, reply) {
        const page = readPageQuery(query)
        const rows = isRefusal(page) ? page : await listOfLeads(house, caller, query, page)
        return isRefusal(rows) ? sendProblem(reply, rows) : reply.send(toPage(rows, query.sort, showLead))
      },
    })

    app.route({
      method: 'GET',
      url: '/campaigns/:id/leads',
      config: { action: 'leads.read' },
      schema: {
        tags,
        summary: "A campaign's leads",
        params: ids,
        querystring: campaignLeadQuery,
        response: { 200: pageOf(lead) },
      },
      async handler({ caller, query, params }, reply) {
        const page = readPageQuery(query)
        const filters = { ...query, campaign_id: params.id }
        const rows = isRefusal(page) ? page : await listOfLeads(house, caller, filters, page)
        return isRefusal(rows) ? sendProblem(reply, rows) : reply.send(toPage(rows, query.sort, showLead))
      },
    })

    app.route({
      method: 'POST',
      url: '/campaigns/:id/leads',
      config: { action: 'leads.write' },
      schema: { tags, summary: 'Add people to it', params: ids, body: newLeads, response: { 201: addedLeads } },
      handler: async (request, reply) =>
        answer(reply, 201, await addToCampaign(house, request.caller, request.params.id, request.body)),
    })

    app.route({
      method: 'POST',
      url: '/campaigns/:id/recycle',
      config: { action: 'leads.write' },
      schema: {
        tags,
        summary: 'Call people again whose leads are done, by what their last call came to',
        description: 'Whom a rule keeps from ever being called stays as it is; the answer counts them by the rule.',
        params: ids,
        body: recycling,
        response: { 200: recycled },
      },
      handler: async (request, reply) =>
        answer(reply, 200, await recycleLeads(house, request.caller, request.params.id, request.body)),
    })

    app.route({
      method: 'GET',
      url: '/leads/:id',
      config: { action: 'leads.read' },
      schema: { tags, summary: 'One lead', params: ids, response: { 200: lead } },
      handler: async (request, reply) =>
        answer(reply, 200, shown(await readOneLead(house, request.caller, request.params.id))),
    })

    app.route({
      method: 'PATCH',
      url: '/leads/:id',
      config: { action: 'leads.write' },
      schema: { tags, summary: 'Change a lead by hand', params: ids, body: leadChange, response: { 200: lead } },
      handler: async (request, reply) =>
        answer(reply, 200, shown(await changeOneLead(house, request.caller, request.params.id, request.body))),
    })

    app.route({
      method: 'POST',
      url: '/leads/:id/mark-called',
      config: { action: 'leads.write' },
      schema: {
        tags,
        summary: 'Say that they were called by other means',
        description: 'Counts as a try, and the lead is done. A call it has at this moment goes on.',
        params: ids,
        response: { 200: lead },
      },
      handler: async (request, reply) =>
        answer(reply, 200, shown(await markCalled(house, request.caller, request.params.id))),
    })

    app.route({
      method: 'GET',
      url: '/leads/:id/verdict',
      config: { action: 'leads.read' },
      schema: {
        tags,
        summary: 'May they be called now, when, or never, and why',
        params: ids,
        response: { 200: verdict },
      },
      handler: async (request, reply) =>
        answer(reply, 200, await explainLead(house, request.caller, request.params.id)),
    })
  }
}

const shown = (lead: LeadRow | Refusal) => (isRefusal(lead) ? lead : showLead(lead))
