/**
 * Who answered, as far as an agent's time is concerned, and from when a person waits.
 *
 *   detection            carrier asked, and able     not asked, or not able
 *   ──────────────────── ─────────────────────────── ──────────────────────
 *   nothing heard yet    not yet; live after 4 s     live
 *   human, unknown       live                        live
 *   machine, fax,        a machine, unless agents    live
 *   screened             hear machines, too
 */
import type { CallFacts } from './call.ts'

export interface AnswerRules {
  /** Detection was asked for. */
  detects_machines: boolean
  on_machine: 'hang_up' | 'connect'
  waits_from: 'answer' | 'detection'
}

/** Detection that has said nothing for so long will not; a machine's takes 2.4 s. */
export const detectionPatienceMs = 4_000
/** A live answer may wait for an agent for so long (47 CFR 64.1200(a)(7): two seconds). */
export const patienceMs = 2_000

/** Abandoned of a campaign's live answers over 30 days, at most (16 CFR 310.4(b)(4)(i): three per cent). */
export const defaultAbandonCap = 0.03

/** `waiting_since` in epoch ms. */
export type Answered = { as: 'unknown_yet' } | { as: 'machine' } | { as: 'live'; waiting_since: number }

/** What an answered call is at `at`; `heard_at` is when detection spoke, null when that is not known. */
export function readAnswer(
  call: Pick<CallFacts, 'answered_at' | 'detection'>,
  rules: AnswerRules,
  times: { at: number; heard_at: number | null },
): Answered {
  const answered = Math.min(Date.parse(call.answered_at as string), times.at)
  if (!rules.detects_machines) return { as: 'live', waiting_since: answered }
  const { detection } = call
  if (detection === null && times.at < answered + detectionPatienceMs) return { as: 'unknown_yet' }
  const isMachine = detection === 'machine' || detection === 'fax' || detection === 'screened'
  if (isMachine && rules.on_machine === 'hang_up') return { as: 'machine' }
  const heard = Math.min(times.heard_at ?? times.at, times.at)
  return { as: 'live', waiting_since: rules.waits_from === 'answer' ? answered : heard }
}
