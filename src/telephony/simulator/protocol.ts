/** What the adapter (./remote.ts) and the carrier process (./http-door.ts) say to each other over HTTP. */
import { z } from 'zod'
import type { ControlCommand, Located, LocatedLeg } from '../port.ts'

/** Safe in a path as it stands. */
const id = z.string().regex(/^[\w-]{1,200}$/, 'must be letters, digits, - and _')
const attempt_id = id
const leg_id = id

/** Where the webhooks of a call or a leg go, and how fast it is played. */
const route = {
  trunk_id: z.string().min(1).max(200),
  /** Null for the carrier's own. */
  speed: z.number().positive().nullable().default(null),
  callback_url: z.url({ protocol: /^https?$/ }),
  /** Signs the webhooks; safe in an address. */
  secret: z.string().regex(/^[\w-]{16,200}$/),
}
const ring_timeout_ms = z.number().int().positive().max(600_000)

const number = z.string().regex(/^\+[1-9]\d{6,14}$/, 'must be an E.164 number')

export const dial_request = z.object({
  attempt_id,
  number,
  caller_id: z.string().max(32).nullable().default(null),
  ring_timeout_ms,
  detect_machines: z.boolean().default(false),
  ...route,
})
export type DialRequest = z.infer<typeof dial_request>

export const hangup_request = z.object({ attempt_id })

/** The person at this number answers the last call they got by a text message. */
export const text_request = z.object({ number, text: z.string().max(2000) })

export const open_leg_request = z.object({
  leg_id,
  agent_id: z.string().min(1).max(200),
  reached_at: z.enum(['browser', 'extension', 'outside']),
  address: z.string().min(1).max(200),
  caller_id: z.string().max(32).nullable().default(null),
  ring_timeout_ms,
  ...route,
})
export type OpenLegRequest = z.infer<typeof open_leg_request>

export const close_leg_request = z.object({ leg_id })

const to = z.string().min(1).max(64)
const control_command = z.discriminatedUnion('act', [
  z.object({ act: z.literal('bridge'), attempt_id, leg_id }),
  z.object({
    act: z.enum([
      ...([
        'unbridge',
        'hold',
        'resume',
        'park',
        'unpark',
        'complete_transfer',
        'three_way',
        'cancel_consult',
      ] as const),
      ...(['record_start', 'record_pause', 'record_resume', 'record_stop'] as const),
    ]),
    attempt_id,
  }),
  z.object({ act: z.enum(['mute', 'unmute', 'leave']), leg_id }),
  z.object({ act: z.literal('dtmf'), attempt_id, digits: z.string().max(100) }),
  z.object({ act: z.enum(['transfer', 'consult']), attempt_id, to }),
  z.object({
    ...{ act: z.literal('play'), attempt_id, message: z.string().min(1).max(1000), then_hang_up: z.boolean() },
    after: z.literal('greeting').exactOptional(),
  }),
  z.object({
    act: z.literal('supervise'),
    ...{ attempt_id, leg_id, how: z.enum(['listen', 'whisper', 'barge', 'take_over']) },
  }),
]) satisfies z.ZodType<ControlCommand>

export const control_request = z.object({ command: control_command, speed: z.number().positive().nullable() })
export type ControlRequest = { command: ControlCommand; speed: number | null }

export const dial_response = z.object({ provider_call_id: z.string() })
export const open_leg_response = z.object({ provider_leg_id: z.string() })
export const fault_response = z.object({
  fault: z.object({
    verdict: z.enum(['retryable', 'permanent', 'barred', 'blocked', 'indeterminate']),
    reason: z.string(),
  }),
})

/** Checks no more than the shape that tells the answers apart: both ends are ours. */
export const located_response = z.union([
  z.object({ found: z.literal('never_seen') }),
  z.object({ found: z.literal('call'), provider_call_id: z.string(), events: z.array(z.unknown()) }),
]) as z.ZodType<Exclude<Located, { found: 'unreachable' }>>
export const located_leg_response = z.union([
  z.object({ found: z.literal('never_seen') }),
  z.object({ found: z.literal('leg'), up: z.boolean(), down: z.boolean() }),
]) satisfies z.ZodType<Exclude<LocatedLeg, { found: 'unreachable' }>>
