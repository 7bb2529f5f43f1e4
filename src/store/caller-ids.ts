import type { Tx } from './tx.ts'

export interface CallerId {
  number: string
  name: string | null
}

export async function listCallerIds(tx: Tx, workspaceId: string, trunkId: string): Promise<CallerId[]> {
  const { rows } = await tx.query<CallerId>(
    'select number, name from caller_ids where workspace_id = $1 and trunk_id = $2 order by number',
    [workspaceId, trunkId],
  )
  return rows
}

/** Registers a number on a trunk; one that is there already takes the new name. */
export async function addCallerId(
  tx: Tx,
  workspaceId: string,
  callerId: CallerId & { trunk_id: string },
  at: number,
): Promise<void> {
  await tx.query(
    `insert into caller_ids (workspace_id, trunk_id, number, name, created_at) values ($1, $2, $3, $4, $5)
     on conflict (workspace_id, trunk_id, number) do update set name = excluded.name`,
    [workspaceId, callerId.trunk_id, callerId.number, callerId.name, new Date(at)],
  )
}

export async function removeCallerId(tx: Tx, workspaceId: string, trunkId: string, number: string): Promise<boolean> {
  const { rowCount } = await tx.query(
    'delete from caller_ids where workspace_id = $1 and trunk_id = $2 and number = $3',
    [workspaceId, trunkId, number],
  )
  return rowCount === 1
}
