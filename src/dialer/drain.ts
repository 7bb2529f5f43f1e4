import { claimedBy, dropAttempts } from '#store/attempts.ts'
import { findWorkspacesWithWork } from '#store/finders.ts'
import { inWorkspace } from '#store/tx.ts'
import type { Engine } from './engine.ts'

/** Gives back what this worker has claimed and not begun to dial, so that others need not wait for its leases. */
export async function releaseClaims(engine: Engine): Promise<void> {
  const at = engine.clock.now()
  for (const workspaceId of await findWorkspacesWithWork(engine.pool)) {
    await inWorkspace(engine.pool, { workspace_id: workspaceId }, async (tx) => {
      const claimed = await claimedBy(tx, workspaceId, engine.worker)
      await dropAttempts(tx, workspaceId, claimed, { from: ['claimed'], reason: 'its worker stopped', at, due_at: at })
    })
  }
}
