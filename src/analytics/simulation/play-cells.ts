/** Cells of a comparison over all cores of this machine: each is a world of its own. */
import { once } from 'node:events'
import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import type { CellFigures } from '#domain/pacing/simulation/compare-pacers.ts'
import type { CellWords } from './cell-words.ts'
import { reasonOf } from './load-pacer.ts'

export type CellReply = { ok: true; figures: CellFigures } | { ok: false; refusal: string }

export type Played = { ok: true; cells: CellFigures[] } | { ok: false; refusal: string }

/** In their order. Stops at the first pacer that fails. */
export async function playCells(cells: readonly CellWords[], told: (done: number) => void = () => {}): Promise<Played> {
  const figures: CellFigures[] = []
  // The longest first, so that no core ends with one of them alone.
  const waiting = cells.map((words, index) => ({ words, index })).sort((a, b) => weightOf(a.words) - weightOf(b.words))
  let refusal: string | null = null
  let done = 0

  async function work(): Promise<void> {
    const worker = new Worker(new URL('./cell-worker.ts', import.meta.url))
    try {
      for (let next = waiting.pop(); next !== undefined && refusal === null; next = waiting.pop()) {
        const reply = await ask(worker, next.words)
        if (!reply.ok) {
          refusal ??= reply.refusal
          return
        }
        figures[next.index] = reply.figures
        done += 1
        told(done)
      }
    } finally {
      await worker.terminate()
    }
  }

  const threads = Math.min(availableParallelism(), cells.length)
  await Promise.all(Array.from({ length: threads }, work))
  return refusal === null ? { ok: true, cells: figures } : { ok: false, refusal }
}

async function ask(worker: Worker, words: CellWords): Promise<CellReply> {
  const ended = new AbortController()
  const exit = once(worker, 'exit', { signal: ended.signal }).then(
    (): CellReply => ({ ok: false, refusal: `${words.pacer} ended its thread` }),
  )
  worker.postMessage(words)
  const answer = once(worker, 'message', { signal: ended.signal }).then(([reply]) => reply as CellReply)
  try {
    return await Promise.race([answer, exit])
  } catch (error) {
    return { ok: false, refusal: `${words.pacer} fails: ${reasonOf(error)}` }
  } finally {
    ended.abort()
    await Promise.allSettled([answer, exit])
  }
}

/** About how long a cell takes: whoever weighs each call takes longer than who counts idle agents. */
function weightOf({ pacer, agents, seeds }: CellWords): number {
  const isPlain = /^(progressive|power|adaptive)/.test(pacer)
  return seeds * (agents + 50) * (isPlain ? 1 : 10)
}
