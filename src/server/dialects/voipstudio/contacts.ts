import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { readCampaign } from '#store/campaigns.ts'
import { listClientLeads } from '#store/client-leads.ts'
import { addToCampaign } from '../../features/leads/add-leads.ts'
import type { NewLeadInput } from '../../features/leads/schema.ts'
import type { Caller } from '../../http/caller.ts'
import { answer } from '../../http/errors.ts'
import { type ServerDeps, within } from '../../http/house.ts'
import { isRefusal, refuseUnknown } from '../../http/problems.ts'
import { ids } from '../../http/schema.ts'
import { contactQuery, type NewContact, newContacts, toPlace } from './bodies.ts'
import { showContact } from './shapes.ts'
import { leadStatusesOf } from './words.ts'

/** A contact here is a lead with its person. */
export function contactRoutes(house: ServerDeps): FastifyPluginAsyncZod {
  return async (app) => {
    app.route({
      method: 'GET',
      url: '/campaigns/:id/contacts',
      config: { action: 'leads.read' },
      schema: { params: ids, querystring: contactQuery },
      async handler({ caller, params, query: { status, ...place } }, reply) {
        const { workspace_id } = caller
        const filters = {
          campaign_id: params.id,
          ...(status === undefined ? {} : { status: leadStatusesOf(status) }),
        }
        const page = await within(house, caller, async (tx) =>
          (await readCampaign(tx, workspace_id, params.id))
            ? listClientLeads(tx, workspace_id, filters, toPlace(place))
            : refuseUnknown('campaign'),
        )
        if (isRefusal(page)) return answer(reply, 200, page)
        return { contacts: page.rows.map(showContact), total: page.total }
      },
    })

    app.route({
      method: 'POST',
      url: '/campaigns/:id/contacts',
      config: { action: 'leads.write' },
      schema: { params: ids, body: newContacts },
      handler: async ({ caller, params, body }, reply) =>
        answer(reply, 201, await addContacts(house, caller, params.id, body.contacts)),
    })
  }
}

async function addContacts(house: ServerDeps, caller: Caller, campaignId: string, contacts: NewContact[]) {
  const wanted = { leads: contacts.map(toLead), skip_invalid: true }
  const taken = await addToCampaign(house, caller, campaignId, wanted)
  if (isRefusal(taken)) return taken
  const added = taken.results.flatMap(({ lead_id }) => lead_id ?? [])
  const filters = { campaign_id: campaignId, ids: added }
  const { rows } = await within(house, caller, (tx) =>
    listClientLeads(tx, caller.workspace_id, filters, toPlace({ offset: 0 })),
  )
  const errors = taken.refused.map(({ index, message }) => ({
    ...{ index, phone_number: contacts[index]?.phone_number, error: message },
  }))
  return { contacts: rows.map(showContact), added: taken.added, skipped: taken.duplicates, errors }
}

function toLead({ phone_number, metadata, ...person }: NewContact): NewLeadInput {
  const known = Object.entries(person).filter(([, value]) => typeof value === 'string' && value !== '')
  return { phone: phone_number, ...Object.fromEntries(known), ...(metadata ? { metadata } : {}) }
}
