import type { Tx } from './tx.ts'

export interface NewSession {
  id_hash: Buffer
  user_id: string
  workspace_id: string
  ip: string | null
  client: string | null
  opened_by: 'link' | 'password'
  at: number
  expires_at: number
}

/** Runs as the user it is for, like everything in this file. */
export async function createSession(tx: Tx, session: NewSession): Promise<void> {
  await tx.query(
    `insert into sessions (id_hash, user_id, workspace_id, ip, client, opened_by, created_at, expires_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [
      session.id_hash,
      session.user_id,
      session.workspace_id,
      session.ip,
      session.client,
      session.opened_by,
      new Date(session.at),
      new Date(session.expires_at),
    ],
  )
}

export async function endSession(tx: Tx, idHash: Buffer): Promise<void> {
  await tx.query('delete from sessions where id_hash = $1', [idHash])
}

/** Signs the acting user out everywhere, and takes back the links by which they could have signed in. */
export async function endAllSessions(tx: Tx, userId: string): Promise<void> {
  await tx.query('delete from sessions where user_id = $1', [userId])
  await tx.query(`delete from sign_in_links where user_id = $1 and kind = 'sign_in' and used_at is null`, [userId])
}

/** Signs the acting user out of one workspace everywhere, and forgets their sessions that have expired. */
export async function endSessionsIn(tx: Tx, userId: string, workspaceId: string, at: number): Promise<void> {
  await tx.query('delete from sessions where user_id = $1 and (workspace_id = $2 or expires_at <= $3)', [
    userId,
    workspaceId,
    new Date(at),
  ])
}
