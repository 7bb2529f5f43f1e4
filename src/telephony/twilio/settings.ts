import { z } from 'zod'

const sid = /^AC[0-9a-f]{32}$/i

/** What a trunk says of its account, which may be a subaccount; its secret is that account's auth token. */
const settings = z.object({
  account_sid: z.string().regex(sid, 'must be an account SID: AC and 32 hex digits'),
  /** E.164; shown where a campaign has no caller id of its own. */
  from: z
    .string()
    .regex(/^\+[1-9]\d{6,14}$/, 'must be a phone number with + and its country code')
    .optional(),
  /** Asks Twilio to find out whether a machine answered, which it charges for. */
  detect_machines: z.boolean().default(true),
  /** Lets Twilio record each answered call, both sides apart, which it charges for. */
  record_calls: z.boolean().default(false),
})

/** Throws for settings with faults; none are stored. */
export function readTwilioSettings(given: Record<string, unknown>): z.output<typeof settings> {
  return settings.parse(given)
}

export function findTwilioFaults(given: Record<string, unknown>): { path: string; message: string }[] {
  const read = settings.safeParse(given)
  return (read.error?.issues ?? []).map(({ path, message }) => ({ path: `settings.${path.join('.')}`, message }))
}
