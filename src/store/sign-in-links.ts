import type { Tx } from './tx.ts'

export interface NewSignInLink {
  token_hash: Buffer
  user_id: string
  workspace_id: string
  kind: 'sign_in' | 'invite'
  at: number
  expires_at: number
}

/** Runs as the user it is for. */
export async function createSignInLink(tx: Tx, link: NewSignInLink): Promise<void> {
  await tx.query(
    `insert into sign_in_links (token_hash, user_id, workspace_id, kind, created_at, expires_at)
     values ($1, $2, $3, $4, $5, $6)`,
    [link.token_hash, link.user_id, link.workspace_id, link.kind, new Date(link.at), new Date(link.expires_at)],
  )
}

/** Spends a link: true once, and only before it expires. */
export async function spendSignInLink(tx: Tx, tokenHash: Buffer, at: number): Promise<boolean> {
  const { rowCount } = await tx.query(
    'update sign_in_links set used_at = $2 where token_hash = $1 and used_at is null and expires_at > $2',
    [tokenHash, new Date(at)],
  )
  return rowCount === 1
}

/** Whether the acting user has ever come in by a link. */
export async function hasSpentLink(tx: Tx, userId: string): Promise<boolean> {
  const { rows } = await tx.query<{ spent: boolean }>(
    'select exists (select from sign_in_links where user_id = $1 and used_at is not null) as spent',
    [userId],
  )
  return rows[0]?.spent ?? false
}
