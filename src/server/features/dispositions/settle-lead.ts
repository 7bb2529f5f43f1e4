import { endCallbacks, holdForCallback, makeCallback, moveCallback, type PromisedTime } from '#dialer/callbacks.ts'
import { replanLead, settlePromise } from '#dialer/closer.ts'
import { resultOf } from '#domain/disposition.ts'
import type { CallDisposition } from '#store/call-dispositions.ts'
import { type PromiseOnCall, readPromiseOnCall, readPromisesBefore } from '#store/callback-calls.ts'
import { lockLeadOfCallback, settleCallbacks } from '#store/callbacks.ts'
import type { StoredCall } from '#store/calls.ts'
import { reopenCampaign } from '#store/campaign-calendar.ts'
import { type LeadEvidence, readLeadEvidence } from '#store/lead-evidence.ts'
import { readLeadSince, restoreBudget } from '#store/lead-futures.ts'
import type { Tx } from '#store/tx.ts'
import type { Caller } from '../../http/caller.ts'
import { isRefusal, type Refusal } from '../../http/problems.ts'
import { findPromisedAgent } from '../callbacks/promised-agent.ts'
import { readPromisedTime } from '../callbacks/promised-time.ts'
import type { Said } from './said.ts'

/** What is promised to the person of a call, besides what had been promised on it before. */
export interface SaidPromise {
  before: PromiseOnCall | null
  /** Null where nothing is promised now. */
  now: { lead: LeadEvidence; agent_id: string | null; time: PromisedTime } | null
}

/** Reads whose call is promised and when; a refusal names what is wrong with it. Null where nobody's lead it was. */
export async function readPromise(
  tx: Tx,
  caller: Caller,
  { id, lead_id }: StoredCall,
  former: CallDisposition | null,
  { callback_at, callback_on, callback_agent }: Said,
  at: number,
): Promise<SaidPromise | null | Refusal> {
  const { workspace_id } = caller
  if (lead_id === null) return null
  const before = await readPromiseOnCall(tx, workspace_id, lead_id, id)
  const wanted = callback_on !== null ? { day: callback_on } : callback_at !== null ? { at: callback_at } : null
  const [lead] = wanted === null ? [] : await readLeadEvidence(tx, workspace_id, [lead_id], at)
  if (wanted === null || !lead) return { before, now: null }
  const held = before?.status === 'open' ? before.agent_id : null
  const said = { path: 'callback_agent', agent: callback_agent ?? held }
  const agent_id = await findPromisedAgent(tx, caller, lead.campaign_id, said)
  if (isRefusal(agent_id)) return agent_id
  // A promise made to the person has its try, whatever the lead came to. The block to be taken back now forbids nothing.
  const suppressions = former?.suppression_id ? [] : lead.suppressions
  const promised: LeadEvidence = { ...lead, suppressions, status: 'callback', attempts: 0, max_attempts: 1 }
  const path = callback_on === null ? 'callback_at' : 'callback_on'
  const time = readPromisedTime(promised, { path, wanted }, at)
  return isRefusal(time) ? time : { before, now: { lead, agent_id, time } }
}

interface Settling {
  call: StoredCall
  former: CallDisposition | null
  said: Said
  promise: SaidPromise | null
  user_id: string
  reopens: boolean
  at: number
}

/**
 * The future of the lead whose last call this was, and what is promised to it. Of a call that goes on, the closer asks when
 * it ends. Gives the budget that the lead had of its own.
 */
export async function settleLead(tx: Tx, workspaceId: string, settling: Settling): Promise<number | null> {
  const { call, former, said, promise, reopens, at } = settling
  const { lead_id, campaign_id } = call
  if (lead_id === null || promise === null) return null
  const { status } = (await lockLeadOfCallback(tx, workspaceId, lead_id)) ?? { status: null }
  const since = await readLeadSince(tx, workspaceId, lead_id, call.id)
  if (!since || status === null) return null
  const tried = since.tried_again
  // Of a lead that is being called again, the end of that call is waited for.
  if (tried && status === 'calling') return since.max_attempts
  const taken = promise.now === null && promise.before?.status === 'open' ? promise.before.id : null
  const ended = {
    id: taken ?? '',
    lead_id,
    lead_waits: tried && status === 'callback',
    reason: 'disposition_corrected',
  }
  if (taken !== null) await endCallbacks(tx, workspaceId, 'cancelled', [ended], at)
  if (call.ended_at !== null && !tried) {
    if (former?.callback_at) await restoreBudget(tx, workspaceId, lead_id, former.lead_max_attempts)
    const due = await replanLead(tx, workspaceId, { ...call, lead_id }, resultOf(said.category, said.callback_at), at)
    if (reopens && due)
      await reopenCampaign(tx, workspaceId, campaign_id as string, at, 'a person is to be called again')
  }
  await settleNow(tx, workspaceId, settling, tried)
  return since.max_attempts
}

/** Writes down what is promised now. After a later try only a promise that is open still can be changed. */
async function settleNow(
  tx: Tx,
  workspaceId: string,
  { call, said, promise, user_id, at }: Settling,
  tried: boolean,
): Promise<void> {
  if (!promise?.now) return
  const { lead, agent_id, time } = promise.now
  const written = { ...time, agent_id, note: said.note }
  if (promise.before?.status === 'open') {
    await moveCallback(tx, workspaceId, promise.before.id, written, at)
    if (tried) await holdForCallback(tx, workspaceId, lead, time, at)
    return
  }
  if (tried) return
  await settleBefore(tx, workspaceId, call, lead, at)
  const made = { ...written, lead_id: lead.lead_id, call_id: call.id, created_by: user_id }
  await makeCallback(tx, workspaceId, made, at)
}

/** Somebody talks to the person: what was promised before is kept by it, or gives way to what is promised now. */
async function settleBefore(
  tx: Tx,
  workspaceId: string,
  call: StoredCall,
  lead: LeadEvidence,
  at: number,
): Promise<void> {
  const before = (await readPromisesBefore(tx, workspaceId, [call.id])).get(call.id)
  if (before?.status !== 'open') return
  const talked = { ...call, outcome: call.outcome ?? ('answered' as const) }
  const future = { status: 'callback', held_by: null }
  const end = settlePromise(lead, talked, { kind: 'callback', at: null }, before, future)
  await settleCallbacks(tx, workspaceId, [end], at)
}
