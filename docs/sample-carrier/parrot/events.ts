/** The carrier's words for what happens to a call, and ours. Nothing it says is believed before it was looked at. */
import { z } from 'zod'
import type { CallEvent, Outcome } from '#domain/call.ts'

const at = z.iso.datetime()

/** One thing that happened, as its callbacks and its answers tell it. */
export const happening = z.discriminatedUnion('what', [
  z.object({ what: z.literal('alerting'), at }),
  z.object({ what: z.literal('connected'), at }),
  z.object({ what: z.literal('heard'), at, heard: z.enum(['person', 'machine']) }),
  z.object({ what: z.literal('cleared'), at, reason: z.string().max(40), connected_at: at.nullable() }),
])
export type Happening = z.output<typeof happening>

/** How a call was cleared. A reason that is not here is a new one of theirs: the call has failed, and the reason is kept. */
const reasons = new Map<string, Outcome>([
  ['talked', 'answered'],
  ['talked_to_machine', 'machine'],
  ['engaged', 'busy'],
  ['unanswered', 'no_answer'],
  ['declined', 'rejected'],
  ['unknown_number', 'invalid_number'],
  ['hung_up_by_you', 'canceled'],
])

export function eventOf(told: Happening): CallEvent {
  switch (told.what) {
    case 'alerting':
      return { kind: 'ringing', at: told.at }
    case 'connected':
      return { kind: 'answered', at: told.at }
    case 'heard':
      return { kind: 'detected', at: told.at, detection: told.heard === 'person' ? 'human' : 'machine' }
    case 'cleared': {
      const outcome = reasons.get(told.reason) ?? 'failed'
      const answered = told.connected_at === null ? {} : { answered_at: told.connected_at }
      return { kind: 'ended', at: told.at, outcome, cause: told.reason, ...answered }
    }
  }
}

/** One thing is told once, however often and whoever tells it: this is the key by which it is known again. */
export const keyOf = (call: string, { what }: Happening) => `${call}:${what}`
