import type { Pulse } from '#analytics/pulse.ts'
import { reserveSessions } from '#store/agent-matching.ts'
import type { Claim } from '#store/claim-attempts.ts'
import type { Tx } from '#store/tx.ts'
import type { IdleSession } from '#store/usage.ts'

/** A call whose agent is known before it is dialed. */
export interface Binding {
  agent_id: string
  session_id: string
}

/**
 * Finds the agents of leads that are somebody's own. Those who are free are theirs from now on, and nobody else's in what
 * is left of the pulse; the others' leads have to wait.
 */
export function bindOwnLeads<C extends { lead_id: string; agent_id: string | null }>(
  candidates: C[],
  pulse: Pulse,
): { bound: Map<string, Binding>; away: C[]; left: Pulse } {
  const bound = new Map<string, Binding>()
  const away: C[] = []
  const free = new Map(pulse.idle.map((session) => [session.agent_id, session]))
  for (const candidate of candidates) {
    if (candidate.agent_id === null) continue
    const session = free.get(candidate.agent_id)
    free.delete(candidate.agent_id)
    if (session) bound.set(candidate.lead_id, { agent_id: session.agent_id, session_id: session.session_id })
    else away.push(candidate)
  }
  if (bound.size === 0) return { bound, away, left: pulse }
  const taken = new Set([...bound.values()].map(({ session_id }) => session_id))
  return { bound, away, left: { ...pulse, idle: pulse.idle.filter(({ session_id }) => !taken.has(session_id)) } }
}

/** Hands out the agents dealt to a campaign, one after the other, to leads that are shown before they are dialed. */
export function createHandout(dealt: Map<string, { agents: IdleSession[] }>): (campaignId: string) => Binding | null {
  const left = new Map([...dealt].map(([id, { agents }]) => [id, [...agents]]))
  return (campaignId) => {
    const next = left.get(campaignId)?.shift()
    return next ? { agent_id: next.agent_id, session_id: next.session_id } : null
  }
}

/** Reserves the agents of bound claims; claims whose agent is gone meanwhile are left out. */
export async function keepReserved(tx: Tx, workspaceId: string, claims: Claim[], at: number): Promise<Claim[]> {
  const wanted = claims.flatMap(({ session_id, attempt_id, trunk_id }) =>
    session_id === null ? [] : [{ session_id, call_id: attempt_id, trunk_id }],
  )
  const reserved = wanted.length === 0 ? new Set() : await reserveSessions(tx, workspaceId, wanted, at)
  const isKept = ({ session_id, offered_until }: Claim) =>
    session_id === null ? offered_until === null : reserved.has(session_id)
  return claims.filter(isKept)
}
