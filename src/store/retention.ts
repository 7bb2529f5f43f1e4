import type { Tx } from './tx.ts'

/** What is kept, how long, and the column that says how old it is. */
const kept = [
  { table: 'provider_payloads', column: 'received_at', days: 30 },
  { table: 'live_events', column: 'at', days: 1 },
  { table: 'agent_messages', column: 'at', days: 7 },
  { table: 'idempotency_keys', column: 'created_at', days: 1 },
  // A rest that is over says nothing any more.
  { table: 'number_rests', column: 'until', days: 0 },
] as const

/** Rows of one table deleted at once: short enough that no claim waits for it. */
const batch = 5_000

export interface Purged {
  table: string
  rows: number
}

/** Deletes what is past its time in one workspace, a batch of each table; called again while anything was deleted. */
export async function purgeExpired(tx: Tx, workspaceId: string, at: number): Promise<Purged[]> {
  const purged: Purged[] = []
  for (const { table, column, days } of kept) {
    const { rowCount } = await tx.query(
      `delete from ${table} where ctid in (
         select ctid from ${table} where workspace_id = $1 and ${column} < $2 limit ${batch})`,
      [workspaceId, new Date(at - days * 86_400_000)],
    )
    if (rowCount) purged.push({ table, rows: rowCount })
  }
  return purged
}
