import { type Outcome, outcomes } from '#domain/call.ts'
import { settleCallback } from '#domain/callback.ts'
import { isAgentless } from '#domain/campaign.ts'
import { resultOf } from '#domain/disposition.ts'
import { zonesOfPerson } from '#domain/number-zones.ts'
import {
  type CallResult,
  numberRestMs,
  type OutcomePolicy,
  planRetry,
  type RetryPlan,
  type RetryPolicy,
  triesBefore,
} from '#domain/retry.ts'
import { endAgentCalls } from '#floor/matcher/call-ends.ts'
import { endAttempts } from '#store/attempts.ts'
import { readMeanings } from '#store/call-dispositions.ts'
import { type PromiseBefore, readPromisesBefore } from '#store/callback-calls.ts'
import { type CallbackEnd, settleCallbacks } from '#store/callbacks.ts'
import type { StoredCall } from '#store/calls.ts'
import { type CampaignEvidence, type LeadEvidence, type RetryRuleRow, readLeadEvidence } from '#store/lead-evidence.ts'
import { finishLeads, type LeadFuture, readPhoneIndex, reviseLead } from '#store/lead-futures.ts'
import { restNumbersOf } from '#store/number-rests.ts'
import type { SendLast, Tx } from '#store/tx.ts'
import { dateLead } from './gate.ts'

/**
 * What follows from calls that have just ended: the attempt gives its slot back and the lead gets its future, in the
 * transaction that ended the call. Of an attempt already settled the lead keeps what it has; the number rests all the same.
 */
export async function closeAttempts(
  tx: Tx,
  workspaceId: string,
  calls: StoredCall[],
  at: number,
  sendLast: SendLast,
): Promise<void> {
  const byId = new Map(calls.map((call) => [call.id, call]))
  const endings = calls.map((call) => ({ attempt_id: call.id, outcome: call.outcome ?? 'unknown' }))
  const leadIds = calls.flatMap((call) => call.lead_id ?? [])
  // Sent in this order, answered together: the evidence sees the rests.
  const [ended, , evidence, meanings, promises] = await Promise.all([
    endAttempts(tx, workspaceId, endings, at),
    restNumbers(tx, workspaceId, calls, at),
    leadIds.length > 0 ? readLeadEvidence(tx, workspaceId, leadIds, at) : [],
    readMeanings(tx, workspaceId, [...byId.keys()]),
    leadIds.length > 0 ? readPromisesBefore(tx, workspaceId, [...byId.keys()]) : new Map<string, PromiseBefore>(),
  ])
  const leads = new Map(evidence.map((lead) => [lead.lead_id, lead]))
  const closed = ended.flatMap(({ attempt_id, lead_id }) => {
    const lead = lead_id === null ? undefined : leads.get(lead_id)
    const call = byId.get(attempt_id) as StoredCall
    const said = meanings.get(attempt_id)
    const result = said ? resultOf(said, said.callback_at) : wasUnheard(call) ? ({ kind: 'retry' } as const) : null
    return lead ? [closeLead(lead, call, result, promises.get(attempt_id), at)] : []
  })
  if (closed.length > 0) {
    const futures = closed.map(({ future }) => future)
    sendLast(finishLeads(tx, workspaceId, futures, at))
    const ends = closed.flatMap(({ end }) => end ?? [])
    if (ends.length > 0) sendLast(settleCallbacks(tx, workspaceId, ends, at))
  }
  await endAgentCalls(tx, workspaceId, ended, at)
}

/** A person who was to talk to one of us hung up before anybody could. */
function wasUnheard({ with_agents, connected_at, outcome }: StoredCall): boolean {
  return with_agents && connected_at === null && (outcome === 'human' || outcome === 'answered')
}

/**
 * Plans the lead of an ended call anew, as what is said of the call wants it now; the try it cost is not counted again.
 * A lead that was settled by hand, or is being called again, is left alone. Resolves to whether it becomes due.
 */
export async function replanLead(
  tx: Tx,
  workspaceId: string,
  call: StoredCall & { lead_id: string },
  result: CallResult | null,
  at: number,
): Promise<boolean> {
  const [[lead], promises, dialed] = await Promise.all([
    readLeadEvidence(tx, workspaceId, [call.lead_id], at),
    readPromisesBefore(tx, workspaceId, [call.id]),
    readPhoneIndex(tx, workspaceId, call.lead_id, call.id),
  ])
  if (!lead) return false
  const before = triesBefore(lead, call.outcome ?? 'unknown', { rang: hasRung(call) })
  const counted = { ...lead, ...before }
  const { future, end } = closeLead(counted, call, result, promises.get(call.id), at, dialed ?? lead.phone_index)
  const revised = await reviseLead(tx, workspaceId, future, at)
  if (revised && end) await settleCallbacks(tx, workspaceId, [end], at)
  return revised && future.due_at !== null
}

