import { z } from 'zod'
import { roles } from '../../http/permissions.ts'
import { email, id, instant, name } from '../../http/schema.ts'

export const user = z
  .object({
    id,
    email: z.string(),
    name: z.string(),
    role: z.enum(roles),
    concurrent_calls: z.number().int(),
    suspended_at: instant.nullable(),
    created_at: instant,
  })
  .meta({ id: 'User' })

const concurrent_calls = z.number().int().min(0).max(100_000)

export const newUser = z.strictObject({
  email,
  name,
  role: z.enum(roles).default('agent'),
  concurrent_calls: concurrent_calls.exactOptional(),
})

export const userChange = z.strictObject({
  role: z.enum(roles).exactOptional(),
  concurrent_calls: concurrent_calls.exactOptional(),
  suspended: z.boolean().exactOptional(),
})

/** The link is shown this once; whoever invites hands it over. */
export const invitation = z
  .object({ user, invite_token: z.string().nullable(), invite_url: z.string().nullable() })
  .meta({ id: 'Invitation' })
