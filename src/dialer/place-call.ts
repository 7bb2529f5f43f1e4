/**
 * A call that an agent dials by hand: a lead, or a number from the keypad. In: who calls whom. Out: one call, dialed for
 * that agent alone, or the reason why not. It asks the same verdict and the same limits as any other call, and never calls
 * whom a campaign could not.
 */
import { admitFairly } from '#domain/fairness.ts'
import { releaseAgent } from '#floor/matcher/reservations.ts'
import { reserveSessions, takesCallsOf } from '#store/agent-matching.ts'
import { type Claim, insertClaims, lockOpenLead } from '#store/claim-attempts.ts'
import { newId } from '#store/ids.ts'
import { readCampaignEvidence, readLeadEvidence } from '#store/lead-evidence.ts'
import { readNumberEvidence } from '#store/number-evidence.ts'
import { inWorkspace, type Tx } from '#store/tx.ts'
import { lockLimits } from '#store/usage.ts'
import { dispatchAlone } from './dispatcher.ts'
import { type Engine, leaseSeconds } from './engine.ts'
import { type Judgement, judge, judgeNumber } from './gate.ts'
import { roomOf } from './pacer.ts'

/** Whom to call. */
export type Callee = { lead_id: string } | { number: string; campaign_id: string | null }

export interface CallingAgent {
  session_id: string
  agent_id: string
  /** Whose call it is where no campaign says so. */
  user_id: string
}

export type Placed =
  | { done: 'dialed'; call_id: string }
  | { done: 'refused'; why: 'lead' | 'campaign' | 'agent' | 'number' | 'trunk' | 'limit'; detail: string }
  /** By a rule; `at` is the next lawful instant, epoch ms. */
  | { done: 'forbidden'; rule: string; at: number | null }
type NotPlaced = Exclude<Placed, { done: 'dialed' }>

/** Dials for an agent who is available; who answers is put through to them and to nobody else. */
export async function placeCall(
  engine: Engine,
  workspaceId: string,
  by: CallingAgent,
  callee: Callee,
): Promise<Placed> {
  const opening = { holds_suppressions: true }
  const claimed = await inWorkspace(
    engine.pool,
    { workspace_id: workspaceId },
    (tx) => claimByHand(tx, engine, workspaceId, by, callee),
    opening,
  )
  if ('done' in claimed) return claimed
  engine.wake(workspaceId, 'live')
  await dispatchAlone(engine, workspaceId, claimed)
  return { done: 'dialed', call_id: claimed.attempt_id }
}

async function claimByHand(
  tx: Tx,
  engine: Engine,
  workspaceId: string,
  by: CallingAgent,
  callee: Callee,
): Promise<Claim | NotPlaced> {
  const at = engine.clock.now()
  const target =
    'lead_id' in callee
      ? await readLeadTarget(tx, workspaceId, callee.lead_id, at)
      : await readNumberTarget(tx, workspaceId, callee, by, at)
  if ('done' in target) return target
  const { judged, ...facts } = target
  if (facts.campaign_id !== null && !(await takesCallsOf(tx, workspaceId, facts.campaign_id, by.agent_id))) {
    return { done: 'refused', why: 'campaign', detail: 'The agent does not take the calls of this campaign.' }
  }
  const { verdict } = judged
  if (verdict.answer !== 'now') return { done: 'forbidden', rule: verdict.rule.id, at: verdict.at }
  const usage = await lockLimits(tx, workspaceId, [facts.trunk_id], at, engine.system_cap)
  const campaign = usage.campaigns.find(({ id }) => id === facts.campaign_id)
  const candidate = { ...facts, campaign_id: facts.campaign_id ?? none, lead_id: facts.lead_id ?? none, bound: true }
  const room = roomOf(usage, at, new Map())
  if (facts.campaign_id === null) room.campaign.set(none, null)
  const [refused] = admitFairly([candidate], room, new Map()).refused
  if (refused) return { done: 'refused', why: 'limit', detail: `The limit ${refused.limit} is reached.` }
  const claim: Claim = {
    ...{ ...facts, attempt_id: newId(at), kind: 'manual', verdict: judged, day: campaign?.day ?? null },
    ...{ agent_id: by.agent_id, session_id: by.session_id, offered_until: null, lease_seconds: leaseSeconds },
  }
  return take(tx, engine, workspaceId, claim, usage.turn, at)
}

