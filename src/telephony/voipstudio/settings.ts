import { z } from 'zod'
import { unsigned_settings } from '../unsigned-webhook.ts'

/** What a trunk says of its account; its secret is an API key of the account. */
const settings = z.object({
  /** Whose softphone rings first, and who then talks; the user that the key belongs to, where it is not said. */
  user_id: z
    .string()
    .regex(/^\d{1,12}$/, 'must be the id of a VoIPStudio user: digits, not the extension')
    .optional(),
  ...unsigned_settings,
})

/** Throws for settings with faults; none are stored. */
export function readVoipstudioSettings(given: Record<string, unknown>): z.output<typeof settings> {
  return settings.parse(given)
}

export function findVoipstudioFaults(given: Record<string, unknown>): { path: string; message: string }[] {
  const read = settings.safeParse(given)
  return (read.error?.issues ?? []).map(({ path, message }) => ({ path: `settings.${path.join('.')}`, message }))
}
