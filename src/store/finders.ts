/**
 * What must be read before a workspace is known: the closed list of functions that return ids and, for signing in, the hash
 * of a password.
 */
import type { Pool } from './database.ts'

export interface Found {
  workspace_id: string
  user_id: string
}

export async function findApiKey(pool: Pool, tokenHash: Buffer): Promise<(Found & { api_key_id: string }) | null> {
  return first(pool, 'select * from find_api_key($1)', [tokenHash])
}

export async function findSession(pool: Pool, idHash: Buffer, at: number): Promise<Found | null> {
  return first(pool, 'select * from find_session($1, $2)', [idHash, new Date(at)])
}

export async function findSignInLink(pool: Pool, tokenHash: Buffer): Promise<Found | null> {
  return first(pool, 'select * from find_sign_in_link($1)', [tokenHash])
}

export async function findUser(pool: Pool, email: string): Promise<string | null> {
  const row = await first<{ id: string | null }>(pool, 'select find_user($1) as id', [email])
  return row?.id ?? null
}

/** Null for an unknown e-mail address and for somebody without a password. */
export async function findCredentials(
  pool: Pool,
  email: string,
): Promise<{ user_id: string; password_hash: string } | null> {
  return first(pool, 'select * from find_credentials($1)', [email])
}

/** Where they may work, the workspace joined first before the others. */
export async function findWorkspacesOf(pool: Pool, userId: string): Promise<string[]> {
  return ids(pool, 'select find_workspaces_of($1) as id', [userId])
}

/** The workspace a trunk belongs to; how a provider's webhook finds its tenant. */
export async function findTrunk(pool: Pool, trunkId: string): Promise<string | null> {
  const row = await first<{ id: string | null }>(pool, 'select find_trunk($1) as id', [trunkId])
  return row?.id ?? null
}

/** The trunks of an account at a provider, whosever they are; how a callback finds its tenant that names no trunk. */
export async function findTrunksOfAccount(
  pool: Pool,
  provider: string,
  account: string,
): Promise<{ workspace_id: string; trunk_id: string }[]> {
  const { rows } = await pool.query<{ workspace_id: string; trunk_id: string }>(
    'select * from find_trunks_of_account($1, $2)',
    [provider, account],
  )
  return rows
}

/** Workspaces in which a campaign runs, an attempt is live, or something waits to be applied. */
export async function findWorkspacesWithWork(pool: Pool): Promise<string[]> {
  return ids(pool, 'select find_workspaces_with_work() as id', [])
}

export async function findUnfinishedImports(pool: Pool): Promise<{ workspace_id: string; import_id: string }[]> {
  const { rows } = await pool.query<{ workspace_id: string; import_id: string }>(
    'select * from find_unfinished_imports()',
  )
  return rows
}

export async function findUnfinishedSuppressionLists(pool: Pool): Promise<{ workspace_id: string; list_id: string }[]> {
  const { rows } = await pool.query<{ workspace_id: string; list_id: string }>(
    'select * from find_unfinished_suppression_lists()',
  )
  return rows
}

/** Recordings to be fetched or deleted now, the longest due first. */
export async function findDueRecordings(
  pool: Pool,
  most: number,
): Promise<{ workspace_id: string; recording_id: string }[]> {
  const { rows } = await pool.query<{ workspace_id: string; recording_id: string }>(
    'select * from find_due_recordings($1)',
    [most],
  )
  return rows
}

async function first<Row extends object>(pool: Pool, text: string, values: unknown[]): Promise<Row | null> {
  const { rows } = await pool.query<Row>(text, values)
  return rows[0] ?? null
}

async function ids(pool: Pool, text: string, values: unknown[]): Promise<string[]> {
  const { rows } = await pool.query<{ id: string }>(text, values)
  return rows.map((row) => row.id)
}
