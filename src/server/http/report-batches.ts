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

/** More deliveries than this wait for the batch after the next, so that one batch stays quick. */
const mostInBatch = 500

/**
 * Writes deliveries durably, together: those that arrive while a workspace's batch is being written go into its next one.
 * The promise of each resolves after the commit that holds it.
 */
export function createReportBatches(house: ServerDeps): (workspaceId: string, delivery: Delivery) => Promise<void> {
  type Waiting = { delivery: Delivery; done: () => void; failed: (error: Error) => void }
  const waiting = new Map<string, Waiting[]>()

  async function write(workspaceId: string): Promise<void> {
    const queue = waiting.get(workspaceId) as Waiting[]
    while (queue.length > 0) {
      const batch = queue.splice(0, mostInBatch)
      await store(
        workspaceId,
        batch.map(({ delivery }) => delivery),
      ).then(
        () => {
          for (const { done } of batch) done()
        },
        (error: Error) => {
          for (const { failed } of batch) failed(error)
        },
      )
    }
    waiting.delete(workspaceId)
  }

  async function store(workspaceId: string, deliveries: Delivery[]): Promise<void> {
    const at = house.clock.now()
    await inWorkspace(house.pool, { workspace_id: workspaceId }, async (tx) => {
      await appendReports(
        tx,
        workspaceId,
        deliveries.flatMap(({ reports }) => reports),
        at,
      )
      await keepPayloads(tx, workspaceId, deliveries, at)
    })
    house.engine.wake(workspaceId, 'events')
  }

  return (workspaceId, delivery) =>
    new Promise((done, failed) => {
      const queue = waiting.get(workspaceId)
      if (queue) {
        queue.push({ delivery, done, failed })
        return
      }
      waiting.set(workspaceId, [{ delivery, done, failed }])
      // After this turn of the loop, so that what arrived together is written together.
      setImmediate(() => void write(workspaceId))
    })
}
