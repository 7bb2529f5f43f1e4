/**
 * From a behaviour to the timed events of one call. Figures in seconds are the carrier's own; the trunk's speed
 * divides them all.
 *
 *   behaviour                  far end     reports      reply to the dial   ends as
 *   answers                    person      in order     id                  human
 *   answers-then-hangs-up      in haste    in order     id                  human
 *   machine                    machine     in order     id                  machine
 *   busy                       busy        in order     id                  busy
 *   rings-out                  nobody      in order     id                  no_answer
 *   rejects                    declines    in order     id                  rejected
 *   invalid-number             void        in order     id                  invalid_number
 *   congestion                 jammed      none         refused             congestion
 *   never-reports-its-end      person      no end       id                  human
 *   reports-twice              person      all twice    id                  human
 *   reports-out-of-order       person      backwards    id                  human
 *   accepts-then-answers-500   person      in order     500                 human
 *   accepts-then-hangs         person      in order     never               human
 *
 * Who rings longer than the dial's ring time-out ends as no_answer, whatever they would have done.
 */
import { hash } from 'node:crypto'
import { applyChaos, type Chaos } from './chaos.ts'
import { type FarEnd, playFarEnd } from './far-end.ts'
import { castAttempt, type Deed, type Script } from './script.ts'
import { endOf, type PlannedEvent, type ReplyManner, type SimulatedCall } from './simulated-call.ts'

type Reporting = 'in_order' | 'none' | 'no_end' | 'all_twice' | 'backwards'

const courses: Record<Deed, [FarEnd, Reporting, ReplyManner]> = {
  answers: ['person', 'in_order', 'prompt'],
  'answers-then-hangs-up': ['in_haste', 'in_order', 'prompt'],
  machine: ['machine', 'in_order', 'prompt'],
  busy: ['busy', 'in_order', 'prompt'],
  'rings-out': ['nobody', 'in_order', 'prompt'],
  rejects: ['declines', 'in_order', 'prompt'],
  'invalid-number': ['void', 'in_order', 'prompt'],
  congestion: ['jammed', 'none', 'refused'],
  'never-reports-its-end': ['person', 'no_end', 'prompt'],
  'reports-twice': ['person', 'all_twice', 'prompt'],
  'reports-out-of-order': ['person', 'backwards', 'prompt'],
  'accepts-then-answers-500': ['person', 'in_order', 'error_500'],
  'accepts-then-hangs': ['person', 'in_order', 'never'],
}

/** A dial command as it reaches the carrier. */
export interface SimulatedDial {
  attempt_id: string
  number: string
  caller_id: string | null
  ring_timeout_ms: number
  trunk_id: string
  report_to: string
  speed: number
}

/** What stays the same for all calls of one carrier. */
export interface Setting {
  script: Script
  seed: string
  chaos: Chaos
}

/** Everything that will come of this dial, when `number` was dialed `times_before` times already. */
export function planCall(dial: SimulatedDial, setting: Setting, times_before: number, now: number): SimulatedCall {
  const { attempt_id, number, caller_id, trunk_id, report_to, ring_timeout_ms } = dial
  const [behaviour, chance] = castAttempt(setting.script, setting.seed, number, times_before)
  const [far_end, reporting, reply] = courses[behaviour.do]
  const provider_call_id = `sim-${hash('sha256', `${setting.seed}|${attempt_id}`).slice(0, 24)}`

  const when = (offset_ms: number) => now + Math.round(offset_ms / dial.speed)
  const iso = (offset_ms: number) => new Date(when(offset_ms)).toISOString()
  const delay_ms = (behaviour.report_delay_s ?? 0) * 1000
  const events = playFarEnd(far_end, behaviour, chance, ring_timeout_ms, iso).map(([offset, event]): PlannedEvent => {
    const event_key = `${provider_call_id}:${event.kind}`
    return { event_key, at: when(offset), reports: [when(offset + delay_ms)], event }
  })
  arrangeReports(events, reporting)
  applyChaos(events, setting.chaos, setting.seed, dial.speed)

  return {
    ...{ attempt_id, provider_call_id, number, caller_id, trunk_id, report_to, accepted_at: now },
    ...{ deed: behaviour.do, reply, events, acknowledged: [], end_noted: false },
  }
}

function arrangeReports(events: PlannedEvent[], reporting: Reporting): void {
  const last = Math.max(...events.flatMap((planned) => planned.reports))
  for (const [index, planned] of events.entries()) {
    const is_end = planned.event.kind === 'ended'
    if (reporting === 'none' || (reporting === 'no_end' && is_end)) planned.reports = []
    if (reporting === 'all_twice') planned.reports = planned.reports.flatMap((time) => [time, time])
    // A millisecond apart, so that even sped up the end is told first and the ringing last.
    if (reporting === 'backwards') planned.reports = [last + events.length - 1 - index]
  }
}

/**
 * The plan after we hang up at `now`: canceled if nobody had answered, otherwise the end that was coming, sooner.
 * Reports that would have come with or after the old end keep their distance to it. Null when it is over already.
 */
export function cutShort(call: SimulatedCall, now: number): PlannedEvent[] | null {
  const end = endOf(call)
  if (end.at <= now) return null
  const sooner = (time: number) => (time >= end.at ? now + time - end.at : time)
  const past = call.events.filter((planned) => planned.at <= now)
  const answered = past.find((planned) => planned.event.kind === 'answered')?.event.at
  const at = new Date(now).toISOString()
  const event: PlannedEvent['event'] =
    answered === undefined
      ? { kind: 'ended', at, outcome: 'canceled', cause: 'originator_cancel' }
      : { kind: 'ended', at, outcome: end.event.outcome, cause: 'originator_hangup', answered_at: answered }
  const events = [...past, { ...end, at: now, event }]
  return events.map((planned) => ({ ...planned, reports: planned.reports.map(sooner) }))
}
