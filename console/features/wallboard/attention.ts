import type { AgentSession } from '../../api/agent-sessions.ts'

export type Attention = 'line' | 'unsaved' | 'stuck' | 'wrapUp' | 'overBreak' | 'longCall' | 'idle'

const minute = 60_000

/** From when on a state is looked into: longer than what is usual in it. */
const longAfter: Partial<Record<AgentSession['state'], { ms: number; because: Attention }>> = {
  reserved: { ms: minute, because: 'stuck' },
  wrap_up: { ms: 2 * minute, because: 'wrapUp' },
  on_call: { ms: 20 * minute, because: 'longCall' },
  available: { ms: 15 * minute, because: 'idle' },
}

/** Why somebody should look at this agent; null where nobody need. */
export function attentionOf(session: AgentSession, ageMs: number): Attention | null {
  const { state, leg, break: rest, reason } = session
  if (state === 'available' && leg?.state === 'down') return 'line'
  if (state === 'break' && reason === 'unsaved') return 'unsaved'
  if (rest?.over) return 'overBreak'
  const long = longAfter[state]
  return long && ageMs > long.ms ? long.because : null
}

const order: readonly AgentSession['state'][] = ['on_call', 'reserved', 'wrap_up', 'available', 'break']

export interface Seen extends AgentSession {
  ageMs: number
  attention: Attention | null
}

/** Whoever needs attention first, then by what they do, those who have done it longest before the others. */
export function sortBoard(rows: readonly AgentSession[], now: number): Seen[] {
  const seen = rows.map((row): Seen => {
    const ageMs = Math.max(0, now - Date.parse(row.state_since))
    return { ...row, ageMs, attention: attentionOf(row, ageMs) }
  })
  const rank = ({ attention, state }: Seen) => (attention === null ? 1 + order.indexOf(state) : 0)
  return seen.sort((one, other) => rank(one) - rank(other) || other.ageMs - one.ageMs)
}
