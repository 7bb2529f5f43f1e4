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

const columns = 'id, user_id, name, prefix, scopes, created_at, last_used_at, revoked_at'

export async function listApiKeys(tx: Tx, workspaceId: string, after: string | null, limit: number): Promise<ApiKey[]> {
  const { rows } = await tx.query<ApiKey>(
    `select ${columns} from api_keys where workspace_id = $1 and ($2::uuid is null or id > $2) order by id limit $3`,
    [workspaceId, after, limit],
  )
  return rows
}

export async function readApiKey(tx: Tx, workspaceId: string, id: string): Promise<ApiKey | null> {
  const { rows } = await tx.query<ApiKey>(`select ${columns} from api_keys where workspace_id = $1 and id = $2`, [
    workspaceId,
    id,
  ])
  return rows[0] ?? null
}

/** From the commit on nobody gets in with it; the first revocation's time stands. */
export async function revokeApiKey(tx: Tx, workspaceId: string, id: string, at: number): Promise<ApiKey | null> {
  const { rows } = await tx.query<ApiKey>(
    `update api_keys set revoked_at = coalesce(revoked_at, $3) where workspace_id = $1 and id = $2 returning ${columns}`,
    [workspaceId, id, new Date(at)],
  )
  return rows[0] ?? null
}

export async function revokeApiKeysOf(tx: Tx, workspaceId: string, userId: string, at: number): Promise<void> {
  await tx.query(
    'update api_keys set revoked_at = $3 where workspace_id = $1 and user_id = $2 and revoked_at is null',
    [workspaceId, userId, new Date(at)],
  )
}

export async function recordKeyUse(tx: Tx, workspaceId: string, id: string, at: number): Promise<void> {
  await tx.query('update api_keys set last_used_at = $3 where workspace_id = $1 and id = $2', [
    workspaceId,
    id,
    new Date(at),
  ])
}
