/**
 * What there is to do for a list, in this order: read its file, judge the leads of a version that took over, clear away
 * versions that block no more. Each step goes on where the last run of it got to.
 */

import type { Clock } from '#domain/clock.ts'
import { releaseAgent } from '#floor/matcher/reservations.ts'
import { explainFailure, ReadingFailure } from '#intake/import-failure.ts'
import { keepLease, type Lease } from '#intake/keep-lease.ts'
import { type NumberLayout, type NumberOptions, readNumberLayout } from '#intake/number-layout.ts'
import { readNumberChunks } from '#intake/read-file.ts'
import { keptRefusals, type NumberChunk, type NumberPlan } from '#intake/read-numbers.ts'
import { isThere, locateUpload, removeUpload } from '#intake/uploads.ts'
import { holdClaims } from '#store/claim-attempts.ts'
import type { Pool } from '#store/database.ts'
import { announce } from '#store/live-events.ts'
import { cancelUnansweredOf } from '#store/opt-outs.ts'
import {
  addListChunk,
  deleteListNumbers,
  dropDiscards,
  failVersion,
  findOwnedNumbers,
  finishVersion,
  type ListJob,
  leaseList,
  listLeaseSeconds,
  nextDiscards,
  nextOwnedNumbers,
  releaseList,
  renewListLease,
  saveJudgedTo,
  saveListLayout,
} from '#store/suppression-list-runs.ts'
import { inWorkspace, type Tx } from '#store/tx.ts'
import { rulesOf } from '../contacts/numbers.ts'
import { judgeFreed, judgeLeads } from './block.ts'

export interface ListDeps {
  pool: Pool
  clock: Clock
  /** Names this process in leases; never used twice. */
  worker: string
  /** Uploads lie below it. */
  data_dir: string
  log: { info(fields: object, message: string): void; error(fields: object, message: string): void }
  /** Numbers block, or don't any more: calls may have to end, leads may be called. */
  onChange(workspaceId: string): void
  /** Rows that block at once; smaller in tests. */
  chunk_rows?: number
}

interface ListKey {
  workspace_id: string
  list_id: string
}

/** Long enough for many rows to share a commit, short enough that an opt-out in the middle of a file waits a second. */
const chunkRows = 50_000
/** An upload this young may lie on another machine, whose own runner is about to take it. */
const elsewhereMs = 60_000
/** People's numbers whose leads are judged in one transaction: claims pass those leads over meanwhile. */
const judgedAtOnce = 500
const clearedAtOnce = 10_000

/** Does all there is to do for a list, or as much as there is before `signal`; returns at once when it is somebody else's. */
export async function runList(deps: ListDeps, key: ListKey, signal?: AbortSignal): Promise<void> {
  const job = await lease(deps, key)
  if (!job) return
  await keepLease(leaseOf(deps, key), signal, async (stop) => {
    if (job.status === 'importing') await readFile(deps, key, job, stop)
    for (let left = await lease(deps, key); left && !stop.aborted; left = await lease(deps, key)) {
      if (left.status === 'importing') break
      if (left.judged_to !== null && left.holds !== null) await judgeVersion(deps, key, left, left.holds, stop)
      else await clearAway(deps, key, left.discards, stop)
    }
  })
  await within(deps, key, (tx) => releaseList(tx, key.workspace_id, key.list_id, deps.worker))
}

function lease(deps: ListDeps, key: ListKey): Promise<ListJob | null> {
  return within(deps, key, (tx) => leaseList(tx, key.workspace_id, key.list_id, deps.worker))
}

function leaseOf(deps: ListDeps, key: ListKey): Lease {
  const { workspace_id, list_id } = key
  return {
    seconds: listLeaseSeconds,
    renew: () => within(deps, key, (tx) => renewListLease(tx, workspace_id, list_id, deps.worker)),
    sayFailed: (error) =>
      deps.log.error({ err: error, list_id }, 'the lease of a list could not be renewed; it goes on while it lasts'),
  }
}

