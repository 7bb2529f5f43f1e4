import { z } from 'zod'
import { unsigned_settings } from '../unsigned-webhook.ts'

/** What a trunk says of its account; its secret is the account's API key. */
export const bolna_settings = z.object({
  agent_id: z.uuid('must be the id of a Bolna agent').describe("The voice agent that talks on this trunk's calls"),
  from: z
    .string()
    .regex(/^\+[1-9]\d{6,14}$/, 'must be a phone number with + and its country code')
    .optional()
    .describe(
      "E.164; shown where a campaign has no caller id of its own. Without either the account's shared numbers are",
    ),
  ...unsigned_settings,
})

/** Throws for settings with faults; none are stored. */
export function readBolnaSettings(given: Record<string, unknown>): z.output<typeof bolna_settings> {
  return bolna_settings.parse(given)
}
