/**
 * Deliveries that nobody signs. Their address ends in a key that only the provider was told, and, if the trunk says so, they
 * come from certain addresses; what they say is believed all the same by nobody: they only name calls to ask about.
 */
import { createHash, timingSafeEqual } from 'node:crypto'
import { isIP } from 'node:net'
import { z } from 'zod'
import type { TrunkSettings } from './port.ts'
import type { Verification, Webhook } from './provider.ts'

/** What a trunk's settings say of such deliveries. Without a key none are taken. */
export const unsigned_settings = {
  webhook_key: z
    .string()
    .regex(/^[A-Za-z0-9_-]{20,100}$/, 'must be 20 to 100 letters, digits, - or _')
    .optional()
    .describe('The end of the address that its reports come to; without it none are taken'),
  webhook_sources: z
    .array(z.string().refine((text) => isIP(text) > 0, 'must be an IP address'))
    .max(20)
    .optional()
    .describe('Addresses that its reports may come from; anywhere, where there are none'),
}
const settings = z.object(unsigned_settings)

export function verifyUnsigned({ method, kind, source }: Webhook, trunk: TrunkSettings): Verification {
  const { webhook_key, webhook_sources = [] } = settings.safeParse(trunk.settings).data ?? {}
  if (webhook_key === undefined) return { ok: false, reason: 'the trunk has no webhook key' }
  if (method !== 'POST' || !isSame(kind, webhook_key)) return { ok: false, reason: 'the key does not match' }
  const known = webhook_sources.length === 0 || webhook_sources.includes(source.replace(/^::ffff:/, ''))
  return known ? { ok: true } : { ok: false, reason: 'it comes from elsewhere' }
}

/** Takes as long for any two texts. */
function isSame(told: string, key: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(told), digest(key))
}
