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
import { type CallEvent, wasAnswered } from '#domain/call.ts'
import { applyChaos, type Chaos } from './chaos.ts'
import { type FarEnd, type Happening, playFarEnd } from './far-end.ts'
import { castAttempt, type Deed, type Script } from './script.ts'
import { answerOf, endOf, type ReplyManner, type SimulatedCall } from './simulated-call.ts'
import { isEnd, isOver, type Planned } from './timeline.ts'

type Reporting = 'in_order' | 'none' | 'no_end' | 'all_twice' | 'backwards'

export const courses: Record<Deed, [FarEnd, Reporting, ReplyManner]> = {
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
  /** False where nobody wants to know who answers: nobody is told. */
  detect_machines?: boolean
  trunk_id: string
  report_to: string
  speed: number
}

/** Of a machine of which nothing else is said: two sentences and a beep. */
export const greeting_s = 8

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
  const happenings = playFarEnd(far_end, behaviour, chance, ring_timeout_ms, iso)
  const events = (dial.detect_machines === false ? happenings.flatMap(unheard) : happenings).map(
    ([offset, event]): Planned<CallEvent> => {
      const event_key = `${provider_call_id}:${event.kind}`
      return { event_key, at: when(offset), reports: [when(offset + delay_ms)], event }
    },
  )
  const answered = events.find(({ event }) => event.kind === 'answered')
  const greeting_ms = (behaviour.greeting_s ?? greeting_s) * 1000
  const greeted =
    far_end === 'machine' && answered ? { greeted_at: answered.at + Math.round(greeting_ms / dial.speed) } : {}
  arrangeReports(events, reporting)
  applyChaos(events, setting.chaos, setting.seed, dial.speed)

  return {
    ...{ attempt_id, provider_call_id, number, caller_id, trunk_id, report_to, accepted_at: now },
    ...{ deed: behaviour.do, reply, events, acknowledged: [], end_noted: false, ...greeted },
  }
}

/** What is left of it for a carrier that does not listen: whoever answered has answered. */
function unheard([offset, event]: Happening): Happening[] {
  if (event.kind === 'detected') return []
  const answered = event.kind === 'ended' && wasAnswered(event.outcome)
  return [[offset, answered ? { ...event, outcome: 'answered' } : event]]
}

function arrangeReports(events: Planned[], reporting: Reporting): void {
  const last = Math.max(...events.flatMap((planned) => planned.reports))
  for (const [index, planned] of events.entries()) {
    if (reporting === 'none' || (reporting === 'no_end' && isEnd(planned))) planned.reports = []
    if (reporting === 'all_twice') planned.reports = planned.reports.flatMap((time) => [time, time])
    // A millisecond apart, so that even sped up the end is told first and the ringing last.
    if (reporting === 'backwards') planned.reports = [last + events.length - 1 - index]
  }
}

type Ended = Extract<CallEvent, { kind: 'ended' }>

/**
 * The plan with another end: what would have come after it never happens, and reports that would have come with or after
 * the old end keep their distance to it.
 */
function moveEnd(call: SimulatedCall, at: number, end_as: Omit<Ended, 'at' | 'kind'>): Planned<CallEvent>[] {
  const end = endOf(call)
  const shift = (time: number) => (time >= end.at ? at + time - end.at : time)
  const before = call.events.filter((planned) => !isEnd(planned) && !isRecording(planned) && planned.at <= at)
  const event: Ended = { ...end_as, kind: 'ended', at: new Date(at).toISOString() }
  const recordings = call.events.filter(isRecording).map((planned) => {
    const ready_at = shift(planned.at)
    return { ...planned, at: ready_at, event: { ...planned.event, at: new Date(ready_at).toISOString() } }
  })
  return [...before, { ...end, at, event }, ...recordings].map((planned) => ({
    ...planned,
    reports: planned.reports.map(shift),
  }))
}

/**
 * The plan after we hang up at `now`: canceled if nobody had answered, otherwise the end that was coming, sooner. Null
 * when it is over already.
 */
export function cutShort(call: SimulatedCall, now: number): Planned<CallEvent>[] | null {
  if (isOver(call, now)) return null
  const answered_at = answerOf(call, now)
  if (answered_at === null) return moveEnd(call, now, { outcome: 'canceled', cause: 'originator_cancel' })
  const answered = { answered_at: new Date(answered_at).toISOString() }
  return moveEnd(call, now, { outcome: endOf(call).event.outcome, cause: 'originator_hangup', ...answered })
}

/** The plan of an answered call after it was bridged at `now`: the person talks as long as they would have waited. */
export function talkAnew(call: SimulatedCall, now: number): Planned<CallEvent>[] {
  const { at, event } = endOf(call)
  const talk_ms = at - (call.bridged_at ?? answerOf(call, now) ?? now)
  return moveEnd(call, now + talk_ms, event)
}

/** A recording is written down after the call. */
const ready_after_ms = 100
const longest_recording_ms = 600_000

/** The plan of a call that is recorded from `now` on: its recording is told of once, after its end. */
export function recordFrom(call: SimulatedCall, now: number): Planned<CallEvent>[] {
  if (call.events.some(isRecording)) return call.events
  const at = endOf(call).at + ready_after_ms
  const event: CallEvent = { kind: 'recorded', at: new Date(at).toISOString(), url: `sim:${call.attempt_id}:${now}` }
  return [...call.events, { event_key: `${call.provider_call_id}:recorded`, at, reports: [at], event }]
}

/** How long the recording of this address plays; null for none of this call's. Milliseconds. */
export function lengthOfRecording(call: SimulatedCall, url: string): number | null {
  const since = Number(url.split(':').at(-1))
  if (!call.events.some(({ event }) => event.kind === 'recorded' && event.url === url)) return null
  return Math.min(longest_recording_ms, Math.max(0, endOf(call).at - since))
}

function isRecording({ event }: Planned<CallEvent>): boolean {
  return event.kind === 'recorded'
}

/** A last message, and then we hang up. */
const last_message = 'last_message_played'

/** The plan of an answered call after which we hang up at `at`, when a message that began is over. */
export function endAfterMessage(call: SimulatedCall, at: number): Planned<CallEvent>[] {
  return moveEnd(call, at, { ...endOf(call).event, cause: last_message })
}

export function playsLastMessage(call: SimulatedCall): boolean {
  return endOf(call).event.cause === last_message
}
