import type { CallStatus } from './campaign-counts.ts'
import type { Tx } from './tx.ts'

/** How a call stands, as a client says while its carrier has told of no end. */
export interface SaidOfCall {
  status?: CallStatus
  /** Seconds. */
  duration?: number
  ended_at?: string
}

/** Keeps what a user says of a call among its events, apart from what its carrier tells; the last word is shown. */
export async function sayOfCall(
  tx: Tx,
  workspaceId: string,
  callId: string,
  said: SaidOfCall & { user_id: string },
  at: number,
): Promise<void> {
  await tx.query(
    `with noted as (
       insert into call_events (workspace_id, call_id, event_key, kind, at, received_at, detail)
       values ($1, $2, 'said:' || gen_random_uuid(), 'said', $4, $4, $3)
     )
     update calls set said = coalesce(said, '{}') || $3, changed_at = $4 where workspace_id = $1 and id = $2`,
    [workspaceId, callId, JSON.stringify(said), new Date(at)],
  )
}

export async function changeCallMetadata(
  tx: Tx,
  workspaceId: string,
  callId: string,
  metadata: Record<string, unknown>,
  at: number,
): Promise<void> {
  await tx.query('update calls set metadata = $3, changed_at = $4 where workspace_id = $1 and id = $2', [
    workspaceId,
    callId,
    JSON.stringify(metadata),
    new Date(at),
  ])
}

/** No longer shown to clients of older systems; false when it was not. */
export async function hideCall(tx: Tx, workspaceId: string, callId: string, at: number): Promise<boolean> {
  const { rowCount } = await tx.query(
    'update calls set hidden_at = $3 where workspace_id = $1 and id = $2 and hidden_at is null',
    [workspaceId, callId, new Date(at)],
  )
  return rowCount === 1
}
