/**
 * A call that somebody dials by hand: a lead, or a number from the keypad. In: who calls whom. Out: one call, dialed for
 * that agent alone or for nobody, or the reason why not. It asks the same verdict and the same limits as any other call, and
 * never calls whom a campaign could not.
 */
import { admitFairly, type Candidate } from '#domain/fairness.ts'
import { roomOf } from '#domain/line-room.ts'
import { noChoice, proveRoute, routeEach } from '#domain/routing.ts'
import { releaseAgent } from '#floor/matcher/reservations.ts'
import { reserveSessions, takesCallsOf } from '#store/agent-matching.ts'
import type { ByHand } from '#store/attempts.ts'
import { type Claim, insertClaims } from '#store/claim-attempts.ts'
import { newId } from '#store/ids.ts'
import { readRoute } from '#store/trunks.ts'
import { inWorkspace, type Tx } from '#store/tx.ts'
import { lockLimits, readOwnerRoom } from '#store/usage.ts'
import { type Callee, type NoTarget, readTarget, type Target } from './call-target.ts'
import { dispatchAlone } from './dispatcher.ts'
import { type Engine, leaseSeconds } from './engine.ts'

export interface WantedCall {
  callee: Callee
  /** Who is put through to whoever answers. Null: nobody is, and the call counts as one without an agent. */
  agent: { session_id: string; agent_id: string } | null
  /** Shown to the person called; null: what the campaign shows. */
  caller_id: string | null
  by: ByHand
}

export type Placed =
  /** `answered` resolves when the carrier has answered and that is written down. */
  | { done: 'dialed'; call_id: string; answered: Promise<void> }
  | NoTarget
  | { done: 'refused'; why: 'agent' | 'not_of_campaign' | 'number' | 'limit'; detail: string }
  /** By a rule; `at` is the next lawful instant, epoch ms. */
  | { done: 'forbidden'; rule: string; at: number | null }
export type NotPlaced = Exclude<Placed, { done: 'dialed' }>

/** Dials; who answers is put through to the agent, if there is one, and to nobody else. */
export async function placeCall(engine: Engine, workspaceId: string, wanted: WantedCall): Promise<Placed> {
  const opening = { holds_suppressions: true }
  const claimed = await inWorkspace(
    engine.pool,
    { workspace_id: workspaceId },
    (tx) => claimByHand(tx, engine, workspaceId, wanted),
    opening,
  )
  if ('done' in claimed) return claimed
  engine.wake(workspaceId, 'live')
  const { answered } = await dispatchAlone(engine, workspaceId, claimed)
  return { done: 'dialed', call_id: claimed.attempt_id, answered }
}

async function claimByHand(
  tx: Tx,
  engine: Engine,
  workspaceId: string,
  { callee, agent, caller_id, by }: WantedCall,
): Promise<Claim | NotPlaced> {
  const at = engine.clock.now()
  const target = await readTarget(tx, workspaceId, callee, by.placed_by, at)
  if ('done' in target) return target
  const { judged, choice: _, ...facts } = target
  const { campaign_id } = facts
  if (agent && campaign_id !== null && !(await takesCallsOf(tx, workspaceId, campaign_id, agent.agent_id))) {
    return { done: 'refused', why: 'not_of_campaign', detail: 'The agent does not take the calls of this campaign.' }
  }
  const { verdict } = judged
  if (verdict.answer !== 'now') return { done: 'forbidden', rule: verdict.rule.id, at: verdict.at }
  const admitted = await admit(tx, engine, workspaceId, target, { agentless: agent === null, shows: caller_id }, at)
  if ('done' in admitted) return admitted
  const claim: Claim = {
    ...{
      ...facts,
      attempt_id: newId(at),
      kind: 'manual',
      agentless: agent === null,
      ...{ verdict: { ...judged, ...admitted.proof }, day: admitted.day, trunk_id: admitted.trunk_id },
      chooses_trunk: admitted.proof.route !== undefined,
    },
    ...{ agent_id: agent?.agent_id ?? null, session_id: agent?.session_id ?? null, offered_until: null },
    ...{ caller_id: caller_id ?? facts.caller_id, lease_seconds: leaseSeconds, by_hand: by },
  }
  return take(tx, engine, workspaceId, claim, admitted.turn, at)
}

/** Stands for a campaign or lead that there is not, where limits are looked up by name. */
const none = 'none'

/**
 * Asks every limit, under their lock; a campaign's day is that of its own zone. Where the campaign chooses among trunks, so does the
 * call: but for one that an agent's line waits for, or that shows a number of somebody's own choice.
 */
async function admit(
  tx: Tx,
  engine: Engine,
  workspaceId: string,
  { judged: _, choice, ...facts }: Target,
  { agentless, shows }: { agentless: boolean; shows: string | null },
  at: number,
): Promise<{ turn: number; day: string | null; trunk_id: string; proof: { route?: object } } | NotPlaced> {
  const own = choice.trunk_choice === 'fixed' || !agentless || shows !== null
  const trunks = own
    ? [facts.trunk_id]
    : (await readRoute(tx, workspaceId, facts.campaign_id ?? none)).map(({ id }) => id)
  const usage = await lockLimits(tx, workspaceId, trunks, at, engine.system_cap, !own)
  const campaign = usage.campaigns.find(({ id }) => id === facts.campaign_id)
  const named = { campaign_id: facts.campaign_id ?? none, lead_id: facts.lead_id ?? none }
  const asked = { ...facts, ...named, choice: own ? noChoice : choice, agentless }
  const [candidate] = routeEach([{ ...asked, bound: !agentless }], usage.routes, trunks).routed
  if (!candidate) return { done: 'refused', why: 'trunk', detail: 'No trunk of the campaign serves the number.' }
  const room = roomOf(usage, at, new Map())
  if (facts.campaign_id === null) room.campaign.set(none, null)
  // The usage tells of those alone whose campaigns dial now.
  if (agentless) room.owner.set(facts.owner_user_id, await readOwnerRoom(tx, workspaceId, facts.owner_user_id))
  const { admitted, refused } = admitFairly<Candidate>([candidate], room, new Map())
  const [fit] = admitted
  if (!fit) return { done: 'refused', why: 'limit', detail: `The limit ${refused[0]?.limit} is reached.` }
  const { trunk_id, route, passed = [] } = fit
  const proof = route ? { route: proveRoute(route, trunk_id, passed) } : {}
  return { turn: usage.turn, day: campaign?.day ?? null, trunk_id, proof }
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
  const { session_id, attempt_id: call_id, trunk_id } = claim
  const held = session_id === null ? null : { session_id, call_id, trunk_id }
  if (held && !(await reserveSessions(tx, workspaceId, [held], at)).has(held.session_id)) {
    return { done: 'refused', why: 'agent', detail: 'Only an agent who is available, and whose line is up, can dial.' }
  }
  const by = { worker: engine.worker, at, turn, busy_until: at }
  if ((await insertClaims(tx, workspaceId, [claim], by)).has(call_id)) return claim
  if (held) await releaseAgent(tx, workspaceId, held, at)
  return { done: 'refused', why: 'number', detail: 'The number is in a call at this moment.' }
}
