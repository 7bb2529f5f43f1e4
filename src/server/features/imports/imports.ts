import { cancelImport, undoImport } from '#intake/import-acts.ts'
import type { Layout } from '#intake/layout.ts'
import { writeRefusedFile } from '#intake/refused-file.ts'
import { locateUpload } from '#intake/uploads.ts'
import { lockCampaign, readCampaign } from '#store/campaigns.ts'
import {
  createImport,
  type ImportCause,
  type ImportError,
  type ImportFilter,
  type ImportJob,
  listImportCauses,
  listImportErrors,
  listImports,
  listRefusedRows,
  readImport,
} from '#store/imports.ts'
import { announce } from '#store/live-events.ts'
import type { Tx } from '#store/tx.ts'
import type { Caller } from '../../http/caller.ts'
import { type ServerDeps, within } from '../../http/house.ts'
import { isRefusal, type Refusal, refuse, refuseUnknown, refuseValues } from '../../http/problems.ts'
import { discardUpload, type Upload } from './upload.ts'

export async function listOfImports(house: ServerDeps, caller: Caller, filter: ImportFilter): Promise<ImportJob[]> {
  return within(house, caller, (tx) => listImports(tx, caller.workspace_id, filter))
}

export async function readOneImport(house: ServerDeps, caller: Caller, id: string): Promise<ImportJob | Refusal> {
  return within(house, caller, async (tx) => (await readImport(tx, caller.workspace_id, id)) ?? refuseUnknown('import'))
}

/** Writes an upload down as an import; a runner takes it up at once. A refused one leaves no file behind. */
export async function beginImport(house: ServerDeps, caller: Caller, upload: Upload): Promise<ImportJob | Refusal> {
  const { workspace_id, user_id } = caller
  const { id, campaign_id, file_name, file_size_bytes, file_path, options, consent_text } = upload
  const at = house.clock.now()
  const begun = await within(house, caller, async (tx) => {
    const refusal = await refuseCampaign(tx, workspace_id, campaign_id)
    if (refusal) return refusal
    const consent = { consent_basis: options.consent_basis ?? null, consent_text }
    const file = { file_name, file_size_bytes, file_path }
    const job = await createImport(
      tx,
      workspace_id,
      { id, campaign_id, owner_user_id: user_id, ...file, options, ...consent },
      at,
    )
    await announce(tx, workspace_id, 'import.updated', { import_id: id, campaign_id, status: job.status }, at)
    return job
  })
  if (isRefusal(begun)) {
    await discardUpload(house, upload)
    return begun
  }
  house.imports.wake()
  house.engine.wake(workspace_id, 'live')
  return begun
}

async function refuseCampaign(tx: Tx, workspaceId: string, id: string | null): Promise<Refusal | null> {
  if (id === null) return null
  const campaign = await lockCampaign(tx, workspaceId, id)
  if (!campaign) return refuseValues([{ path: 'campaign_id', message: 'names no campaign' }])
  if (campaign.status !== 'archived' && campaign.status !== 'cancelled') return null
  return refuse('conflict', `A campaign that is ${campaign.status} takes no more leads.`, {
    current_status: campaign.status,
  })
}

/** What importing the file would do; neither a row nor the file stays. */
export async function previewUpload(house: ServerDeps, caller: Caller, upload: Upload) {
  const { workspace_id } = caller
  const { campaign_id, options } = upload
  const deps = { pool: house.copy_pool, clock: house.clock, data_dir: house.config.data_dir }
  try {
    if (campaign_id !== null && !(await within(house, caller, (tx) => readCampaign(tx, workspace_id, campaign_id)))) {
      return refuseValues([{ path: 'campaign_id', message: 'names no campaign' }])
    }
    const { previewImport } = await import('#intake/preview.ts')
    const path = locateUpload(deps.data_dir, upload.file_path)
    const preview = await previewImport(deps, path, { workspace_id, campaign_id, options })
    return preview.ok ? preview : refuseValues([{ path: 'file', message: preview.refusal }])
  } finally {
    await discardUpload(house, upload)
  }
}

export async function listErrors(
  house: ServerDeps,
  caller: Caller,
  id: string,
  page: { after?: number; limit: number; reason?: string },
) {
  const { workspace_id } = caller
  return within(house, caller, async (tx) => {
    if (!(await readImport(tx, workspace_id, id))) return refuseUnknown('import')
    return listImportErrors(tx, workspace_id, id, page)
  })
}

export async function listCauses(house: ServerDeps, caller: Caller, id: string): Promise<ImportCause[] | Refusal> {
  const { workspace_id } = caller
  return within(house, caller, async (tx) => {
    if (!(await readImport(tx, workspace_id, id))) return refuseUnknown('import')
    return listImportCauses(tx, workspace_id, id)
  })
}

/** The refused rows as a file to mend and import again; `text` is read from the database as it is taken. */
export async function openRefusedFile(
  house: ServerDeps,
  caller: Caller,
  id: string,
): Promise<{ file_name: string; text: AsyncGenerator<string> } | Refusal> {
  const job = await readOneImport(house, caller, id)
  if (isRefusal(job)) return job
  const text = writeRefusedFile(job.layout as Layout | null, readRefusedRows(house, caller, id))
  return { file_name: `import-${job.number}-refused.csv`, text }
}

const refusedAtOnce = 1_000

async function* readRefusedRows(house: ServerDeps, caller: Caller, id: string): AsyncGenerator<ImportError[]> {
  for (let after = 0; ; ) {
    const page = { after, limit: refusedAtOnce }
    const rows = await within(house, caller, (tx) => listRefusedRows(tx, caller.workspace_id, id, page))
    yield rows
    if (rows.length < refusedAtOnce) return
    after = (rows.at(-1) as ImportError).id
  }
}

/** Takes an import back as long as nobody of it was called. */
export async function undoOne(house: ServerDeps, caller: Caller, id: string) {
  const job = await readOneImport(house, caller, id)
  if (isRefusal(job)) return job
  const reply = await undoImport(house, { workspace_id: caller.workspace_id, import_id: id })
  house.engine.wake(caller.workspace_id, 'live')
  if (reply.ok) return reply
  if (reply.reason === 'dialed') {
    return refuse('conflict', `${reply.dialed} of its people were called already, so it is not taken back.`, {
      dialed: reply.dialed,
    })
  }
  return reply.reason === 'not_found'
    ? refuseUnknown('import')
    : refuse('transition-not-allowed', `An import that is ${reply.status} is not undone.`, {
        current_status: reply.status,
      })
}

/** Stops an import; what is in already stays and can be undone. */
export async function cancelOne(house: ServerDeps, caller: Caller, id: string): Promise<ImportJob | Refusal> {
  const { workspace_id } = caller
  const job = await readOneImport(house, caller, id)
  if (isRefusal(job)) return job
  const { pool, clock, config } = house
  const reply = await cancelImport({ pool, clock, data_dir: config.data_dir }, { workspace_id, import_id: id })
  house.engine.wake(workspace_id, 'live')
  const after = await readOneImport(house, caller, id)
  if (reply.ok || isRefusal(after)) return after
  return refuse('transition-not-allowed', `An import that is ${after.status} is over.`, {
    current_status: after.status,
  })
}
