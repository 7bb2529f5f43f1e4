import { z } from 'zod'

/** What a trunk of this carrier has beside its secret, which is the account's key. */
export const parrot_settings = z.object({
  account: z.string().regex(/^[a-z0-9-]{3,40}$/, 'must be the name of an account'),
})

/** Throws for a trunk that was never checked. */
export const readParrotSettings = (given: Record<string, unknown>) => parrot_settings.parse(given)
