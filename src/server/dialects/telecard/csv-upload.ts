import { createHash } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { ImportOptions } from '#intake/import-options.ts'
import { maxUploadBytes } from '#intake/uploads.ts'
import { newId } from '#store/ids.ts'
import { awaitImport } from '../../features/imports/await-import.ts'
import { beginImport } from '../../features/imports/imports.ts'
import { discardUpload, type Spooled, takeForm } from '../../features/imports/upload.ts'
import type { Caller } from '../../http/caller.ts'
import { answer, sendProblem } from '../../http/errors.ts'
import { findHostileValue } from '../../http/hostile-input.ts'
import type { ServerDeps } from '../../http/house.ts'
import { beginOnce } from '../../http/idempotency.ts'
import { isRefusal, type Refusal, refuse, refuseValues } from '../../http/problems.ts'
import { findCampaign } from './campaigns.ts'
import { findImport, shownErrors } from './import-logs.ts'
import { showUpload } from './import-shapes.ts'
import { renameFields } from './refusals.ts'
import { planUpload } from './upload-layout.ts'
import { sayCampaignStatus } from './words.ts'

/** Longer than any list of this system took; an upload that takes longer still is answered as it stands. */
const longestWaitMs = 600_000

const formFields = z.object({
  campaign_id: z.string().trim().min(1).max(300),
  segment: z.string().trim().min(1).max(200),
})
type FormFields = z.output<typeof formFields>
type Form = Spooled & { id: string; fields: FormFields }

export function csvUploadRoutes(house: ServerDeps): FastifyPluginAsyncZod {
  return async (app) => {
    app.route({
      method: 'POST',
      url: '/csv-upload/upload',
      bodyLimit: maxUploadBytes,
      config: { action: 'imports.write', readsOwnBody: true },
      async handler(request, reply) {
        const form = await readForm(house, request)
        if (isRefusal(form)) return sendProblem(reply, renameFields(form, { file: 'csv_file' }))
        const digest = createHash('sha256')
          .update(`${form.hash}${JSON.stringify(form.fields)}`)
          .digest('hex')
        if (await beginOnce(house, request, reply, digest)) {
          await discardUpload(house, form)
          return reply
        }
        return upload(house, request.caller, reply, { ...form, digest })
      },
    })
  }
}

/** The form's parts, in whatever order they came; the file of a form that is refused does not stay. */
async function readForm(house: ServerDeps, request: FastifyRequest): Promise<Form | Refusal> {
  if (!request.isMultipart()) return refuseValues([{ path: 'csv_file', message: 'No file was submitted.' }])
  const id = newId(house.clock.now())
  const fields: Record<string, string> = {}
  const spooled = await takeForm(house, request, id, fields)
  if (isRefusal(spooled)) return spooled
  const hostile = findHostileValue(fields)
  const read = formFields.safeParse(fields)
  if (hostile === null && read.success) return { ...spooled, id, fields: read.data }
  await discardUpload(house, spooled)
  const faults = (read.error?.issues ?? []).map(({ path, message }) => ({ path: path.join('.'), message }))
  return refuseValues(hostile === null ? faults : [hostile])
}

async function upload(house: ServerDeps, caller: Caller, reply: FastifyReply, form: Form & { digest: string }) {
  const target = await findTarget(house, caller, form)
  if (isRefusal(target)) {
    await discardUpload(house, form)
    return sendProblem(reply, target)
  }
  const begun = await beginImport(house, caller, { ...form, ...target, consent_text: null })
  const over = isRefusal(begun) ? begun : await awaitImport(house, caller, begun.id, longestWaitMs)
  const read = isRefusal(over) ? over : await findImport(house, caller, { id: over.id }, shownErrors)
  return answer(reply, 200, isRefusal(read) ? read : showUpload(read.job, form.fields.campaign_id, read.errors))
}

/** The campaign that the file goes into, and how the file is read; or why it does not go there. */
async function findTarget(
  house: ServerDeps,
  caller: Caller,
  { file_path, fields: { campaign_id, segment } }: Form,
): Promise<{ campaign_id: string; options: ImportOptions } | Refusal> {
  const found = await findCampaign(house, caller, { named: campaign_id })
  if (isRefusal(found)) return refuse('not-found', `Campaign ${campaign_id} not found`)
  const { campaign } = found
  if (segment !== campaign.segment) {
    const mismatch = `Campaign segment mismatch. Expected ${campaign.segment}, got ${segment}`
    return refuse('malformed-request', mismatch)
  }
  const status = sayCampaignStatus(campaign.status)
  if (status !== 'draft' && status !== 'active') {
    return refuse('conflict', `A campaign that is ${status} takes no more leads; it has to be draft or active.`)
  }
  const options = await planUpload(house, caller, { file_path, campaign_id: campaign.id })
  return isRefusal(options) ? options : { campaign_id: campaign.id, options }
}
