import type { Tx } from './tx.ts'

/** Makes the row that claims of a workspace or a trunk lock. */
export async function addLimitsRow(tx: Tx, workspaceId: string, limitedId: string): Promise<void> {
  await tx.query('insert into dial_limits (workspace_id, limited_id) values ($1, $2) on conflict do nothing', [
    workspaceId,
    limitedId,
  ])
}

/**
 * Its carrier took no call: nothing is claimed for the trunk for five seconds, and for twice as long each time in a row, up to
 * ten minutes; whatever else was refused meanwhile counts as the same time. The reason is shown wherever somebody asks why
 * nothing is dialed. Ends with the first call that is taken (`recordDialed`).
 */
export async function blockTrunk(
  tx: Tx,
  workspaceId: string,
  trunkId: string,
  { at, reason }: { at: number; reason: string },
): Promise<void> {
  await tx.query(
    `update dial_limits set blocked_reason = $4, refusals = least(refusals + 1, 8),
       blocked_until = $3 + interval '2.5 seconds' * 2 ^ least(refusals + 1, 8)
     where workspace_id = $1 and limited_id = $2 and (blocked_until is null or blocked_until <= $3)`,
    [workspaceId, trunkId, new Date(at), reason],
  )
}
