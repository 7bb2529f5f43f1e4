/**
 * What an ended attempt means for its lead: try again when, or stop as what.
 *
 * Takes the campaign's retry policy, the lead's counts, the outcome and what was said on the call; gives the lead's
 * next state. It never grants a try beyond the one budget, but for a callback that the person was promised.
 *
 *   outcome          costs a try   next        default delay   the number rests
 *   ──────────────── ───────────── ─────────── ─────────────── ─────────────────────────────
 *   human, answered  yes           completed   –               –
 *   fax              yes           failed      –               –
 *   invalid_number   yes           failed      –               45 days
 *   machine          yes           retry       4 h             –
 *   screened         yes           retry       4 h             –
 *   busy             yes           retry       10 min          –
 *   no_answer        yes           retry       1 h             –
 *   rejected         yes           retry       1 h             –
 *   abandoned        yes           retry       1 h             72 h
 *   canceled         yes           retry       15 min          –
 *   failed           if it rang    retry       15 min          –
 *   congestion       if it rang    retry       15 min          15 min
 *   unknown          yes           retry       15 min          24 h
 *
 * Where the outcome's rule says `next_phone`, the next try goes to the contact's next number, after the last one to the
 * first again. An invalid number is never tried again: with that rule its lead goes on to the numbers behind it.
 *
 * Where it says `next_daypart`, the next try is in another part of the person's day than this one.
 *
 * A rule of what was said goes before the outcome's rule, member by member; of their caps the lower one holds.
 *
 * A try that costs none is a carrier's fault before ringing; three of them end the lead as failed. Where the campaign
 * chooses among trunks, another one is tried at once (`elsewhere`): trunks that refuse one after the other are one fault.
 *
 * The policy's interval replaces every default delay, an outcome's own delay replaces both, and the number's rest is a floor.
 */
import type { Outcome } from './call.ts'
import { inAnotherDaypart } from './daypart.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS

/** Tries that a carrier's fault ended before ringing, after which the lead is failed. */
export const CARRIER_FAULT_CAP = 3

type OutcomeRule = { next: 'completed' | 'failed' | 'retry'; delay_ms: number; rest_ms: number; carrier_fault: boolean }

const stop = (next: 'completed' | 'failed', rest_ms = 0): OutcomeRule => ({
  next,
  delay_ms: 0,
  rest_ms,
  carrier_fault: false,
})
const retry = (delay_ms: number, rest_ms = 0): OutcomeRule => ({
  next: 'retry',
  delay_ms,
  rest_ms,
  carrier_fault: false,
})

const outcomeRules: Record<Outcome, OutcomeRule> = {
  human: stop('completed'),
  answered: stop('completed'),
  fax: stop('failed'),
  // A US number rests 45 days before it may be given to somebody else (84 FR 11226): sooner, nobody new can answer.
  invalid_number: stop('failed', 45 * DAY_MS),
  machine: retry(4 * HOUR_MS),
  screened: retry(4 * HOUR_MS),
  busy: retry(10 * MINUTE_MS),
  no_answer: retry(HOUR_MS),
  rejected: retry(HOUR_MS),
  // Ofcom's guard-rail: no re-dial within 72 h of an abandoned call.
  abandoned: retry(HOUR_MS, 72 * HOUR_MS),
  canceled: retry(15 * MINUTE_MS),
  failed: { ...retry(15 * MINUTE_MS), carrier_fault: true },
  congestion: { ...retry(15 * MINUTE_MS, 15 * MINUTE_MS), carrier_fault: true },
  // The phone may have rung, or may be ringing still.
  unknown: retry(15 * MINUTE_MS, DAY_MS),
}

export type RetryPolicy = {
  max_attempts: number
  /** The campaign's retry_interval: the delay of every outcome that retries and has none of its own. */
  retry_interval_ms: number | null
  outcomes?: Partial<Record<Outcome, OutcomePolicy>>
  /** By the disposition's key; of those that retry. */
  dispositions?: { [key: string]: OutcomePolicy | undefined }
}

export interface OutcomePolicy {
  delay_ms?: number | null
  /** Only lowers max_attempts, when the try ended so. */
  max_attempts?: number | null
  /** The next try goes to another number of the contact. */
  next_phone?: boolean
  /** The next try is not in the same part of the person's day. */
  next_daypart?: boolean
}

/** Counts before the attempt that just ended, and which of the contact's numbers it went to, from 0. */
export type LeadTries = {
  attempts: number
  carrier_faults: number
  phone_index?: number
  phones?: number
  /** The person's, as well as it is known. */
  zone?: string | null
}

/** What an agent, an AI or the person said; it overrules the outcome. `said`: the disposition's key. */
export type CallResult =
  | { kind: 'callback'; at: number | null; said?: string }
  | { kind: 'retry'; said?: string }
  | { kind: 'final' }
  | { kind: 'do_not_call' }

/** `rang`: the far end rang, so a failure isn't the carrier's alone. */
export type CallFacts = {
  rang?: boolean
  result?: CallResult | null
  /** Another trunk may try at once. */
  elsewhere?: boolean
}

