/**
 * A promised call of a lead at a time. While one is open, its lead is a callback, or is being called.
 *
 *   open → kept       a call reached the person, at the earliest `remindBeforeMs` before the time promised
 *   open → missed     nobody reached the person until it expired, or no try is left
 *   open → cancelled  somebody took it back, or its lead or campaign was closed without it
 *   any of them → open  only when a correction of what was said about the call that closed it says so
 *
 * What time alone brings about, asked each second of an open callback; the first row that fits:
 *
 *   lead closed, or campaign cancelled or archived                             cancelled
 *   its lead is being called                                                   –
 *   `expires_at` is over                                                       missed
 *   it is due and its agent is signed off, or is not free for `awayGraceMs`    the team's
 *   `remindBeforeMs` before the time promised, once                            its agent is told; the team's: who watches
 */
import type { Outcome } from './call.ts'
import type { CallResult } from './retry.ts'

const MINUTE_MS = 60_000
const DAY_MS = 24 * 60 * MINUTE_MS

export const callbackStatuses = ['open', 'kept', 'missed', 'cancelled'] as const
export type CallbackStatus = (typeof callbackStatuses)[number]

export const remindBeforeMs = 5 * MINUTE_MS
/** So long after it was due a callback waits for an agent who is on a break or in another call. */
export const awayGraceMs = 10 * MINUTE_MS
/** So long after the time promised it may still be kept: lawful hours may have closed in between. */
export const expiresAfterMs = DAY_MS
/** Nobody promises a time further ahead. */
export const farthestMs = 180 * DAY_MS

/** What an ended call was, as far as a promise asks. Instants are epoch ms. */
export interface CallOfCallback {
  outcome: Outcome
  /** When somebody was there to talk: the agent, or the voice of a campaign without agents. */
  heard_at: number | null
  result: CallResult | null
}

export interface Settlement {
  status: CallbackStatus
  /** Why it was not kept. */
  reason: string | null
}

/** What became of a callback by a call of its lead that has ended, and of which `lead` is left. */
export function settleCallback(
  promisedAt: number,
  { outcome, heard_at, result }: CallOfCallback,
  lead: { status: string; held_by: string | null },
): Settlement {
  const answered = outcome === 'human' || outcome === 'answered'
  // Whoever says that it has to be tried again has not reached the person, whatever the carrier heard.
  const reached = answered && heard_at !== null && result?.kind !== 'retry'
  if (reached && heard_at >= promisedAt - remindBeforeMs) return { status: 'kept', reason: null }
  if (result?.kind === 'callback') return { status: 'cancelled', reason: 'promised_anew' }
  if (lead.status === 'pending' || lead.status === 'callback') return { status: 'open', reason: null }
  if (lead.status === 'failed') return { status: 'missed', reason: lead.held_by ?? `no_try_left_after_${outcome}` }
  return { status: 'cancelled', reason: lead.held_by ?? lead.status }
}
