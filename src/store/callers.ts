import type { Tx } from './tx.ts'
import type { Role } from './users.ts'

/** What decides what a member may do and see. */
export interface CallerRow {
  role: Role
  suspended_at: Date | null
  visibility: 'all' | 'own'
  /** Of the key they came with; null without one. */
  scopes: string[] | null
}

/** Reads who acts in a workspace; null when they are no member, or their key is none. */
export async function readCaller(
  tx: Tx,
  workspaceId: string,
  userId: string,
  apiKeyId: string | null,
): Promise<CallerRow | null> {
  const { rows } = await tx.query<CallerRow>({
    name: 'read-caller',
    text: `select m.role, m.suspended_at, w.visibility, k.scopes
      from memberships m join workspaces w on w.id = m.workspace_id
      left join api_keys k on k.workspace_id = $1 and k.id = $3 and k.user_id = $2 and k.revoked_at is null
      where m.workspace_id = $1 and m.user_id = $2 and ($3::uuid is null or k.id is not null)`,
    values: [workspaceId, userId, apiKeyId],
  })
  return rows[0] ?? null
}
