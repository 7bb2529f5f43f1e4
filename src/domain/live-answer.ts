/**
 * Who answered, as far as an agent's time is concerned, from when a person waits, and what is done with a machine.
 *
 *   detection            carrier asked, and able          not asked, or not able
 *   ──────────────────── ──────────────────────────────── ──────────────────────
 *   nothing heard yet    not yet; live after 4 s          live
 *   human, unknown       live                             live
 *   machine              as `on_machine` says             live
 *   screened, fax        as `on_detection` says; else     live
 *                        connected where machines are,
 *                        and hung up on where they aren't
 */
import type { CallFacts, Detection } from './call.ts'

export const machineActs = ['hang_up', 'connect', 'leave_message'] as const
export type MachineAct = (typeof machineActs)[number]

export interface MachineRules {
  on_machine: MachineAct
  /** A fax hears no message. */
  on_detection: { screened?: MachineAct; fax?: Exclude<MachineAct, 'leave_message'> }
}

export interface AnswerRules extends MachineRules {
  /** Detection was asked for. */
  detects_machines: boolean
  waits_from: 'answer' | 'detection'
  /** Of the machines so many are connected all the same, so that somebody can say whether they are. */
  machine_sample_percent: number
}

/** Detection that has said nothing for so long will not; a machine's takes 2.4 s. */
export const detectionPatienceMs = 4_000
/** A live answer may wait for an agent for so long (47 CFR 64.1200(a)(7): two seconds). */
export const patienceMs = 2_000

/** Abandoned of a campaign's live answers over 30 days, at most (16 CFR 310.4(b)(4)(i): three per cent). */
export const defaultAbandonCap = 0.03

/** `waiting_since` in epoch ms. */
export type Answered =
  | { as: 'unknown_yet' }
  | { as: 'machine'; leave_message: boolean }
  | { as: 'live'; waiting_since: number }

/** No person, as far as detection can tell. */
export function isMachine(detection: Detection | null): detection is 'machine' | 'screened' | 'fax' {
  return detection === 'machine' || detection === 'screened' || detection === 'fax'
}

/** What is done with whom detection heard; only who is no person is ever hung up on. */
export function actOn(detection: Detection | null, { on_machine, on_detection }: MachineRules): MachineAct {
  if (!isMachine(detection)) return 'connect'
  if (detection === 'machine') return on_machine
  return on_detection[detection] ?? (on_machine === 'connect' ? 'connect' : 'hang_up')
}

/** Always the same of one attempt, and of so many in a hundred: the end of its id is random. */
export function isSampled(attempt_id: string, percent: number): boolean {
  return (Number.parseInt(attempt_id.slice(-8), 16) / 2 ** 32) * 100 < percent
}

/** Something has answered, and somebody of ours may be wanted for it: to talk, or to end it. */
export function isOpenAnswer(
  call: Pick<CallFacts, 'answered_at' | 'ended_at' | 'detection'> & { with_agents: boolean },
): boolean {
  return call.answered_at !== null && call.ended_at === null && (call.with_agents || isMachine(call.detection))
}

/** What an answered call is at `at`; `heard_at` is when detection spoke, null when that is not known. */
export function readAnswer(
  call: Pick<CallFacts, 'answered_at' | 'detection'> & { id: string },
  rules: AnswerRules,
  times: { at: number; heard_at: number | null },
): Answered {
  const answered = Math.min(Date.parse(call.answered_at as string), times.at)
  if (!rules.detects_machines) return { as: 'live', waiting_since: answered }
  const { detection } = call
  if (detection === null && times.at < answered + detectionPatienceMs) return { as: 'unknown_yet' }
  const act = actOn(detection, rules)
  const sampled = detection === 'machine' && isSampled(call.id, rules.machine_sample_percent)
  if (act !== 'connect' && !sampled) return { as: 'machine', leave_message: act === 'leave_message' }
  const heard = Math.min(times.heard_at ?? times.at, times.at)
  return { as: 'live', waiting_since: rules.waits_from === 'answer' ? answered : heard }
}
