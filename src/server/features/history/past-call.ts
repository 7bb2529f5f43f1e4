import { createHash } from 'node:crypto'
import type { Outcome } from '#domain/call.ts'
import type { CallStatus } from '#store/campaign-counts.ts'
import { newId } from '#store/ids.ts'
import type { PastCallInput } from './schema.ts'

/** One that was under way when the other system was asked has an end that nobody knows. */
const outcomes: Record<CallStatus, Outcome> = {
  initiated: 'unknown',
  ringing: 'unknown',
  answered: 'unknown',
  completed: 'answered',
  failed: 'failed',
  busy: 'busy',
  'no-answer': 'no_answer',
  canceled: 'canceled',
}

/** When the call began, was answered and ended, as far as the other system's word goes; what is missing is filled in. */
export function readTimes({ status, initiated_at, answered_at, ended_at, duration_seconds }: PastCallInput) {
  const began = Date.parse(initiated_at)
  const talked_ms = (duration_seconds ?? 0) * 1000
  const told = ended_at ? Math.max(began, Date.parse(ended_at)) : null
  const heard = answered_at ? Date.parse(answered_at) : (told ?? began + talked_ms) - talked_ms
  const answered = status === 'completed' ? Math.min(Math.max(began, heard), told ?? Number.POSITIVE_INFINITY) : null
  const ended = told ?? (answered ?? began) + talked_ms
  return { initiated_at: iso(began), answered_at: answered === null ? null : iso(answered), ended_at: iso(ended) }
}

export function outcomeOf(status: CallStatus): Outcome {
  return outcomes[status]
}

/** Always the same for the same thing of the same source, and sorted by its time as every id is. */
export function idOfPast(workspaceId: string, source: string, key: string, at: number): string {
  const hash = createHash('sha256')
    .update(JSON.stringify([workspaceId, source, key]))
    .digest('hex')
  const time = newId(Math.max(0, at)).slice(0, 13)
  const variant = (0x8 | (Number.parseInt(hash[0] as string, 16) & 0x3)).toString(16)
  return `${time}-7${hash.slice(1, 4)}-${variant}${hash.slice(4, 7)}-${hash.slice(7, 19)}`
}

function iso(at: number): string {
  return new Date(at).toISOString()
}
