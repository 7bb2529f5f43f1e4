import { setTimeout as wait } from 'node:timers/promises'
import type { ImportJob } from '#store/imports.ts'
import type { Caller } from '../../http/caller.ts'
import type { ServerDeps } from '../../http/house.ts'
import { isRefusal, type Refusal } from '../../http/problems.ts'
import { readOneImport } from './imports.ts'

/** Small files are done between two looks; large ones are looked after less and less often. */
const firstLookMs = 10
const longestLookMs = 500

/**
 * Waits until an import is over, whichever process runs it, but no longer than `longest_ms`: then it is given as it
 * stands, for whoever asks to look at its log.
 */
export async function awaitImport(
  house: ServerDeps,
  caller: Caller,
  id: string,
  longest_ms: number,
): Promise<ImportJob | Refusal> {
  const deadline = performance.now() + longest_ms
  for (let look = firstLookMs; ; look = Math.min(longestLookMs, look * 1.5)) {
    const job = await readOneImport(house, caller, id)
    const over = isRefusal(job) || (job.status !== 'pending' && job.status !== 'processing')
    if (over || performance.now() >= deadline) return job
    await wait(look)
  }
}
