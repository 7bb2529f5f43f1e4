import { on } from 'node:events'
import { Worker } from 'node:worker_threads'
import { type NumberChunk, type NumberPlan, readNumberFile } from './read-numbers.ts'
import { type ReadingEvent, type ReadingPlan, stageFile } from './stage-file.ts'

export type FileToRead = { of: 'people'; plan: ReadingPlan } | { of: 'numbers'; plan: NumberPlan }

/** What the reading thread may keep alive; one block, its rows and their lines are a tenth of it. */
const heapMegabytes = 160
const youngMegabytes = 16

/** Up to this a file is read sooner than a thread has started, and holds nobody up. */
const smallFileBytes = 512 * 1024

/** Reads a file of people, a large one in a thread of its own; leaving the loop early ends it. */
export function readFileEvents(plan: ReadingPlan): AsyncGenerator<ReadingEvent> {
  return plan.file_size_bytes <= smallFileBytes ? stageFile(plan) : readInThread({ of: 'people', plan })
}

/** The same for a file of numbers. */
export function readNumberChunks(plan: NumberPlan): AsyncGenerator<NumberChunk> {
  return plan.file_size_bytes <= smallFileBytes ? readNumberFile(plan) : readInThread({ of: 'numbers', plan })
}

async function* readInThread<Event>(file: FileToRead): AsyncGenerator<Event> {
  const worker = new Worker(new URL('./reading-thread.ts', import.meta.url), {
    workerData: file,
    resourceLimits: { maxOldGenerationSizeMb: heapMegabytes, maxYoungGenerationSizeMb: youngMegabytes },
  })
  try {
    for await (const [event] of on(worker, 'message')) {
      if (event === null) return
      yield event as Event
      worker.postMessage('taken')
    }
  } finally {
    await worker.terminate()
  }
}
