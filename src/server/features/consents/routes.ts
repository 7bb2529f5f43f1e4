import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { answer, sendProblem } from '../../http/errors.ts'
import type { ServerDeps } from '../../http/house.ts'
import { readPageQuery, toPage } from '../../http/pagination.ts'
import { isRefusal } from '../../http/problems.ts'
import { ids, pageOf } from '../../http/schema.ts'
import { listOfConsents, readOneConsent, recordConsent, withdrawConsent } from './consents.ts'
import { consent, consentQuery, newConsent, withdrawal, withdrawn } from './schema.ts'

const tags = ['consents']

export function consentRoutes(house: ServerDeps): FastifyPluginAsyncZod {
  return async (app) => {
    app.route({
      method: 'GET',
      url: '/consents',
      config: { action: 'consents.read' },
      schema: { tags, summary: 'What people agreed to', querystring: consentQuery, response: { 200: pageOf(consent) } },
      async handler({ caller, query }, reply) {
        const page = readPageQuery(query)
        const rows = isRefusal(page) ? page : await listOfConsents(house, caller, query.number, page)
        return isRefusal(rows) ? sendProblem(reply, rows) : reply.send(toPage(rows, query.sort, (row) => row))
      },
    })

    app.route({
      method: 'POST',
      url: '/consents',
      config: { action: 'consents.write' },
      schema: { tags, summary: 'Record what a person agreed to', body: newConsent, response: { 201: consent } },
      async handler(request, reply) {
        const recorded = await recordConsent(house, request.caller, request.body)
        if (!isRefusal(recorded)) reply.header('location', `/api/v1/consents/${recorded.id}`)
        return answer(reply, 201, recorded)
      },
    })

    app.route({
      method: 'POST',
      url: '/consents/withdraw',
      config: { action: 'consents.write' },
      schema: {
        tags,
        summary: 'A person takes it back: no AI and no recorded voice calls the number any more',
        body: withdrawal,
        response: { 200: withdrawn },
      },
      handler: async (request, reply) => answer(reply, 200, await withdrawConsent(house, request.caller, request.body)),
    })

    app.route({
      method: 'GET',
      url: '/consents/:id',
      config: { action: 'consents.read' },
      schema: { tags, summary: 'One consent', params: ids, response: { 200: consent } },
      handler: async (request, reply) =>
        answer(reply, 200, await readOneConsent(house, request.caller, request.params.id)),
    })
  }
}
