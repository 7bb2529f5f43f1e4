import { hasRung, wasRefused } from '#domain/call.ts'
import { settleCallback } from '#domain/callback.ts'
import { isAgentless } from '#domain/campaign.ts'
import { resultOf } from '#domain/disposition.ts'
import { zonesOfPerson } from '#domain/number-zones.ts'
import { type CallResult, numberRestMs, planRetry, type RetryPlan, triesBefore } from '#domain/retry.ts'
import { policyOf } from '#domain/retry-policy.ts'
import { mayGoElsewhere } from '#domain/routing.ts'
import { endAgentCalls } from '#floor/matcher/call-ends.ts'
import { endAttempts } from '#store/attempts.ts'
import { readMeanings } from '#store/call-dispositions.ts'
import { type PromiseBefore, readPromisesBefore } from '#store/callback-calls.ts'
import { type CallbackEnd, settleCallbacks } from '#store/callbacks.ts'
import type { StoredCall } from '#store/calls.ts'
import { type LeadEvidence, readLeadEvidence } from '#store/lead-evidence.ts'
import { finishLeads, type LeadFuture, readPhoneIndex, reviseLead } from '#store/lead-futures.ts'
import { restNumbersOf } from '#store/number-rests.ts'
import { readRoute } from '#store/trunks.ts'
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
  const [refused, heard] = [calls.filter(wasRefused), calls.filter((call) => !wasRefused(call))]
  // Sent in this order, answered together: the evidence sees the rests.
  const [ended, , evidence, meanings, promises] = await Promise.all([
    endAttempts(tx, workspaceId, endings, at),
    restNumbers(tx, workspaceId, heard, at),
    leadIds.length > 0 ? readLeadEvidence(tx, workspaceId, leadIds, at) : [],
    readMeanings(tx, workspaceId, [...byId.keys()]),
    leadIds.length > 0 ? readPromisesBefore(tx, workspaceId, [...byId.keys()]) : new Map<string, PromiseBefore>(),
  ])
  const leads = new Map(evidence.map((lead) => [lead.lead_id, lead]))
  const routes = await readRoutesOf(tx, workspaceId, refused, leads)
  const elsewhere = new Set<string>()
  const closed = ended.flatMap(({ attempt_id, lead_id, trunk_id }) => {
    const lead = lead_id === null ? undefined : leads.get(lead_id)
    const call = byId.get(attempt_id) as StoredCall
    const said = meanings.get(attempt_id)
    const result = said ? resultOf(said, said.callback_at) : wasUnheard(call) ? ({ kind: 'retry' } as const) : null
    if (!lead) return []
    const refused_by = [...(lead.refused_by ?? []), trunk_id]
    const trunks = wasRefused(call) && result === null ? (routes.get(lead.campaign_id) ?? []) : []
    const goesElsewhere = mayGoElsewhere({ number: lead.number ?? '', refused_by }, trunks, at)
    const facts = { dialed: lead.phone_index, refused_by: goesElsewhere ? refused_by : null }
    const done = closeLead(lead, call, result, promises.get(attempt_id), at, facts)
    if (goesElsewhere && done.future.status !== 'failed') elsewhere.add(attempt_id)
    return [done]
  })
  // A number that another trunk is to call at once does not rest.
  const staying = refused.filter(({ id }) => !elsewhere.has(id))
  sendLast(restNumbers(tx, workspaceId, staying, at))
  if (closed.length > 0) {
    const futures = closed.map(({ future }) => future)
    sendLast(finishLeads(tx, workspaceId, futures, at))
    const ends = closed.flatMap(({ end }) => end ?? [])
    if (ends.length > 0) sendLast(settleCallbacks(tx, workspaceId, ends, at))
  }
  await endAgentCalls(tx, workspaceId, ended, at)
}

/** The trunks that refused calls might take instead, by campaign: of those that choose. */
async function readRoutesOf(tx: Tx, workspaceId: string, refused: StoredCall[], leads: Map<string, LeadEvidence>) {
  const choosing = refused.flatMap(({ lead_id }) => {
    const campaign = leads.get(lead_id ?? '')?.campaign
    return campaign && campaign.trunk_choice !== 'fixed' ? [campaign.id] : []
  })
  const read = [...new Set(choosing)].map(async (id) => [id, await readRoute(tx, workspaceId, id)] as const)
  return new Map(await Promise.all(read))
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
  const { future, end } = closeLead(counted, call, result, promises.get(call.id), at, {
    dialed: dialed ?? lead.phone_index,
    refused_by: null,
  })
  const revised = await reviseLead(tx, workspaceId, future, at)
  if (revised && end) await settleCallbacks(tx, workspaceId, [end], at)
  return revised && future.due_at !== null
}

/**
 * The lead's future, and what becomes of the promise that the call was to keep: while that is open, the lead waits for its
 * next try as a callback. `dialed` is which of the contact's numbers the call went to; `refused_by` are the trunks that are
 * left out of the next try, where another one is to make it at once. Written where the call ends, since nobody else changes
 * the promise of a lead being called.
 */
function closeLead(
  lead: LeadEvidence,
  call: StoredCall,
  result: CallResult | null,
  promise: PromiseBefore | undefined,
  at: number,
  facts: { dialed: number; refused_by: string[] | null },
): { future: LeadFuture; end: CallbackEnd | null } {
  const future = futureOf(lead, call, result, at, facts)
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
  { dialed, refused_by }: { dialed: number; refused_by: string[] | null },
): LeadFuture {
  const outcome = call.outcome ?? 'unknown'
  const policy = policyOf(lead.campaign, lead.max_attempts)
  const tries = { ...lead, phone_index: dialed, zone: zoneOf(lead) }
  const plan = planRetry(policy, tries, outcome, at, { rang: hasRung(call), result, elsewhere: refused_by !== null })
  return { lead_id: lead.lead_id, last_outcome: outcome, refused_by, ...plan, ...dueAfter(lead, plan, at) }
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
