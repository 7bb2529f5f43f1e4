import type { Engine } from '#dialer/engine.ts'
import { knowsOptOut, noteOptOut } from '#store/carrier-opt-outs.ts'
import { holdClaims } from '#store/claim-attempts.ts'
import { newId } from '#store/ids.ts'
import { readTrunk } from '#store/trunks.ts'
import { inWorkspace } from '#store/tx.ts'
import type { OptOutReport } from '#telephony/events.ts'
import { block } from './block.ts'

/**
 * Blocks in all of the workspace whoever told a carrier that they want no more calls. When it resolves it is durable; what a
 * trunk has told before changes nothing, also where somebody of ours has taken the block back since.
 */
export async function takeOptOuts(
  { pool, clock, wake }: Pick<Engine, 'pool' | 'clock' | 'wake'>,
  trunk: { id: string; workspace_id: string },
  reports: OptOutReport[],
): Promise<void> {
  if (reports.length === 0) return
  const { id: trunk_id, workspace_id } = trunk
  const at = clock.now()
  await inWorkspace(pool, { workspace_id }, async (tx) => {
    await holdClaims(tx, workspace_id)
    const name = (await readTrunk(tx, workspace_id, trunk_id))?.name ?? trunk_id
    for (const { event_key, event } of reports) {
      if (await knowsOptOut(tx, workspace_id, trunk_id, event_key)) continue
      const { number, keyword } = event
      const wanted = {
        ...{ id: newId(at), number, scope: 'workspace' as const, campaign_id: null, added_by: null, expires_at: null },
        ...{ source: 'customer_request' as const, reason: `texted ${keyword} (${name})` },
      }
      const { suppression } = await block(tx, workspace_id, wanted, at)
      await noteOptOut(tx, workspace_id, { trunk_id, event_key, keyword, suppression_id: suppression.id }, at)
    }
  })
  wake(workspace_id, 'live')
  wake(workspace_id, 'floor')
}
