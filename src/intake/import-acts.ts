/** What people do to an import besides running it: cancel it while it runs, take it back afterwards. */
import { clearStaging } from '#store/import-merge.ts'
import { cancelUnfinished, lockImportedLeads, removeImported } from '#store/import-undo.ts'
import { announce } from '#store/live-events.ts'
import { inWorkspace } from '#store/tx.ts'
import type { ImportDeps, ImportKey } from './import.ts'
import { removeUpload } from './uploads.ts'

export type UndoReply =
  | { ok: true; leads: number; contacts: number }
  | { ok: false; reason: 'not_found' }
  /** Still running, or already undone. */
  | { ok: false; reason: 'status'; status: string }
  | { ok: false; reason: 'dialed'; dialed: number }

const undoable = ['completed', 'partial', 'failed', 'cancelled']

/** Takes back an import of which nobody was called yet: its leads, and its contacts that nothing else uses. */
export async function undoImport(
  deps: Pick<ImportDeps, 'pool' | 'clock'>,
  { workspace_id, import_id }: ImportKey,
): Promise<UndoReply> {
  const at = deps.clock.now()
  return inWorkspace(deps.pool, { workspace_id }, async (tx): Promise<UndoReply> => {
    const found = await lockImportedLeads(tx, workspace_id, import_id)
    if (!found) return { ok: false, reason: 'not_found' }
    if (!undoable.includes(found.status)) return { ok: false, reason: 'status', status: found.status }
    if (found.dialed > 0) return { ok: false, reason: 'dialed', dialed: found.dialed }
    const removed = await removeImported(tx, workspace_id, import_id, at)
    await announce(tx, workspace_id, 'import.updated', { import_id, status: 'undone' }, at)
    return { ok: true, ...removed }
  })
}

export type CancelReply = { ok: true } | { ok: false; reason: 'not_running' }

/** Stops an import before its next chunk is merged; what is merged stays and can be undone. */
export async function cancelImport(
  deps: Pick<ImportDeps, 'pool' | 'clock' | 'data_dir'>,
  { workspace_id, import_id }: ImportKey,
): Promise<CancelReply> {
  const at = deps.clock.now()
  const cancelled = await inWorkspace(deps.pool, { workspace_id }, async (tx) => {
    const job = await cancelUnfinished(tx, workspace_id, import_id, at)
    if (!job) return null
    // Of a worker that died; one that lives sees at its next chunk that the import is no longer its own.
    await clearStaging(tx, import_id)
    await announce(tx, workspace_id, 'import.updated', { import_id, status: 'cancelled' }, at)
    return job
  })
  if (!cancelled) return { ok: false, reason: 'not_running' }
  await removeUpload(deps.data_dir, cancelled.file_path)
  return { ok: true }
}
