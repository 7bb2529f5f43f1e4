import { z } from 'zod'
import type { SettingsFault } from '#telephony/provider.ts'

/** What a trunk of this carrier has beside its secret, which is the account's key. */
const settings = z.object({
  account: z.string().regex(/^[a-z0-9-]{3,40}$/, 'must be the name of an account'),
})

export function findParrotFaults(given: Record<string, unknown>): SettingsFault[] {
  const read = settings.safeParse(given)
  return (read.error?.issues ?? []).map(({ path, message }) => ({ path: `settings.${path.join('.')}`, message }))
}

/** Throws for a trunk that was never checked. */
export const readParrotSettings = (given: Record<string, unknown>) => settings.parse(given)
