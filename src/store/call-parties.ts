import type { Tx } from './tx.ts'

/** Whom an attempt is for, dialed yet or not. */
export interface CallParties {
  number: string
  contact_id: string | null
  lead_id: string | null
  campaign_id: string | null
}

export async function readCallParties(tx: Tx, workspaceId: string, attemptId: string): Promise<CallParties | null> {
  const { rows } = await tx.query<CallParties>({
    name: 'read-call-parties',
    text: 'select number, contact_id, lead_id, campaign_id from attempts where workspace_id = $1 and id = $2',
    values: [workspaceId, attemptId],
  })
  return rows[0] ?? null
}
