/** What the adapter (./remote.ts) and the carrier process (./http-door.ts) say to each other over HTTP. */
import { z } from 'zod'
import type { Located } from '../port.ts'

/** Safe in a path as it stands. */
const attempt_id = z.string().regex(/^[\w-]{1,200}$/, 'must be letters, digits, - and _')

export const dial_request = z.object({
  attempt_id,
  number: z.string().regex(/^\+[1-9]\d{6,14}$/, 'must be an E.164 number'),
  caller_id: z.string().max(32).nullable().default(null),
  ring_timeout_ms: z.number().int().positive().max(600_000),
  trunk_id: z.string().min(1).max(200),
  /** Null for the carrier's own. */
  speed: z.number().positive().nullable().default(null),
  callback_url: z.url({ protocol: /^https?$/ }),
  /** Signs the webhooks of this call; safe in an address. */
  secret: z.string().regex(/^[\w-]{16,200}$/),
})
export type DialRequest = z.infer<typeof dial_request>

export const hangup_request = z.object({ attempt_id })

export const dial_response = z.object({ provider_call_id: z.string() })
export const fault_response = z.object({
  fault: z.object({
    verdict: z.enum(['retryable', 'permanent', 'blocked', 'indeterminate']),
    reason: z.string(),
  }),
})

/** Checks no more than the shape that tells the answers apart: both ends are ours. */
export const located_response = z.union([
  z.object({ found: z.literal('never_seen') }),
  z.object({ found: z.literal('call'), provider_call_id: z.string(), events: z.array(z.unknown()) }),
]) as z.ZodType<Exclude<Located, { found: 'unreachable' }>>
