import type { Tx } from './tx.ts'

export type Role = 'owner' | 'admin' | 'supervisor' | 'agent' | 'viewer'

export interface Member {
  id: string
  email: string
  name: string
  role: Role
  concurrent_calls: number
  suspended_at: Date | null
  created_at: Date
}

/** Makes a person who may sign in; a second one with the same e-mail address is refused by the database. */
export async function createUser(tx: Tx, user: { id: string; email: string; name: string }, at: number): Promise<void> {
  await tx.query('insert into users (id, email, name, created_at, updated_at) values ($1, lower($2), $3, $4, $4)', [
    user.id,
    user.email,
    user.name,
    new Date(at),
  ])
}

export async function addMember(
  tx: Tx,
  workspaceId: string,
  member: { user_id: string; role: Role; concurrent_calls?: number },
  at: number,
): Promise<void> {
  await tx.query(
    `insert into memberships (workspace_id, user_id, role, concurrent_calls, created_at) values ($1, $2, $3, $4, $5)`,
    [workspaceId, member.user_id, member.role, member.concurrent_calls ?? 2, new Date(at)],
  )
}

const memberColumns = `u.id, u.email, u.name, m.role, m.concurrent_calls, m.suspended_at, m.created_at`

export async function readMember(tx: Tx, workspaceId: string, userId: string): Promise<Member | null> {
  const { rows } = await tx.query<Member>({
    name: 'read-member',
    text: `select ${memberColumns} from memberships m join users u on u.id = m.user_id
      where m.workspace_id = $1 and m.user_id = $2`,
    values: [workspaceId, userId],
  })
  return rows[0] ?? null
}

export async function listMembers(tx: Tx, workspaceId: string, after: string | null, limit: number): Promise<Member[]> {
  const { rows } = await tx.query<Member>(
    `select ${memberColumns} from memberships m join users u on u.id = m.user_id
     where m.workspace_id = $1 and ($2::uuid is null or u.id > $2) order by u.id limit $3`,
    [workspaceId, after, limit],
  )
  return rows
}

export async function changeMember(
  tx: Tx,
  workspaceId: string,
  userId: string,
  change: { role?: Role; concurrent_calls?: number; suspended_at?: Date | null },
): Promise<void> {
  await tx.query(
    `update memberships set role = coalesce($3, role), concurrent_calls = coalesce($4, concurrent_calls),
       suspended_at = case when $5 then $6 else suspended_at end
     where workspace_id = $1 and user_id = $2`,
    [
      workspaceId,
      userId,
      change.role ?? null,
      change.concurrent_calls ?? null,
      change.suspended_at !== undefined,
      change.suspended_at ?? null,
    ],
  )
}

/** Owners who can still act, under a lock: the last one can't be removed by two people at once. */
export async function countActiveOwners(tx: Tx, workspaceId: string): Promise<number> {
  const { rows } = await tx.query(
    `select user_id from memberships where workspace_id = $1 and role = 'owner' and suspended_at is null for update`,
    [workspaceId],
  )
  return rows.length
}
