/**
 * Intake: an uploaded file becomes contacts and leads, with a report of every row that did not.
 *
 * In: a row of `imports` and the file it names. Out: chunks of contacts, phones and leads, each chunk in one transaction
 * with its errors and its progress, dialable as soon as it is committed; and an import that says what became of every
 * row. It must never guess a digit, lose a row without saying so, keep half a chunk, take more memory for a larger file,
 * or decide whom to call when: due times are the domain's verdict.
 *
 * The way of a row: text-blocks → csv-records → read-row (row-checks) → due-time → staging-line → COPY → merge.
 */
import type { Clock } from '#domain/clock.ts'
import { lockReopenable, reopenCampaign } from '#store/campaign-calendar.ts'
import type { Pool } from '#store/database.ts'
import { clearStaging, type MergeCounts, mergeChunk } from '#store/import-merge.ts'
import {
  finishImport,
  type ImportJob,
  importLeaseSeconds,
  leaseImport,
  releaseImport,
  renewImportLease,
  saveImportLayout,
  saveImportProgress,
} from '#store/imports.ts'
import { announce } from '#store/live-events.ts'
import { takeNumbers } from '#store/numbers.ts'
import { inWorkspace } from '#store/tx.ts'
import { type ChunkReader, openChunks, type StagedChunk } from './chunks.ts'
import { explainFailure } from './import-failure.ts'
import { importOptionsSchema } from './import-options.ts'
import { keepLease, type Lease } from './keep-lease.ts'
import { readLayout } from './layout.ts'
import { planReading, readRules } from './reading-plan.ts'
import type { ReadingPlan } from './stage-file.ts'
import { isThere, locateUpload, removeUpload } from './uploads.ts'

export interface ImportDeps {
  pool: Pool
  clock: Clock
  /** Names this process in leases; never used twice. */
  worker: string
  /** Uploads lie below it. */
  data_dir: string
  log: { info(fields: object, message: string): void; error(fields: object, message: string): void }
  /** A chunk is committed: its leads may be dialed. */
  onChunk(workspaceId: string): void
  /** Rows of a chunk; smaller in tests. */
  chunk_rows?: number
}

export interface ImportKey {
  workspace_id: string
  import_id: string
}

/** An upload this young may lie on another machine, whose own runner is about to take it. */
const elsewhereMs = 60_000

/**
 * Runs an import to its end, from where the last run of it got to; returns at once when it is finished or somebody else's.
 * With `signal` it stops between chunks and leaves the rest to the next run.
 */
export async function runImport(deps: ImportDeps, key: ImportKey, signal?: AbortSignal): Promise<void> {
  const { workspace_id, import_id } = key
  const job = await within(deps, key, (tx) => leaseImport(tx, workspace_id, import_id, deps.worker, deps.clock.now()))
  if (!job) return
  try {
    const error = await keepLease(leaseOf(deps, key), signal, (stop) => readAll(deps, key, job, stop))
    if (error === 'stopped') await giveBack(deps, key)
    else await finish(deps, key, job, error)
  } catch (error) {
    const explained = explainFailure(error)
    // A fault of the moment keeps the lease, so that the import is not tried again at once.
    if (explained === null) throw error
    deps.log.error({ err: error, import_id }, 'an import failed')
    await finish(deps, key, job, explained)
  }
}

function leaseOf(deps: ImportDeps, key: ImportKey): Lease {
  const { workspace_id, import_id } = key
  return {
    seconds: importLeaseSeconds,
    renew: () => within(deps, key, (tx) => renewImportLease(tx, workspace_id, import_id, deps.worker)),
    sayFailed: (error) =>
      deps.log.error(
        { err: error, import_id },
        'the lease of an import could not be renewed; it goes on while it lasts',
      ),
  }
}

function giveBack(deps: ImportDeps, key: ImportKey): Promise<void> {
  return within(deps, key, (tx) => releaseImport(tx, key.workspace_id, key.import_id, deps.worker))
}

