/**
 * When an agent's leg is rung, kept and closed; and what its state means for the session and the call in hand. One step at a
 * time: whoever takes it asks again, until there is nothing left to do. Times are epoch milliseconds.
 *
 *   who is reached         the leg is rung                               and closed
 *   at a browser           when signed on, but for a break               when the session ends
 *   at a phone             when a campaign of theirs has a lead due      when none had one for ten minutes
 *
 * A phone that is picked up signs its agent on, and one that is hung up signs off whom it signed on. With a call in hand a
 * browser's leg is rung anew at once and the call is put on it; a phone that is hung up ends the call.
 */
import type { AgentState } from './agent-session.ts'

/** Of the session that a picked-up phone opens: its client. */
export const phoneClient = 'phone'
export const hungUp = 'hung up'
export const nothingDue = 'nothing due'

/** Nobody is rung again sooner than this after hanging up, or not being reached; doubled with each further failure. */
export const phoneRest = { first_ms: 5 * 60_000, longest_ms: 3_600_000 }
/** A softphone that can't be reached is tried again soon: its agent sits before it. */
const browserRest = { first_ms: 2_000, longest_ms: 60_000 }
/** With nothing to dial for this long, a phone is let go. */
export const quietMs = 10 * 60_000
/** A call whose agent has no leg for this long is ended. */
export const lostLegMs = 15_000

export interface LegNeeds {
  reached_at: 'browser' | 'extension' | 'outside'
  /** Active, a person, and not deleted. */
  present: boolean
  /** The open one. */
  session: { state: AgentState; state_since: number; leg_id: string | null; by_engine: boolean } | null
  ended_session: { ended_at: number; reason: string | null } | null
  /** The answered call in the session's hands; one that is parked needs no leg. */
  call: { attempt_id: string; trunk_id: string } | null
  /** The one that is not down. */
  leg: { id: string; state: 'opening' | 'up'; trunk_id: string; asked_at: number; closing: boolean } | null
  /** Those that went down, the latest first. */
  past: { was_up: boolean; down_at: number; closing: boolean }[]
  /** Active ones with human agents, this one among them, the heaviest first. */
  campaigns: ServedCampaign[]
  default_trunk: { id: string; usable: boolean } | null
}

export interface ServedCampaign {
  trunk_id: string | null
  caller_id: string | null
  /** Its mode dials for agents, so that a phone is rung for it. */
  rings: boolean
  due: boolean
  /** Its trunk is active and not resting; and has a line free besides. */
  usable: boolean
  free: boolean
  last_claim_at: number | null
}

export type LegStep =
  | { step: 'open'; trunk_id: string; caller_id: string | null }
  | { step: 'close' | 'attach' | 'sign_on' | 'hang_up' }
  | { step: 'bridge'; attempt_id: string }
  | { step: 'sign_off'; reason: string }

/** The next step; null when all is as it should be, or something has to happen first. */
export function judgeLeg(needs: LegNeeds, at: number): LegStep | null {
  const { session, leg } = needs
  if (session?.state === 'reserved' || session?.state === 'on_call') return judgeInCall(needs, session, at)
  const settled = session === null || session.state !== 'wrap_up'
  if (leg === null) return judgeWithout(needs, at)
  if (leg.closing) return null
  if (!needs.present || isSignedOff(needs)) return settled ? { step: 'close' } : null
  const quiet = needs.reached_at !== 'browser' && isQuiet(needs, at)
  if (settled && quiet && session?.by_engine) return { step: 'sign_off', reason: nothingDue }
  if (settled && (quiet || isOnWrongTrunk(needs))) return { step: 'close' }
  if (leg.state !== 'up') return null
  if (session === null) return { step: 'sign_on' }
  return session.leg_id === leg.id ? null : { step: 'attach' }
}

function judgeWithout(needs: LegNeeds, at: number): LegStep | null {
  const { session, reached_at } = needs
  const wants = needs.present && session?.state !== 'break' && (session !== null || reached_at !== 'browser')
  const open = wants && at >= restsUntil(needs) ? chooseLine(needs) : null
  if (open !== null) return open
  if (!session?.by_engine || session.state === 'wrap_up') return null
  return { step: 'sign_off', reason: needs.past[0]?.closing ? nothingDue : hungUp }
}

