import type { Role } from '#store/users.ts'

/** Who is asking: always one user in one workspace, by a key or by a session. */
export interface Caller {
  workspace_id: string
  user_id: string
  role: Role
  /** Sees their own things only: the workspace says so and the role is below supervisor. */
  only_own: boolean
  /** By what they were recognised; also what their requests are counted by. */
  by: { kind: 'key'; id: string; scopes: string[] } | { kind: 'session'; id: string }
}
