import type { Tx } from './tx.ts'

/** Makes the row that claims of a workspace or a trunk lock. */
export async function addLimitsRow(tx: Tx, workspaceId: string, limitedId: string): Promise<void> {
  await tx.query('insert into dial_limits (workspace_id, limited_id) values ($1, $2) on conflict do nothing', [
    workspaceId,
    limitedId,
  ])
}

/** Nothing is claimed for the trunk until then; the reason is shown wherever somebody asks why nothing is dialed. */
export async function blockTrunk(
  tx: Tx,
  workspaceId: string,
  trunkId: string,
  block: { until: number; reason: string },
): Promise<void> {
  await tx.query(
    'update dial_limits set blocked_until = $3, blocked_reason = $4 where workspace_id = $1 and limited_id = $2',
    [workspaceId, trunkId, new Date(block.until), block.reason],
  )
}