function judgeInCall(needs: LegNeeds, session: NonNullable<LegNeeds['session']>, at: number): LegStep | null {
  const { leg, call, reached_at } = needs
  if (leg?.state === 'up' && session.leg_id === leg.id) return null
  const lost = Math.max(needs.past.find(({ was_up }) => was_up)?.down_at ?? 0, session.state_since)
  // Whoever is reserved was not heard yet: the matcher looks after the person, and has less patience.
  const talks = session.state === 'on_call' && call !== null
  if (talks && at >= lost + lostLegMs) return { step: 'hang_up' }
  if (leg?.state === 'up') return talks ? { step: 'bridge', attempt_id: call.attempt_id } : { step: 'attach' }
  if (leg !== null) return null
  if (reached_at !== 'browser') return talks ? { step: 'hang_up' } : null
  if (!needs.present || at < restsUntil(needs)) return null
  // A call can be put on a leg of its own trunk alone.
  return call === null ? chooseLine(needs) : { step: 'open', trunk_id: call.trunk_id, caller_id: null }
}

/** Somebody ended the session that the leg was there for; a browser's leg is there for an open one. */
function isSignedOff({ session, reached_at, leg, ended_session }: LegNeeds): boolean {
  if (session !== null || leg === null) return false
  return reached_at === 'browser' || (ended_session !== null && ended_session.ended_at >= leg.asked_at)
}

/** The campaigns that the leg may be there for. */
function servedBy({ reached_at, campaigns }: LegNeeds): ServedCampaign[] {
  return reached_at === 'browser' ? campaigns : campaigns.filter(({ rings }) => rings)
}

function isQuiet(needs: LegNeeds, at: number): boolean {
  const served = servedBy(needs)
  if (served.some(({ due }) => due)) return false
  const last = Math.max(needs.leg?.asked_at ?? 0, ...served.map(({ last_claim_at }) => last_claim_at ?? 0))
  return at - last >= quietMs
}

function isOnWrongTrunk(needs: LegNeeds): boolean {
  const served = servedBy(needs)
  return served.length > 0 && served.every(({ trunk_id }) => trunk_id !== needs.leg?.trunk_id)
}

/** A phone is rung for a lead that can be dialed now and for nothing else. */
function chooseLine(needs: LegNeeds): Extract<LegStep, { step: 'open' }> | null {
  const usable = servedBy(needs).filter((campaign) => campaign.usable && campaign.trunk_id !== null)
  const due = usable.find((campaign) => campaign.due && (campaign.free || needs.reached_at === 'browser'))
  const chosen = due ?? (needs.reached_at === 'browser' ? usable[0] : undefined)
  if (chosen) return { step: 'open', trunk_id: chosen.trunk_id as string, caller_id: chosen.caller_id }
  const { default_trunk: trunk } = needs
  return needs.reached_at === 'browser' && trunk?.usable ? { step: 'open', trunk_id: trunk.id, caller_id: null } : null
}

/** What we closed ourselves says nothing of the agent; who was signed off by somebody is left alone like who hung up. */
function restsUntil({ reached_at, past, ended_session }: LegNeeds): number {
  const told = past.filter(({ closing }) => !closing)
  const reached = told.findIndex(({ was_up }) => was_up)
  const failures = reached === -1 ? told.length : reached
  const last = told[0]
  const browser = reached_at === 'browser'
  const signedOff = !browser && ended_session && ended_session.reason !== nothingDue ? ended_session.ended_at : null
  const after_sign_off = signedOff === null ? 0 : signedOff + phoneRest.first_ms
  if (last === undefined || (browser && last.was_up)) return after_sign_off
  const { first_ms, longest_ms } = browser ? browserRest : phoneRest
  const rest = Math.min(longest_ms, first_ms * 2 ** Math.max(0, failures - 1))
  return Math.max(after_sign_off, last.down_at + rest)
}
