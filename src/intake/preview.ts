import { randomUUID } from 'node:crypto'
import { stat } from 'node:fs/promises'
import type { Readable } from 'node:stream'
import { clearStaging, type PreviewCounts, previewStaged } from '#store/import-merge.ts'
import { inWorkspace } from '#store/tx.ts'
import { openChunks } from './chunks.ts'
import type { ImportDeps } from './import.ts'
import type { ImportOptions } from './import-options.ts'
import { type Layout, readLayout } from './layout.ts'
import { planReading, readRules } from './reading-plan.ts'
import type { ShownRow } from './stage-file.ts'
import { locateUpload, removeUpload, spoolUpload } from './uploads.ts'

export type PreviewReply =
  | { ok: true; layout: Layout; rows: ShownRow[]; counts: PreviewCounts }
  | { ok: false; refusal: string }

export interface PreviewRequest {
  workspace_id: string
  /** Null: contacts only. */
  campaign_id: string | null
  options: ImportOptions
}

const shownRows = 50

/** What importing this file would do: how it was understood, its first rows, and the counts. Nothing of it stays. */
export async function previewImport(
  deps: Pick<ImportDeps, 'pool' | 'clock' | 'data_dir'>,
  file: Readable | string,
  request: PreviewRequest,
): Promise<PreviewReply> {
  if (typeof file === 'string') return previewFile(deps, file, request)
  const spooled = await spoolUpload(deps.data_dir, `preview-${randomUUID()}`, file)
  if (!spooled.ok) return spooled
  try {
    return await previewFile(deps, locateUpload(deps.data_dir, spooled.file_path), request)
  } finally {
    await removeUpload(deps.data_dir, spooled.file_path)
  }
}

async function previewFile(
  deps: Pick<ImportDeps, 'pool' | 'clock'>,
  path: string,
  { workspace_id, campaign_id, options }: PreviewRequest,
): Promise<PreviewReply> {
  const rules = await inWorkspace(deps.pool, { workspace_id }, (tx) =>
    readRules(tx, workspace_id, campaign_id, options),
  )
  const found = await readLayout(path, options, rules.numbers)
  if (!found.ok) return found
  const { layout } = found
  const import_id = randomUUID()
  const at = deps.clock.now()
  const { size } = await stat(path)
  const plan = planReading({ path, file_size_bytes: size, layout, rules, import_id, at, show_rows: shownRows })
  const chunks = openChunks(deps.pool, workspace_id, plan)
  try {
    for (;;) {
      const staged = await chunks.stageNext()
      if (staged === null) break
      if ('refusal' in staged) return { ok: false, refusal: staged.refusal }
    }
    const preview = { import_id, run: plan.run, campaign_id, at }
    const counts = await inWorkspace(deps.pool, { workspace_id }, (tx) => previewStaged(tx, preview))
    return { ok: true, layout, rows: chunks.shown(), counts }
  } finally {
    await chunks.close()
    await inWorkspace(deps.pool, { workspace_id }, (tx) => clearStaging(tx, import_id))
  }
}
