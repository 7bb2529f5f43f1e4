import { z } from 'zod'
import { actionNames } from '../../http/permissions.ts'
import { id } from '../../http/schema.ts'
import { user } from '../users/schema.ts'
import { workspace } from '../workspaces/schema.ts'

export const me = z
  .object({
    user,
    workspace,
    scopes: z.array(z.string()).nullable(),
    may: z.array(z.enum(actionNames)).meta({ description: 'What the caller may do here, by role and key.' }),
  })
  .meta({ id: 'Me' })
export const link = z.object({ token: z.string().nullable(), url: z.string().nullable() }).meta({ id: 'SignInLink' })

/** Longer than anybody's, short enough to hash. */
const longest = 256
const presented = z.string().min(1).max(longest)

export const credentials = z.strictObject({
  email: z.string().min(1).max(320),
  password: presented,
  /** Of several workspaces; else the one joined first. */
  workspace_id: id.exactOptional(),
})
export const signIn = z.union([z.strictObject({ token: z.string().min(1).max(500) }), credentials])
export const signedIn = z.object({ workspace_id: id, user_id: id })

export const newPassword = z.strictObject({
  password: z.string().min(12).max(longest),
  current_password: presented.exactOptional(),
})
