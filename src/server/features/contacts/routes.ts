import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { answer, sendProblem } from '../../http/errors.ts'
import type { ServerDeps } from '../../http/house.ts'
import { readPageQuery, toPage } from '../../http/pagination.ts'
import { isRefusal } from '../../http/problems.ts'
import { ids, nothing, pageOf } from '../../http/schema.ts'
import { showCampaign } from '../campaigns/present.ts'
import { callInBulk } from './bulk-call.ts'
import {
  changeOneContact,
  countOfContacts,
  deleteOneContact,
  listOfContacts,
  makeContact,
  readOneContact,
} from './contacts.ts'
import { eraseContact } from './erase-contact.ts'
import {
  bulkCall,
  bulkCalled,
  contact,
  contactChange,
  contactCount,
  contactFilters,
  contactQuery,
  erasure,
  erasureReason,
  newContact,
} from './schema.ts'

const tags = ['contacts']

export function contactRoutes(house: ServerDeps): FastifyPluginAsyncZod {
  return async (app) => {
    app.route({
      method: 'GET',
      url: '/contacts',
      config: { action: 'contacts.read' },
      schema: { tags, summary: 'List contacts', querystring: contactQuery, response: { 200: pageOf(contact) } },
      async handler({ caller, query }, reply) {
        const page = readPageQuery(query)
        if (isRefusal(page)) return sendProblem(reply, page)
        return reply.send(toPage(await listOfContacts(house, caller, query, page), query.sort, (row) => row))
      },
    })

    app.route({
      method: 'GET',
      url: '/contacts/count',
      config: { action: 'contacts.read' },
      schema: { tags, summary: 'How many they are', querystring: contactFilters, response: { 200: contactCount } },
      handler: async ({ caller, query }, reply) => reply.send(await countOfContacts(house, caller, query)),
    })

    app.route({
      method: 'POST',
      url: '/contacts/bulk-call',
      config: { action: 'campaigns.write' },
      schema: {
        tags,
        summary: 'Make a campaign of these people',
        description: 'A draft with all of them as its leads, or nothing; start it like any other.',
        body: bulkCall,
        response: { 201: bulkCalled },
      },
      async handler({ caller, body }, reply) {
        const made = await callInBulk(house, caller, body)
        if (isRefusal(made)) return sendProblem(reply, made)
        reply.header('location', `/api/v1/campaigns/${made.campaign.id}`)
        return reply.code(201).send({ ...made, campaign: showCampaign(made.campaign) })
      },
    })

    app.route({
      method: 'POST',
      url: '/contacts',
      config: { action: 'contacts.write' },
      schema: { tags, summary: 'Add a person', body: newContact, response: { 201: contact } },
      async handler(request, reply) {
        const made = await makeContact(house, request.caller, request.body)
        if (!isRefusal(made)) reply.header('location', `/api/v1/contacts/${made.id}`)
        return answer(reply, 201, made)
      },
    })

    app.route({
      method: 'GET',
      url: '/contacts/:id',
      config: { action: 'contacts.read' },
      schema: { tags, summary: 'One person', params: ids, response: { 200: contact } },
      handler: async (request, reply) =>
        answer(reply, 200, await readOneContact(house, request.caller, request.params.id)),
    })

    app.route({
      method: 'PATCH',
      url: '/contacts/:id',
      config: { action: 'contacts.write' },
      schema: { tags, summary: 'Change a person', params: ids, body: contactChange, response: { 200: contact } },
      handler: async (request, reply) =>
        answer(reply, 200, await changeOneContact(house, request.caller, request.params.id, request.body)),
    })

    app.route({
      method: 'POST',
      url: '/contacts/:id/erase',
      config: { action: 'contacts.erase' },
      schema: {
        tags,
        summary: 'Forget a person',
        description:
          'Takes out of every table what says who they are, and blocks their numbers by a keyed hash. Calls and tries stay, ' +
          'without the person. Asked again, it answers the same certificate. The reason is kept: it names nobody.',
        params: ids,
        body: erasureReason,
        response: { 200: erasure },
      },
      handler: async (request, reply) =>
        answer(reply, 200, await eraseContact(house, request.caller, request.params.id, request.body.reason)),
    })

    app.route({
      method: 'DELETE',
      url: '/contacts/:id',
      config: { action: 'contacts.write' },
      schema: {
        tags,
        summary: 'Take a person out',
        description: 'Their leads are skipped and their numbers freed; their calls stay, as evidence.',
        params: ids,
        response: { 204: nothing },
      },
      async handler(request, reply) {
        const refusal = await deleteOneContact(house, request.caller, request.params.id)
        return refusal ? sendProblem(reply, refusal) : reply.code(204).send()
      },
    })
  }
}
