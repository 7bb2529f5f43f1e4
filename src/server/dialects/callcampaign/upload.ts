import { createHash } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { newId } from '#store/ids.ts'
import { type ImportError, type ImportJob, listImportErrors } from '#store/imports.ts'
import { awaitImport } from '../../features/imports/await-import.ts'
import { beginImport } from '../../features/imports/imports.ts'
import { discardUpload, takeForm, type Upload } from '../../features/imports/upload.ts'
import type { Caller } from '../../http/caller.ts'
import { findHostileValue } from '../../http/hostile-input.ts'
import { type ServerDeps, within } from '../../http/house.ts'
import { beginOnce } from '../../http/idempotency.ts'
import { isRefusal, type Refusal, refuse, refuseValues } from '../../http/problems.ts'

/** Longer than this nobody waits for an answer; the import goes on, and what it did is seen in the campaign. */
const longestMs = 600_000
/** Of a file with many refused rows the answer names the first; the campaign's contacts show them all. */
const mostErrors = 100

/** What may be said of any file: on what ground its people may be called. */
export const consentField = { consent_basis: z.string().trim().min(1).max(200).exactOptional() }

type Fields = { consent_basis?: string }
type Taken<Said> = { upload: Omit<Upload, 'campaign_id'>; said: Said }

/** Takes the file of a form and what came with it, in whatever order; of a refused one nothing is left. */
export async function takeFile<Said extends Fields>(
  house: ServerDeps,
  request: FastifyRequest,
  fields: z.ZodType<Said>,
): Promise<Taken<Said> | Refusal> {
  if (!request.isMultipart()) return refuse('unsupported-media-type', 'Send a form with the part `file`.')
  const id = newId(house.clock.now())
  const given: Record<string, string> = {}
  const spooled = await takeForm(house, request, id, given)
  if (isRefusal(spooled)) return spooled
  const read = readForm(given, fields)
  if (isRefusal(read)) {
    await discardUpload(house, spooled)
    return read
  }
  const hash = createHash('sha256').update(`${spooled.hash}${JSON.stringify(given)}`)
  const options = read.consent_basis === undefined ? {} : { consent_basis: read.consent_basis }
  return { said: read, upload: { ...spooled, id, options, consent_text: null, digest: hash.digest('hex') } }
}

/** Whether the request was answered before under its key; then its file is not needed. */
export async function isAnswered(
  house: ServerDeps,
  request: FastifyRequest,
  reply: FastifyReply,
  upload: Omit<Upload, 'campaign_id'>,
): Promise<boolean> {
  const answered = await beginOnce(house, request, reply, upload.digest)
  if (answered) await discardUpload(house, upload)
  return answered
}

/** Imports a file into a campaign, and waits for it. */
export async function importInto(
  house: ServerDeps,
  caller: Caller,
  upload: Omit<Upload, 'campaign_id'>,
  campaign_id: string,
): Promise<{ job: ImportJob; errors: ImportError[] } | Refusal> {
  const begun = await beginImport(house, caller, { ...upload, campaign_id })
  if (isRefusal(begun)) return begun
  const job = await awaitImport(house, caller, begun.id, longestMs)
  if (isRefusal(job)) return job
  if (job.error !== null && job.total_rows === 0) return refuseValues([{ path: 'file', message: job.error }])
  const page = { limit: mostErrors }
  const errors = await within(house, caller, (tx) => listImportErrors(tx, caller.workspace_id, job.id, page))
  return { job, errors }
}

export function showErrors(errors: ImportError[]) {
  return errors.map(({ row, column_name, found, expected }) => ({
    ...{ row, field: column_name, error: `found ${found}; expected ${expected}` },
  }))
}

function readForm<Said>(given: Record<string, string>, fields: z.ZodType<Said>): Said | Refusal {
  const hostile = findHostileValue(given)
  if (hostile) return refuseValues([hostile])
  const read = fields.safeParse(given)
  if (read.success) return read.data
  const faults = read.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`)
  return refuse('malformed-request', faults.join('; ').slice(0, 2000))
}
