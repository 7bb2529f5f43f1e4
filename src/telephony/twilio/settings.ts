import { z } from 'zod'

const sid = /^AC[0-9a-f]{32}$/i

/** What a trunk says of its account; its secret is the account's auth token. */
const settings = z.object({ account_sid: z.string().regex(sid, 'must be an account SID: AC and 32 hex digits') })

export function findTwilioFaults(given: Record<string, unknown>): { path: string; message: string }[] {
  const read = settings.safeParse(given)
  return (read.error?.issues ?? []).map(({ path, message }) => ({ path: `settings.${path.join('.')}`, message }))
}