/** Reads and merges what is left of the file; gives why it could not, null at its end, or that it was told to stop. */
async function readAll(
  deps: ImportDeps,
  key: ImportKey,
  job: ImportJob,
  stop: AbortSignal,
): Promise<string | null | 'stopped'> {
  const path = locateUpload(deps.data_dir, job.file_path)
  if (!(await isThere(path))) {
    if (deps.clock.now() - job.created_at.getTime() < elsewhereMs) return 'stopped'
    return 'The uploaded file is no longer there. Upload it again.'
  }
  const options = importOptionsSchema.parse(job.options)
  const rules = await within(deps, key, (tx) => readRules(tx, key.workspace_id, job.campaign_id, options))
  const found = job.layout ? null : await readLayout(path, options, rules.numbers)
  if (found && !found.ok) return found.refusal
  if (found) await within(deps, key, (tx) => saveImportLayout(tx, key.workspace_id, job.id, found.layout))
  const plan = planReading({
    path,
    file_size_bytes: job.file_size_bytes,
    layout: found ? found.layout : job.layout,
    rules,
    import_id: job.id,
    at: deps.clock.now(),
    skip_chunks: job.chunks_merged,
    ...(deps.chunk_rows ? { chunk_rows: deps.chunk_rows } : {}),
  })
  await within(deps, key, (tx) => clearStaging(tx, job.id, { except_run: plan.run }))
  const chunks = openChunks(deps.pool, key.workspace_id, plan)
  try {
    return await mergeAll(deps, key, chunks, plan, stop)
  } finally {
    await chunks.close()
    await within(deps, key, (tx) => clearStaging(tx, job.id, { run: plan.run }))
  }
}

/** While a chunk is merged, the next one is read and staged already. */
async function mergeAll(
  deps: ImportDeps,
  key: ImportKey,
  chunks: ChunkReader,
  plan: Pick<ReadingPlan, 'run' | 'at' | 'campaign'>,
  stop: AbortSignal,
): Promise<string | null | 'stopped'> {
  let merging: Promise<MergeCounts | null | undefined> = Promise.resolve(undefined)
  for (;;) {
    if (stop.aborted) break
    const [staged, merged] = await bothSettled(chunks.stageNext(), merging)
    if (merged === null) return 'stopped'
    if (staged === null) return null
    if ('refusal' in staged) return staged.refusal
    merging = merge(deps, key, plan, staged)
  }
  await merging
  return 'stopped'
}

/** Like Promise.all, but never leaves one of the two running when the other fails. */
async function bothSettled<A, B>(a: Promise<A>, b: Promise<B>): Promise<[A, B]> {
  await Promise.allSettled([a, b])
  return [await a, await b]
}

async function merge(
  deps: ImportDeps,
  { workspace_id, import_id }: ImportKey,
  plan: Pick<ReadingPlan, 'run' | 'at' | 'campaign'>,
  staged: StagedChunk,
): Promise<MergeCounts | null> {
  const { chunk, rows, bytes_read } = staged
  const first_number = plan.campaign ? await takeNumbers(deps.pool, workspace_id, 'leads', rows) : 0
  const { campaign } = plan
  const at = deps.clock.now()
  const counts = await within(deps, { workspace_id, import_id }, async (tx) => {
    const reopens = campaign !== null && (await lockReopenable(tx, workspace_id, campaign.id, at))
    const merged = await mergeChunk(tx, {
      import_id,
      run: plan.run,
      chunk,
      rows,
      worker: deps.worker,
      first_number,
      at: plan.at,
    })
    if (merged === null) return null
    await saveImportProgress(tx, workspace_id, import_id, bytes_read)
    if (reopens && merged.imported > 0) await reopenCampaign(tx, workspace_id, campaign.id, at)
    await announce(tx, workspace_id, 'import.progress', { import_id, chunk, bytes_read, ...merged }, at)
    return merged
  })
  if (counts) deps.onChunk(workspace_id)
  return counts
}

async function finish(
  deps: ImportDeps,
  { workspace_id, import_id }: ImportKey,
  job: ImportJob,
  error: string | null,
): Promise<void> {
  const at = deps.clock.now()
  const ended = await within(deps, { workspace_id, import_id }, async (tx) => {
    const done = await finishImport(tx, workspace_id, import_id, { worker: deps.worker, error, at })
    if (done) await announce(tx, workspace_id, 'import.updated', { import_id, status: done.status }, at)
    return done
  })
  if (!ended) return
  await removeUpload(deps.data_dir, job.file_path)
  deps.log.info({ import_id, status: ended.status, rows: ended.total_rows }, 'an import is finished')
  deps.onChunk(workspace_id)
}

function within<T>(
  deps: ImportDeps,
  { workspace_id }: ImportKey,
  work: Parameters<typeof inWorkspace<T>>[2],
): Promise<T> {
  return inWorkspace(deps.pool, { workspace_id }, work)
}
