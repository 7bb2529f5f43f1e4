/**
 * What is kept and for how long. In: the clock. Out: rows deleted once their time is over. It must never delete a call,
 * an attempt or a call event: those are evidence.
 */
import type { Clock } from '#domain/clock.ts'
import type { Pool } from '#store/database.ts'
import { findWorkspacesWithWork } from '#store/finders.ts'
import { purgeExpired } from '#store/retention.ts'
import { inWorkspace } from '#store/tx.ts'

/** Deletes everything past its time, batch by batch; returns how many rows. */
export async function keepRetention(pool: Pool, clock: Clock): Promise<number> {
  let rows = 0
  for (const workspace_id of await findWorkspacesWithWork(pool)) {
    for (;;) {
      const purged = await inWorkspace(pool, { workspace_id }, (tx) => purgeExpired(tx, workspace_id, clock.now()))
      if (purged.length === 0) break
      rows += purged.reduce((sum, each) => sum + each.rows, 0)
    }
  }
  return rows
}
