import { on } from 'node:events'
import { Worker } from 'node:worker_threads'
import type { ReadingEvent, ReadingPlan } from './stage-file.ts'

/** What the reading thread may keep alive; one block, its rows and their lines are a tenth of it. */
const heapMegabytes = 160
const youngMegabytes = 16

/** Reads a file in a thread of its own; leaving the loop early ends the thread. */
export async function* readFileEvents(plan: ReadingPlan): AsyncGenerator<ReadingEvent> {
  const worker = new Worker(new URL('./reading-thread.ts', import.meta.url), {
    workerData: plan,
    resourceLimits: { maxOldGenerationSizeMb: heapMegabytes, maxYoungGenerationSizeMb: youngMegabytes },
  })
  try {
    for await (const [event] of on(worker, 'message')) {
      if (event === null) return
      yield event as ReadingEvent
      worker.postMessage('taken')
    }
  } finally {
    await worker.terminate()
  }
}
