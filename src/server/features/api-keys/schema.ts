import { z } from 'zod'
import { pinnedDialects } from '../../dialects/addresses.ts'
import { scopes } from '../../http/permissions.ts'
import { id, instant, name } from '../../http/schema.ts'

const shown = {
  id,
  user_id: id,
  name: z.string(),
  prefix: z.string(),
  scopes: z.array(z.string()),
  created_at: instant,
  last_used_at: instant.nullable(),
  revoked_at: instant.nullable(),
}

export const apiKey = z.object(shown).meta({ id: 'ApiKey' })

/** The token is shown this once. */
export const madeApiKey = z.object({ ...shown, token: z.string().nullable() }).meta({ id: 'MadeApiKey' })

export const newApiKey = z.strictObject({
  name,
  scopes: z.array(z.enum(scopes)).min(1).max(3),
  /** Whom the key acts as; you, unless it says otherwise. */
  user_id: id.exactOptional(),
  dialect: z
    .enum(pinnedDialects)
    .describe('The older client that uses it, where two share an address; its name is part of the token')
    .exactOptional(),
})
