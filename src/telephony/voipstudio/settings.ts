import { z } from 'zod'
import { unsigned_settings } from '../unsigned-webhook.ts'

/** What a trunk says of its account; its secret is an API key of the account. */
export const voipstudio_settings = z.object({
  user_id: z
    .string()
    .regex(/^\d{1,12}$/, 'must be the id of a VoIPStudio user: digits, not the extension')
    .optional()
    .describe(
      'Whose softphone rings first, and who then talks; the user that the key belongs to, where it is not said',
    ),
  ...unsigned_settings,
})

/** Throws for settings with faults; none are stored. */
export function readVoipstudioSettings(given: Record<string, unknown>): z.output<typeof voipstudio_settings> {
  return voipstudio_settings.parse(given)
}
