import type { Tx } from './tx.ts'

/** Answers are kept this long (Stripe's 24 h). */
const keptHours = 24
/** A request whose server died never answers; its key is free again after this. */
const abandonedMinutes = 10

/** `taken`: this request is the first. Otherwise what is known of the first one; no answer while it is in flight. */
export type KeyTaking = { taken: true } | { taken: false; request_hash: Buffer; response: Buffer | null }

export async function takeKey(
  tx: Tx,
  workspaceId: string,
  request: { key: string; user_id: string; request_hash: Buffer; at: number },
): Promise<KeyTaking> {
  const { key, user_id, request_hash, at } = request
  const { rowCount } = await tx.query({
    name: 'take-idempotency-key',
    text: `insert into idempotency_keys as k (workspace_id, key, user_id, request_hash, created_at)
      values ($1, $2, $3, $4, $5)
      on conflict (workspace_id, key) do update
        set user_id = excluded.user_id, request_hash = excluded.request_hash, response = null, created_at = excluded.created_at
        where k.created_at < $5 - interval '${keptHours} hours'
          or (k.response is null and k.created_at < $5 - interval '${abandonedMinutes} minutes')`,
    values: [workspaceId, key, user_id, request_hash, new Date(at)],
  })
  if (rowCount === 1) return { taken: true }
  const { rows } = await tx.query<{ request_hash: Buffer; response: Buffer | null }>(
    'select request_hash, response from idempotency_keys where workspace_id = $1 and key = $2',
    [workspaceId, key],
  )
  // Freed between the two statements: the caller may try again.
  return { taken: false, request_hash, response: null, ...rows[0] }
}

export async function keepAnswer(tx: Tx, workspaceId: string, key: string, response: Buffer): Promise<void> {
  await tx.query({
    name: 'keep-answer',
    text: 'update idempotency_keys set response = $3 where workspace_id = $1 and key = $2',
    values: [workspaceId, key, response],
  })
}

/** The request came to nothing, so its key may be used again. */
export async function freeKey(tx: Tx, workspaceId: string, key: string): Promise<void> {
  await tx.query('delete from idempotency_keys where workspace_id = $1 and key = $2', [workspaceId, key])
}
