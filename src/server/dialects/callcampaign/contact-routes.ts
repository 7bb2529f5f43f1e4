import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { maxUploadBytes } from '#intake/uploads.ts'
import { listContactsInCampaign } from '#store/campaign-contacts.ts'
import { readOneCampaign } from '../../features/campaigns/campaigns.ts'
import { checkNumbers } from '../../features/contacts/check-numbers.ts'
import { discardUpload } from '../../features/imports/upload.ts'
import { sendProblem } from '../../http/errors.ts'
import { type ServerDeps, within } from '../../http/house.ts'
import { isRefusal } from '../../http/problems.ts'
import { showContact, showRefused } from './contact-shape.ts'
import { idIn, placeQuery, showList } from './lists.ts'
import { consentField, importInto, isAnswered, showErrors, takeFile } from './upload.ts'

const uploadFields = z.object({ campaignId: idIn.shape.id, ...consentField })
const written = z.array(z.string().max(100)).max(10_000)
const phones = z
  .object({ phones: written.exactOptional(), phoneNumbers: written.exactOptional() })
  .refine((said) => (said.phones ?? said.phoneNumbers) !== undefined, { path: ['phones'], message: 'is missing' })

export function contactRoutes(house: ServerDeps): FastifyPluginAsyncZod {
  return async (app) => {
    app.route({
      method: 'POST',
      url: '/contacts/upload',
      bodyLimit: maxUploadBytes,
      config: { action: 'imports.write', readsOwnBody: true },
      async handler(request, reply) {
        const taken = await takeFile(house, request, uploadFields)
        if (isRefusal(taken)) return sendProblem(reply, taken)
        if (await isAnswered(house, request, reply, taken.upload)) return reply
        const { campaignId } = taken.said
        const campaign = await readOneCampaign(house, request.caller, campaignId)
        if (isRefusal(campaign)) {
          await discardUpload(house, taken.upload)
          return sendProblem(reply, campaign)
        }
        const imported = await importInto(house, request.caller, taken.upload, campaignId)
        if (isRefusal(imported)) return sendProblem(reply, imported)
        return reply.code(201).send({ success: true, data: { campaignId, ...showImport(imported) } })
      },
    })

    app.route({
      method: 'POST',
      url: '/contacts/validate',
      config: { action: 'contacts.read' },
      schema: { body: phones },
      async handler({ caller, body }, reply) {
        const checked = await checkNumbers(house, caller, body.phones ?? (body.phoneNumbers as string[]))
        const contacts = checked.map(({ phone, fault, blocked }) => ({
          ...{ phone, isValid: fault === null, isDoNotCall: blocked, validationError: fault },
        }))
        const validCount = contacts.filter(({ isValid }) => isValid).length
        return reply.send({ success: true, data: { contacts, validCount, invalidCount: contacts.length - validCount } })
      },
    })

    app.route({
      method: 'GET',
      url: '/campaigns/:id/contacts',
      config: { action: 'leads.read' },
      schema: { params: idIn, querystring: z.object(placeQuery) },
      async handler({ caller, params, query }, reply) {
        const campaign = await readOneCampaign(house, caller, params.id)
        if (isRefusal(campaign)) return sendProblem(reply, campaign)
        const page = await within(house, caller, (tx) =>
          listContactsInCampaign(tx, caller.workspace_id, params.id, query),
        )
        const show = (row: (typeof page.rows)[number]) =>
          'contact' in row ? showContact(params.id, row.contact) : showRefused(params.id, row.refused)
        return reply.send(showList('contacts', page, query, show))
      },
    })
  }
}

type Imported = Exclude<Awaited<ReturnType<typeof importInto>>, { refused: unknown }>

function showImport({ job, errors }: Imported) {
  return {
    ...{ contactCount: job.total_rows, validContacts: job.imported_rows, invalidContacts: job.invalid_rows },
    ...{ duplicateContacts: job.duplicate_rows, doNotCallContacts: job.suppressed_rows, errors: showErrors(errors) },
  }
}
