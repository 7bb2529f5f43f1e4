import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { maxUploadBytes } from '#intake/uploads.ts'
import { discardUpload } from '../../features/imports/upload.ts'
import { sendProblem } from '../../http/errors.ts'
import type { ServerDeps } from '../../http/house.ts'
import { isRefusal } from '../../http/problems.ts'
import { id, name } from '../../http/schema.ts'
import { campaignFields } from '../callcampaign/campaign-input.ts'
import { showOneCampaign } from '../callcampaign/campaign-shape.ts'
import { consentField, importInto, isAnswered, showErrors, takeFile } from '../callcampaign/upload.ts'
import { beginCampaign, callMany } from './begin-campaign.ts'

const { first_call_time, last_call_time, start_date, next_action, script, description } = campaignFields
const asked = { agent_id: id, next_action, first_call_time, last_call_time, start_date, script, description }
const bulkCall = z.object({
  ...asked,
  contact_ids: z.array(z.string().max(100)).min(1).max(10_000),
  campaign_name: name.exactOptional(),
})
const uploadFields = z.object({ ...asked, campaign_name: name, ...consentField })

export function beginRoutes(house: ServerDeps): FastifyPluginAsyncZod {
  return async (app) => {
    app.route({
      method: 'POST',
      url: '/campaigns/bulk-call',
      config: { action: 'campaigns.write' },
      schema: { body: bulkCall },
      async handler({ caller, body }, reply) {
        const begun = await callMany(house, caller, body)
        if (isRefusal(begun)) return sendProblem(reply, begun)
        const { queued, skipped } = begun
        const campaign = await showOneCampaign(house, caller, begun.campaign)
        return reply.code(201).send({ success: true, campaign, queued, skipped })
      },
    })

    app.route({
      method: 'POST',
      url: '/campaigns/upload-csv',
      bodyLimit: maxUploadBytes,
      config: { action: 'imports.write', readsOwnBody: true },
      async handler(request, reply) {
        const taken = await takeFile(house, request, uploadFields)
        if (isRefusal(taken)) return sendProblem(reply, taken)
        const { upload, said } = taken
        if (await isAnswered(house, request, reply, upload)) return reply
        const { caller } = request
        const begun = await beginCampaign(house, caller, { ...said, name: said.campaign_name }, ({ id: campaignId }) =>
          importInto(house, caller, upload, campaignId),
        )
        if (isRefusal(begun)) {
          await discardUpload(house, upload)
          return sendProblem(reply, begun)
        }
        const campaign = await showOneCampaign(house, caller, begun.campaign)
        return reply.code(201).send({ success: true, campaign, summary: showSummary(begun) })
      },
    })
  }
}

type Imported = Exclude<Awaited<ReturnType<typeof importInto>>, { refused: unknown }>

function showSummary({ job, errors }: Imported) {
  return {
    ...{ total_rows: job.total_rows, imported: job.imported_rows },
    ...{ skipped: job.duplicate_rows + job.suppressed_rows, failed: job.invalid_rows, errors: showErrors(errors) },
  }
}
