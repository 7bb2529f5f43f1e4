import { z } from 'zod'

const sid = /^AC[0-9a-f]{32}$/i

/** What a trunk says of its account, which may be a subaccount; its secret is that account's auth token. */
export const twilio_settings = z.object({
  account_sid: z.string().regex(sid, 'must be an account SID: AC and 32 hex digits'),
  from: z
    .string()
    .regex(/^\+[1-9]\d{6,14}$/, 'must be a phone number with + and its country code')
    .optional()
    .describe('E.164; shown where a campaign has no caller id of its own'),
  detect_machines: z
    .boolean()
    .default(true)
    .describe('It may be asked whether a machine answered, which it charges for'),
  record_calls: z
    .boolean()
    .default(false)
    .describe('It records each answered call, both sides apart, which it charges for'),
})

/** Throws for settings with faults; none are stored. */
export function readTwilioSettings(given: Record<string, unknown>): z.output<typeof twilio_settings> {
  return twilio_settings.parse(given)
}
