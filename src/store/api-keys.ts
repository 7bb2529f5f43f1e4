import type { Tx } from './tx.ts'

export interface ApiKey {
  id: string
  user_id: string
  name: string
  /** The token's first characters, for people to tell keys apart. */
  prefix: string
  scopes: string[]
  created_at: Date
  last_used_at: Date | null
  revoked_at: Date | null
}

export async function createApiKey(
  tx: Tx,
  workspaceId: string,
  key: Pick<ApiKey, 'id' | 'user_id' | 'name' | 'prefix' | 'scopes'> & { token_hash: Buffer; at: number },
): Promise<void> {
  await tx.query(
    `insert into api_keys (workspace_id, id, user_id, name, prefix, token_hash, scopes, created_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [workspaceId, key.id, key.user_id, key.name, key.prefix, key.token_hash, key.scopes, new Date(key.at)],
  )
}