async function readFile(deps: ListDeps, key: ListKey, job: ListJob, stop: AbortSignal): Promise<void> {
  let error: string | null | 'stopped'
  try {
    error = await readAll(deps, key, job, stop)
  } catch (thrown) {
    error = explainFailure(thrown)
    // A fault of the moment keeps the lease, so that the file is not tried again at once.
    if (error === null) throw thrown
    deps.log.error({ err: thrown, list_id: key.list_id }, 'the file of a suppression list was not read')
  }
  if (error !== 'stopped') await finish(deps, key, job, error)
}

/** Reads what is left of the file; gives why it could not, null at its end, or that it was told to stop. */
async function readAll(
  deps: ListDeps,
  key: ListKey,
  job: ListJob,
  stop: AbortSignal,
): Promise<string | null | 'stopped'> {
  const path = locateUpload(deps.data_dir, job.file_path)
  if (!(await isThere(path))) {
    if (deps.clock.now() - job.uploaded_at.getTime() < elsewhereMs) return 'stopped'
    return 'The uploaded file is no longer there. Upload it again.'
  }
  const { workspace_id, list_id } = key
  const options = job.options as NumberOptions
  const workspaceRules = await within(deps, key, (tx) => rulesOf(tx, workspace_id))
  const rules = { ...workspaceRules, country: options.country ?? workspaceRules.country }
  const found = job.layout ? null : await readNumberLayout(path, options, rules)
  if (found && !found.ok) return found.refusal
  if (found) await within(deps, key, (tx) => saveListLayout(tx, workspace_id, list_id, deps.worker, found.layout))
  const layout = found ? found.layout : (job.layout as unknown as NumberLayout)
  const { file_size_bytes, chunks_in } = job
  // The leads of the last chunk may not have been judged any more: it is read again for them.
  const skip_chunks = Math.max(0, chunks_in - 1)
  const plan: NumberPlan = {
    path,
    file_size_bytes,
    layout,
    rules,
    skip_chunks,
    chunk_rows: deps.chunk_rows ?? chunkRows,
  }
  let refused = job.refused_rows
  for await (const chunk of readChunks(plan)) {
    if (stop.aborted) return 'stopped'
    if (chunk.chunk >= chunks_in) {
      const kept = chunk.refused.slice(0, Math.max(0, keptRefusals - refused))
      refused += chunk.refused_rows
      if (!(await takeChunk(deps, key, job, { ...chunk, refused: kept }))) return 'stopped'
    }
    if (job.holds === job.latest) await judgeChunk(deps, key, chunk.numbers)
  }
  return null
}

async function* readChunks(plan: NumberPlan): AsyncGenerator<NumberChunk> {
  const chunks = readNumberChunks(plan)
  try {
    for (;;) {
      const next = await chunks.next().catch((error) => {
        throw new ReadingFailure(error)
      })
      if (next.done) return
      yield next.value
    }
  } finally {
    await chunks.return(undefined)
  }
}

/**
 * Puts a chunk in. Of a version that blocks, nobody on it is dialed once this has committed, and what rings is hung up:
 *
 * The rows are inserted first, while claims go on; then the claims are held, which waits for those under way, and kept from
 * beginning until the commit. A claim that committed before left an attempt which the cancelling statement sees, since it
 * begins after the lock was got; a claim that begins after the commit reads the rows. There is no third kind. And an
 * attempt claimed before, whose intent is being written at this moment, is either locked by that intent, so that the
 * cancelling waits for it and has it hung up, or is dropped, and the intent finds it no longer claimed.
 *
 * So claims wait for a look at the calls that are up and one commit, however many rows the chunk has. Leads are judged
 * afterwards: until then it is the gate, asked before every dial, that keeps them from being called.
 */
async function takeChunk(deps: ListDeps, key: ListKey, job: ListJob, chunk: NumberChunk): Promise<boolean> {
  const { workspace_id, list_id } = key
  const at = deps.clock.now()
  const version = job.latest
  const taken = await within(deps, key, async (tx) => {
    const added = await addListChunk(tx, workspace_id, { ...chunk, list_id, worker: deps.worker, version })
    if (!added) return false
    const { bytes_read, rows } = chunk
    await announce(tx, workspace_id, 'suppression-list.progress', { list_id, bytes_read, rows, ...added }, at)
    if (job.holds === version) await stopCalls(tx, key, job, at)
    return true
  })
  if (taken) deps.onChange(workspace_id)
  return taken
}

