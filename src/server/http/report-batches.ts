import { appendReports, type Report } from '#store/event-inbox.ts'
import { keepPayloads } from '#store/provider-payloads.ts'
import { inWorkspace } from '#store/tx.ts'
import type { ServerDeps } from './house.ts'

/** One verified webhook: what it reports and the bytes it came as. */
export interface Delivery {
  trunk_id: string
  reports: Report[]
  payload: string
}

/** More deliveries than this wait for another batch, so that one batch stays quick. */
const mostInBatch = 500
/** Batches of one workspace that are written at once: while one is flushed to disk, the next is filled. */
const batchesAtOnce = 4

type Waiting = { delivery: Delivery; done: () => void; failed: (error: Error) => void }

/**
 * Writes deliveries durably, together: those that arrive while a workspace's batches are being written go into its next
 * one. The promise of each resolves after the commit that holds it.
 */
export function createReportBatches(house: ServerDeps): (workspaceId: string, delivery: Delivery) => Promise<void> {
  const queues = new Map<string, { waiting: Waiting[]; writers: number }>()

  async function write(workspaceId: string): Promise<void> {
    const queue = queues.get(workspaceId)
    if (!queue || queue.writers >= batchesAtOnce) return
    queue.writers += 1
    for (let batch = queue.waiting.splice(0, mostInBatch); batch.length > 0; ) {
      await writeBatch(workspaceId, batch)
      batch = queue.waiting.splice(0, mostInBatch)
    }
    queue.writers -= 1
    if (queue.writers === 0) queues.delete(workspaceId)
  }

  async function writeBatch(workspaceId: string, batch: Waiting[]): Promise<void> {
    try {
      await store(
        workspaceId,
        batch.map(({ delivery }) => delivery),
      )
      for (const { done } of batch) done()
    } catch (error) {
      for (const { failed } of batch) failed(error as Error)
    }
  }

  async function store(workspaceId: string, deliveries: Delivery[]): Promise<void> {
    const at = house.clock.now()
    await inWorkspace(house.pool, { workspace_id: workspaceId }, async (tx, sendLast) => {
      sendLast(appendReports(tx, workspaceId, inOneOrder(deliveries), at))
      sendLast(keepPayloads(tx, workspaceId, deliveries, at))
    })
    house.engine.wake(workspaceId, 'events')
  }

  return (workspaceId, delivery) =>
    new Promise((done, failed) => {
      const queue = queues.get(workspaceId) ?? { waiting: [], writers: 0 }
      queues.set(workspaceId, queue)
      queue.waiting.push({ delivery, done, failed })
      // After this turn of the loop, so that what arrived together is written together.
      if (queue.waiting.length === 1) setImmediate(() => void write(workspaceId))
    })
}

/** Two batches with doubles of each other would wait for one another if they came in different orders. */
function inOneOrder(deliveries: Delivery[]): Report[] {
  const reports = deliveries.flatMap((delivery) => delivery.reports)
  return reports.sort((a, b) => (a.event_key < b.event_key ? -1 : 1))
}
