import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { type Contact, listContactsByPlace } from '#store/contacts.ts'
import { deleteOneContact, readOneContact } from '../../features/contacts/contacts.ts'
import { sendProblem } from '../../http/errors.ts'
import { type ServerDeps, within } from '../../http/house.ts'
import { isRefusal } from '../../http/problems.ts'
import { idIn, placeQuery, showList, showOne } from '../callcampaign/lists.ts'

const contactQuery = z.object({ ...placeQuery, search: z.string().max(200).exactOptional() })

/** The people from whom `contact_ids` come. */
export function contactRoutes(house: ServerDeps): FastifyPluginAsyncZod {
  return async (app) => {
    app.route({
      method: 'GET',
      url: '/contacts',
      config: { action: 'contacts.read' },
      schema: { querystring: contactQuery },
      async handler({ caller, query }, reply) {
        const filters = query.search === undefined ? {} : { search: query.search }
        const page = await within(house, caller, (tx) => listContactsByPlace(tx, caller.workspace_id, filters, query))
        return reply.send(showList('contacts', page, query, showContact))
      },
    })

    app.route({
      method: 'GET',
      url: '/contacts/:id',
      config: { action: 'contacts.read' },
      schema: { params: idIn },
      async handler({ caller, params }, reply) {
        const found = await readOneContact(house, caller, params.id)
        return isRefusal(found) ? sendProblem(reply, found) : reply.send(showOne('contact', showContact(found)))
      },
    })

    app.route({
      method: 'DELETE',
      url: '/contacts/:id',
      config: { action: 'contacts.write' },
      schema: { params: idIn },
      async handler({ caller, params }, reply) {
        const refusal = await deleteOneContact(house, caller, params.id)
        return refusal ? sendProblem(reply, refusal) : reply.send({ success: true })
      },
    })
  }
}

function showContact({ id, owner_user_id, full_name, phones, custom, ...row }: Contact) {
  const { email, company, created_at, updated_at } = row
  const phone = phones[0]?.number ?? ''
  return {
    ...{ id, name: full_name, phone, phone_number: phone, email, company, metadata: custom },
    ...{ user_id: owner_user_id, createdAt: created_at, updatedAt: updated_at, created_at, updated_at },
  }
}