/** Stands for a campaign or lead that there is not, where limits are looked up by name. */
const none = 'none'

interface Target {
  judged: Judgement
  lead_id: string | null
  campaign_id: string | null
  contact_id: string | null
  owner_user_id: string
  trunk_id: string
  agentless: boolean
  number: string
  caller_id: string | null
}

/** A lead is called for its campaign; that its own time has not come is for the agent to overlook, what rests is not. */
async function readLeadTarget(tx: Tx, workspaceId: string, leadId: string, at: number): Promise<Target | NotPlaced> {
  if (!(await lockOpenLead(tx, workspaceId, leadId))) {
    return { done: 'refused', why: 'lead', detail: 'The lead is final, or is being called.' }
  }
  const [lead] = await readLeadEvidence(tx, workspaceId, [leadId], at)
  if (!lead) return { done: 'refused', why: 'lead', detail: 'There is no such lead.' }
  const { trunk_id, caller_id } = lead.campaign
  if (trunk_id === null || lead.number === null)
    return { done: 'refused', why: 'trunk', detail: 'There is no trunk to call over.' }
  const { campaign_id, contact_id, owner_user_id, number } = lead
  const judged = judge({ ...lead, not_before: null }, at)
  return {
    judged,
    lead_id: leadId,
    campaign_id,
    contact_id,
    owner_user_id,
    trunk_id,
    agentless: false,
    number,
    caller_id,
  }
}

async function readNumberTarget(
  tx: Tx,
  workspaceId: string,
  { number, campaign_id }: Extract<Callee, { number: string }>,
  { user_id }: CallingAgent,
  at: number,
): Promise<Target | NotPlaced> {
  const [evidence, campaigns] = await Promise.all([
    readNumberEvidence(tx, workspaceId, number, campaign_id, at),
    readCampaignEvidence(tx, workspaceId, campaign_id === null ? [] : [campaign_id]),
  ])
  const campaign = campaign_id === null ? null : campaigns.get(campaign_id)
  if (campaign === undefined) return { done: 'refused', why: 'campaign', detail: 'There is no such campaign.' }
  const trunk_id = campaign?.trunk_id ?? evidence.trunk_id
  if (trunk_id === null) return { done: 'refused', why: 'trunk', detail: 'There is no trunk to call over.' }
  return {
    judged: judgeNumber(number, evidence, campaign, at),
    ...{ lead_id: null, campaign_id, contact_id: evidence.contact_id, owner_user_id: user_id, trunk_id },
    ...{ agentless: false, number, caller_id: campaign?.caller_id ?? null },
  }
}

/** The agent first: who is not free any more calls nobody. */
async function take(
  tx: Tx,
  engine: Engine,
  workspaceId: string,
  claim: Claim,
  turn: number,
  at: number,
): Promise<Claim | NotPlaced> {
  const held = { session_id: claim.session_id as string, call_id: claim.attempt_id, trunk_id: claim.trunk_id }
  if (!(await reserveSessions(tx, workspaceId, [held], at)).has(held.session_id)) {
    return { done: 'refused', why: 'agent', detail: 'Only an agent who is available, and whose line is up, can dial.' }
  }
  const by = { worker: engine.worker, at, turn, busy_until: at }
  if ((await insertClaims(tx, workspaceId, [claim], by)).has(claim.attempt_id)) return claim
  await releaseAgent(tx, workspaceId, held, at)
  return { done: 'refused', why: 'number', detail: 'The number is in a call at this moment.' }
}
