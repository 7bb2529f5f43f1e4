import type { Tx } from './tx.ts'

export interface CarrierOptOut {
  trunk_id: string
  event_key: string
  keyword: string
  suppression_id: string
}

/** Whether the trunk has told of this before. Asked under the held claims, two deliveries can't both be the first. */
export async function knowsOptOut(tx: Tx, workspaceId: string, trunkId: string, eventKey: string): Promise<boolean> {
  const { rowCount } = await tx.query({
    name: 'knows-opt-out',
    text: 'select from carrier_opt_outs where workspace_id = $1 and trunk_id = $2 and event_key = $3',
    values: [workspaceId, trunkId, eventKey],
  })
  return rowCount === 1
}

export async function noteOptOut(tx: Tx, workspaceId: string, optOut: CarrierOptOut, at: number): Promise<void> {
  await tx.query({
    name: 'note-opt-out',
    text: `insert into carrier_opt_outs (workspace_id, trunk_id, event_key, keyword, suppression_id, received_at)
      values ($1, $2, $3, $4, $5, $6)`,
    values: [workspaceId, optOut.trunk_id, optOut.event_key, optOut.keyword, optOut.suppression_id, new Date(at)],
  })
}
