import type { Tx } from './tx.ts'

/** Runs as the user it is of, like everything in this file. */
export interface OwnCredentials {
  email: string
  password_hash: string | null
  /** The session was opened by a one-time link a moment ago. */
  fresh_link: boolean
  /** This workspace is the one their account was made in. */
  at_home: boolean
}

/** What setting a password looks at, in the acting workspace; `linkedAfter` (epoch ms) says which links are fresh. */
export async function readOwnCredentials(
  tx: Tx,
  workspaceId: string,
  userId: string,
  session: Buffer | null,
  linkedAfter: number,
): Promise<OwnCredentials> {
  const { rows } = await tx.query<OwnCredentials>(
    `select u.email, c.password_hash, m.created_at = u.created_at as at_home,
       exists (select from sessions s where s.id_hash = $3 and s.user_id = $2 and s.opened_by = 'link'
         and s.created_at >= $4) as fresh_link
     from memberships m join users u on u.id = m.user_id left join user_credentials c on c.user_id = u.id
     where m.workspace_id = $1 and m.user_id = $2`,
    [workspaceId, userId, session, new Date(linkedAfter)],
  )
  return rows[0] as OwnCredentials
}

export async function savePasswordHash(tx: Tx, userId: string, hash: string, at: number): Promise<void> {
  await tx.query(
    `insert into user_credentials (user_id, password_hash, updated_at) values ($1, $2, $3)
     on conflict (user_id) do update set password_hash = excluded.password_hash, updated_at = excluded.updated_at`,
    [userId, hash, new Date(at)],
  )
}
