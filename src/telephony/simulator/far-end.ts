import type { CallEvent, Outcome } from '#domain/call.ts'
import type { Chance } from './chance.ts'
import type { Behaviour } from './script.ts'

/** Who, or what, is at the other end of a simulated line. */
export type FarEnd = 'person' | 'in_haste' | 'machine' | 'busy' | 'nobody' | 'declines' | 'void' | 'jammed'

/** Far ends that are gone before they ring: outcome and the carrier's word for it. */
const dead_ends: Partial<Record<FarEnd, [Outcome, string]>> = {
  busy: ['busy', 'user_busy'],
  void: ['invalid_number', 'unallocated_number'],
  jammed: ['congestion', 'network_congestion'],
}

type WithoutTime<E> = E extends CallEvent ? Omit<E, 'at'> : never
export type Happening = [offset_ms: number, event: CallEvent]

/**
 * What happens on the line, in order, each with its offset from the dial in the carrier's own milliseconds;
 * `iso` turns an offset into the time that the event bears.
 */
export function playFarEnd(
  far_end: FarEnd,
  behaviour: Behaviour,
  chance: Chance,
  ring_timeout_ms: number,
  iso: (offset_ms: number) => string,
): Happening[] {
  const happenings: Happening[] = []
  const add = (offset: number, event: WithoutTime<CallEvent>) =>
    happenings.push([offset, { ...event, at: iso(offset) }])

  const setup = (behaviour.setup_s ?? drawSetup(far_end, chance)) * 1000
  const dead = dead_ends[far_end]
  if (dead) {
    add(setup, { kind: 'ended', outcome: dead[0], cause: dead[1] })
    return happenings
  }

  add(setup, { kind: 'ringing' })
  const ring = (behaviour.ring_s ?? drawRing(far_end, chance)) * 1000
  if (far_end === 'nobody' || ring >= ring_timeout_ms) {
    add(setup + ring_timeout_ms, { kind: 'ended', outcome: 'no_answer', cause: 'no_answer' })
    return happenings
  }
  const picked_up = setup + ring
  if (far_end === 'declines') {
    add(picked_up, { kind: 'ended', outcome: 'rejected', cause: 'call_rejected' })
    return happenings
  }

  add(picked_up, { kind: 'answered' })
  const detection = far_end === 'machine' ? 'machine' : 'human'
  // Detection takes 1.3 s for a person and 2.4 s for a machine, as in the pacing simulator.
  const detected = detection === 'machine' ? 2400 : 1300
  const talk = (behaviour.talk_s ?? drawTalk(far_end, chance)) * 1000
  if (detected < talk) add(picked_up + detected, { kind: 'detected', detection })
  const answered_at = iso(picked_up)
  add(picked_up + talk, { kind: 'ended', outcome: detection, cause: 'normal_clearing', answered_at })
  return happenings
}

/** Seconds, as the pacing simulator draws them; a jammed network refuses with its answer to the dial. */
function drawSetup(far_end: FarEnd, chance: Chance): number {
  return far_end === 'jammed' ? 0 : chance.lognormal('setup', 1.5, 0.5)
}

/** Seconds: people pick up after 9 s on average, machines at 17 ± 3, as in the pacing simulator. */
function drawRing(far_end: FarEnd, chance: Chance): number {
  if (far_end === 'machine') return Math.max(1, chance.normal('ring', 17, 3))
  return chance.lognormal('ring', far_end === 'declines' ? 5 : 9, 0.6)
}

/** Seconds: who hangs up in haste is gone before any detection; a machine plays a greeting and takes a message. */
function drawTalk(far_end: FarEnd, chance: Chance): number {
  if (far_end === 'in_haste') return 0.5
  return far_end === 'machine' ? chance.lognormal('talk', 20, 0.5) : chance.lognormal('talk', 60, 0.9)
}