/**
 * The lead's future, and what becomes of the promise that the call was to keep: while that is open, the lead waits for its
 * next try as a callback. `dialed` is which of the contact's numbers the call went to. Written where the call ends, since nobody else changes the promise of a lead being called.
 */
function closeLead(
  lead: LeadEvidence,
  call: StoredCall,
  result: CallResult | null,
  promise: PromiseBefore | undefined,
  at: number,
  dialed = lead.phone_index,
): { future: LeadFuture; end: CallbackEnd | null } {
  const future = futureOf(lead, call, result, at, dialed)
  if (!promise) return { future, end: null }
  const end = settlePromise(lead, call, result, promise, future)
  const waits = end.status === 'open' && future.status === 'pending'
  return { future: waits ? { ...future, status: 'callback' } : future, end }
}

/** What becomes of a promise by a call, of which `future` is left of the lead. */
export function settlePromise(
  { campaign }: LeadEvidence,
  call: StoredCall,
  result: CallResult | null,
  { callback_id, promised_at, connected_at }: PromiseBefore,
  future: Pick<LeadFuture, 'status' | 'held_by'>,
): CallbackEnd {
  const answered_at = call.answered_at === null ? null : Date.parse(call.answered_at)
  const heard_at = isAgentless(campaign.mode) ? answered_at : connected_at
  const facts = { outcome: call.outcome ?? 'unknown', heard_at, result }
  return { id: callback_id, call_id: call.id, ...settleCallback(promised_at, facts, future) }
}

function futureOf(
  lead: LeadEvidence,
  call: StoredCall,
  result: CallResult | null,
  at: number,
  dialed: number,
): LeadFuture {
  const outcome = call.outcome ?? 'unknown'
  const policy = policyOf(lead.campaign, lead.max_attempts)
  const tries = { ...lead, phone_index: dialed, zone: zoneOf(lead) }
  const plan = planRetry(policy, tries, outcome, at, { rang: hasRung(call), result })
  return { lead_id: lead.lead_id, last_outcome: outcome, ...plan, ...dueAfter(lead, plan, at) }
}

function hasRung(call: StoredCall): boolean {
  return call.ringing_at !== null || call.answered_at !== null
}

/** The zone a person is most likely in. */
export function zoneOf({ number, time_zone, country, region, postcode }: LeadEvidence): string | null {
  return zonesOfPerson({ number: number ?? '', zone: time_zone, country, region, postcode })[0] ?? null
}

/** A lead with another try is dated by the gate at once, so that nothing is picked before it is due. */
function dueAfter(lead: LeadEvidence, plan: RetryPlan, at: number): Pick<LeadFuture, 'status' | 'due_at' | 'held_by'> {
  if (plan.status !== 'pending' && plan.status !== 'callback')
    return { status: plan.status, due_at: null, held_by: plan.status === 'do_not_call' ? 'do_not_call' : null }
  const { attempts, max_attempts, not_before, status } = plan
  // What is known of the number just dialed says nothing of the next one; the gate asks about that before it is dialed.
  const next = plan.phone_index === lead.phone_index ? {} : { suppressions: [], rest_until: null, recent_attempts: [] }
  const dated = dateLead({ ...lead, ...next, attempts, max_attempts, not_before, status }, at)
  return { status: dated.status ?? plan.status, due_at: dated.due_at, held_by: dated.held_by }
}

async function restNumbers(tx: Tx, workspaceId: string, calls: StoredCall[], at: number): Promise<void> {
  const rests = calls.flatMap(({ id, outcome }) => {
    const rest = numberRestMs(outcome ?? 'unknown')
    return rest === 0 ? [] : [{ attempt_id: id, until: at + rest, reason: outcome ?? 'unknown' }]
  })
  if (rests.length > 0) await restNumbersOf(tx, workspaceId, rests)
}

/** The campaign's retry rules: `{"busy": {"delay_seconds": 300, "max_attempts": 2, "next_phone": true}, …}`. */
export function policyOf(campaign: CampaignEvidence, maxAttempts: number): RetryPolicy {
  const seconds = campaign.retry_interval_seconds
  const own = outcomes.flatMap((outcome): [Outcome, OutcomePolicy][] => {
    const rule = campaign.retry_rules[outcome]
    return rule ? [[outcome, toPolicy(rule)]] : []
  })
  const said = Object.entries(campaign.disposition_rules).map(([key, rule]) => [key, toPolicy(rule)] as const)
  return {
    max_attempts: maxAttempts,
    retry_interval_ms: seconds === null ? null : seconds * 1000,
    outcomes: Object.fromEntries(own),
    dispositions: Object.fromEntries(said),
  }
}

function toPolicy({ delay_seconds, ...rest }: RetryRuleRow): OutcomePolicy {
  return { delay_ms: delay_seconds === undefined ? null : delay_seconds * 1000, ...rest }
}