/**
 * The lead's future. `max_attempts` is the lead's budget from now on: the policy's, or one try more where a promised
 * callback finds it spent. `not_before` is null where nothing is due.
 */
export type RetryPlan = {
  status: 'pending' | 'callback' | 'completed' | 'failed' | 'do_not_call'
  not_before: number | null
  attempts: number
  carrier_faults: number
  max_attempts: number
  /** Of the contact's numbers, the one for the next try. */
  phone_index: number
}

/** How long a number should rest after this outcome, in every campaign; 0 if it needn't. */
export function numberRestMs(outcome: Outcome): number {
  return outcomeRules[outcome].rest_ms
}

/** What the campaign says of a try that ended so and of which this was said. */
function ownRule({ outcomes, dispositions, max_attempts }: RetryPolicy, outcome: Outcome, result: CallResult | null) {
  const ended = outcomes?.[outcome]
  const said = result && 'said' in result ? dispositions?.[result.said] : undefined
  return {
    delay_ms: said?.delay_ms ?? ended?.delay_ms ?? null,
    max_attempts: Math.min(max_attempts, said?.max_attempts ?? max_attempts, ended?.max_attempts ?? max_attempts),
    next_phone: said?.next_phone ?? ended?.next_phone ?? false,
    next_daypart: said?.next_daypart ?? ended?.next_daypart ?? false,
  }
}

/** The default delay of a callback without a date is that of an unanswered call. */
export function callbackAt(policy: Pick<RetryPolicy, 'retry_interval_ms'>, wanted: number | null, at: number): number {
  return wanted === null ? at + (policy.retry_interval_ms ?? outcomeRules.no_answer.delay_ms) : Math.max(wanted, at)
}

/** Whether a try costs none: it failed through the carrier before ringing. */
function isCarriersFault(outcome: Outcome, { rang }: CallFacts): boolean {
  return outcomeRules[outcome].carrier_fault && !rang
}

/** The counts before a try that was counted already, so that its lead can be planned anew. */
export function triesBefore(lead: LeadTries, outcome: Outcome, facts: CallFacts): LeadTries {
  const fault = isCarriersFault(outcome, facts) ? 1 : 0
  return { attempts: lead.attempts - 1 + fault, carrier_faults: lead.carrier_faults - fault }
}

/** What becomes of the lead after an attempt that reached dialing and ended at `at` with this outcome. */
export function planRetry(
  policy: RetryPolicy,
  lead: LeadTries,
  outcome: Outcome,
  at: number,
  facts: CallFacts = {},
): RetryPlan {
  const rule = outcomeRules[outcome]
  const carriersFault = isCarriersFault(outcome, facts)
  const attempts = lead.attempts + (carriersFault ? 0 : 1)
  const carrier_faults = lead.carrier_faults + (carriersFault ? 1 : 0)
  const result = facts.result ?? null
  const own = ownRule(policy, outcome, result)
  const phone_index = own.next_phone ? nextPhone(lead, outcome) : (lead.phone_index ?? 0)
  const plan = (status: RetryPlan['status'], not_before: number | null, max_attempts = policy.max_attempts) => {
    return { status, not_before, attempts, carrier_faults, max_attempts, phone_index }
  }
  if (result?.kind === 'do_not_call') return plan('do_not_call', null)
  if (result?.kind === 'final') return plan('completed', null)
  if (result?.kind === 'callback') {
    return plan('callback', callbackAt(policy, result.at, at), Math.max(policy.max_attempts, attempts + 1))
  }
  const goesOn = outcome === 'invalid_number' && phone_index > (lead.phone_index ?? 0)
  const asked = goesOn || (result?.kind === 'retry' && outcome !== 'invalid_number')
  if (rule.next !== 'retry' && !asked) return plan(rule.next, null)
  const isSpent = attempts >= own.max_attempts
  if (facts.elsewhere && carriersFault && !isSpent) {
    return { ...plan('pending', at), carrier_faults: lead.carrier_faults, phone_index: lead.phone_index ?? 0 }
  }
  if (isSpent || carrier_faults >= CARRIER_FAULT_CAP) return plan('failed', null)
  // What rests is the dead number, not the one that comes next.
  if (goesOn) return plan('pending', at + (own.delay_ms ?? 0))
  const standard = rule.next === 'retry' ? rule.delay_ms : outcomeRules.no_answer.delay_ms
  const earliest = at + Math.max(own.delay_ms ?? policy.retry_interval_ms ?? standard, rule.rest_ms)
  const elsewhen = own.next_daypart && lead.zone
  return plan('pending', elsewhen ? inAnotherDaypart(elsewhen, at, earliest) : earliest)
}

function nextPhone({ phone_index = 0, phones = 1 }: LeadTries, outcome: Outcome): number {
  if (phones < 2) return phone_index
  const next = (phone_index % phones) + 1
  return next < phones ? next : outcome === 'invalid_number' ? phone_index : 0
}
