import { z } from 'zod'
import { unsigned_settings } from '../unsigned-webhook.ts'

/** What a trunk says of its account; its secret is the account's API key. */
const settings = z.object({
  /** The voice agent that talks on this trunk's calls. */
  agent_id: z.uuid('must be the id of a Bolna agent'),
  /** E.164; shown where a campaign has no caller id of its own. Without either the account's shared numbers are. */
  from: z
    .string()
    .regex(/^\+[1-9]\d{6,14}$/, 'must be a phone number with + and its country code')
    .optional(),
  ...unsigned_settings,
})

/** Throws for settings with faults; none are stored. */
export function readBolnaSettings(given: Record<string, unknown>): z.output<typeof settings> {
  return settings.parse(given)
}

export function findBolnaFaults(given: Record<string, unknown>): { path: string; message: string }[] {
  const read = settings.safeParse(given)
  return (read.error?.issues ?? []).map(({ path, message }) => ({ path: `settings.${path.join('.')}`, message }))
}
