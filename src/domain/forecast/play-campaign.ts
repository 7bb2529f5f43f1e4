/**
 * A campaign played forward once: leads as they become due, lines as they come free, calls that end as calls have ended
 * before, and what the retry rules and the verdict make of each. Pure: chance is handed in, and there is no clock.
 *
 * Each lead takes the first line that is free when its turn comes; a line that comes free when the hours are shut asks the
 * verdict again. Whatever cannot end within the horizon is given up.
 */
import type { Outcome } from '../call.ts'
import { type ContactabilityInput, decideContact } from '../contactability.ts'
import { type LeadTries, numberRestMs, planRetry, type RetryPolicy } from '../retry.ts'
import { createTimeHeap } from '../time-heap.ts'
import { localTime, nextLocalMinute } from '../zone-offset.ts'

/** How a call ended, and how long it took. */
export interface CallSample {
  outcome: Outcome
  rang: boolean
  /** From the dial to the end. */
  line_ms: number
  /** From the answer to the end; 0 where nobody answered. */
  talk_ms: number
}

export interface ForecastLead {
  /** As it was judged at its due instant. */
  input: ContactabilityInput
  tries: LeadTries
  due: number
}

export interface Capacity {
  /** Calls at once. */
  lines: number
  /** How long a call keeps its line, or its agent, from being used again. */
  holdMs(sample: CallSample): number
  calls_per_second: number | null
  /** Dials a day in a zone, and how many of the first day's were made. */
  daily: { limit: number; zone: string; made: number } | null
}

export interface CampaignPlan {
  at: number
  leads: readonly ForecastLead[]
  /** How many leads each of them stands for. */
  stands_for: number
  policy: RetryPolicy
  samples: readonly CallSample[]
  capacity: Capacity
  /** How much slower than usual agents are in one run, by a normal number; 1 where they are as usual. */
  pace?: (normal: number) => number
}

export interface Played {
  /** When the last call ends; infinite where that is beyond the horizon. */
  finishes: number
  dials: number
  /** Started minutes of talk. */
  talk_minutes: number
  /** Who could have been called, and was not before the campaign's end or the horizon. */
  unreached: number
}

/** Longer than a leap year, as far as hours are looked ahead. */
const horizonMs = 400 * 86_400_000
/** After so many steps whoever plays may let others work. */
const stepsAtOnce = 1_000

export function* playCampaign(plan: CampaignPlan, random: () => number): Generator<void, Played> {
  const { at, capacity, samples, stands_for } = plan
  const waiting = createTimeHeap<ForecastLead>()
  for (const lead of plan.leads) waiting.push(lead.due, lead)
  const lines = createTimeHeap<null>()
  const turnstile = createTurnstile(plan)
  const played: Played = { finishes: at, dials: 0, talk_minutes: 0, unreached: 0 }
  for (let steps = 1; ; steps += 1) {
    if (steps % stepsAtOnce === 0) yield
    const next = waiting.pop()
    if (!next) return played
    const free = lines.size < capacity.lines ? at : (lines.peek()?.at ?? Number.POSITIVE_INFINITY)
    const start = turnstile.openFrom(Math.max(next.at, free))
    if (start > at + horizonMs) {
      const unreached = played.unreached + (waiting.size + 1) * stands_for
      return { ...played, finishes: Number.POSITIVE_INFINITY, unreached }
    }
    // At its due instant the lead was judged already.
    const verdict = start === next.at ? null : decideContact({ ...next.value.input, at: start })
    if (verdict?.answer === 'later') waiting.push(verdict.at as number, next.value)
    else if (verdict?.answer === 'never') {
      played.unreached += stands_for
      played.finishes = Math.max(played.finishes, start)
    } else {
      const sample = samples[Math.floor(random() * samples.length)] as CallSample
      if (lines.size >= capacity.lines) lines.pop()
      lines.push(start + capacity.holdMs(sample) * stands_for, null)
      turnstile.pass(start)
      played.dials += stands_for
      played.talk_minutes += Math.ceil(sample.talk_ms / 60_000) * stands_for
      const end = start + sample.line_ms
      played.finishes = Math.max(played.finishes, end)
      const later = callAgain(plan.policy, next.value, sample, start, end)
      if (later) waiting.push(later.due, later)
    }
  }
}

/** What a lead is after a call; null when it is done. */
function callAgain(
  policy: RetryPolicy,
  { input, tries }: ForecastLead,
  { outcome, rang }: CallSample,
  start: number,
  end: number,
): ForecastLead | null {
  const own = { ...policy, max_attempts: input.lead.max_attempts }
  const { status, not_before, attempts, max_attempts, ...counts } = planRetry(own, tries, outcome, end, { rang })
  if (not_before === null) return null
  const rest = numberRestMs(outcome)
  // What is known of the number just dialed says nothing of the next one.
  const number =
    counts.phone_index === (tries.phone_index ?? 0)
      ? {
          number_rest_until: rest > 0 ? end + rest : input.number_rest_until,
          recent_attempts: [start, ...(input.recent_attempts ?? [])],
        }
      : { suppressions: [], number_rest_until: null, recent_attempts: [] }
  const later = { ...input, ...number, at: end, lead: { status, attempts, max_attempts, not_before } }
  const { at: due } = decideContact(later)
  return due === null ? null : { input: later, tries: { ...tries, ...counts, attempts }, due }
}

/** Lets dials through at the trunk's rate and the campaign's daily limit. Asked in the order of time. */
function createTurnstile({ at, capacity: { calls_per_second, daily }, stands_for }: CampaignPlan) {
  let free = at
  let day = daily ? localTime(daily.zone, at).date : ''
  let made = daily?.made ?? 0
  return {
    openFrom(from: number): number {
      const start = Math.max(from, free)
      if (!daily) return start
      const today = localTime(daily.zone, start).date
      if (today !== day) {
        day = today
        made = 0
      }
      return made < daily.limit ? start : nextLocalMinute(daily.zone, 0, start + 1)
    },
    pass(start: number): void {
      made += stands_for
      if (calls_per_second !== null) free = start + (stands_for * 1000) / calls_per_second
    },
  }
}