/** Ends what rings unanswered at numbers of the latest version, under the held claims. */
async function stopCalls(tx: Tx, { workspace_id }: ListKey, job: ListJob, at: number): Promise<void> {
  await holdClaims(tx, workspace_id)
  const withdrawn = await cancelUnansweredOf(tx, workspace_id, job.latest, job, at)
  for (const offer of withdrawn) await releaseAgent(tx, workspace_id, offer, at)
}

async function judgeChunk(deps: ListDeps, key: ListKey, numbers: string): Promise<void> {
  const owned = await within(deps, key, (tx) => findOwnedNumbers(tx, key.workspace_id, numbers))
  await judgeSome(deps, key, owned, judgeLeads)
}

async function judgeSome(
  deps: ListDeps,
  key: ListKey,
  owned: string[],
  judge: typeof judgeLeads | typeof judgeFreed,
): Promise<void> {
  for (let from = 0; from < owned.length; from += judgedAtOnce) {
    const some = owned.slice(from, from + judgedAtOnce)
    await within(deps, key, (tx) => judge(tx, key.workspace_id, some, deps.clock.now()))
  }
}

/** The file is read: a version that takes over does so whole, under the same argument as a chunk. */
async function finish(deps: ListDeps, key: ListKey, job: ListJob, error: string | null): Promise<void> {
  const { workspace_id, list_id } = key
  const at = deps.clock.now()
  const status = error === null ? 'ready' : 'failed'
  const done = await within(deps, key, async (tx) => {
    const ended =
      error === null
        ? await finishVersion(tx, workspace_id, list_id, deps.worker, at)
        : await failVersion(tx, workspace_id, list_id, deps.worker, { error, at })
    if (!ended) return false
    if (error === null && job.holds !== job.latest) await stopCalls(tx, key, job, at)
    await announce(tx, workspace_id, 'suppression-list.updated', { list_id, status }, at)
    return true
  })
  if (!done) return
  await removeUpload(deps.data_dir, job.file_path)
  deps.log.info({ list_id, status }, "a suppression list's file is read")
  deps.onChange(workspace_id)
}

/** Judges the leads of a version that took over. */
async function judgeVersion(
  deps: ListDeps,
  key: ListKey,
  { judged_to }: ListJob,
  version: number,
  stop: AbortSignal,
): Promise<void> {
  const { workspace_id, list_id } = key
  for (let after = judged_to; after !== null && !stop.aborted; ) {
    const page = { after, limit: judgedAtOnce }
    const owned = await within(deps, key, (tx) => nextOwnedNumbers(tx, workspace_id, version, page))
    await judgeSome(deps, key, owned, judgeLeads)
    after = owned.at(-1) ?? null
    const judged = after
    await within(deps, key, (tx) => saveJudgedTo(tx, workspace_id, list_id, version, judged))
  }
}

/** The numbers of versions that block no more go in batches, each after the leads it held have been judged anew. */
async function clearAway(deps: ListDeps, key: ListKey, versions: number[], stop: AbortSignal): Promise<void> {
  const { workspace_id, list_id } = key
  for (let after = ''; !stop.aborted; ) {
    const page = { after, limit: clearedAtOnce }
    const numbers = await within(deps, key, (tx) => nextDiscards(tx, workspace_id, versions, page))
    const [first, last] = [numbers[0], numbers.at(-1)]
    if (first === undefined || last === undefined) {
      await within(deps, key, (tx) => dropDiscards(tx, workspace_id, list_id, versions))
      break
    }
    const owned = await within(deps, key, (tx) => findOwnedNumbers(tx, workspace_id, `{${numbers.join(',')}}`))
    await judgeSome(deps, key, owned, judgeFreed)
    await within(deps, key, (tx) => deleteListNumbers(tx, workspace_id, versions, { first, last }))
    if (owned.length > 0) deps.onChange(workspace_id)
    after = last
  }
}

function within<T>(deps: ListDeps, { workspace_id }: ListKey, work: (tx: Tx) => Promise<T>): Promise<T> {
  return inWorkspace(deps.pool, { workspace_id }, work)
}
