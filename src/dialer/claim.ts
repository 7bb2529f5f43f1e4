import { type Pulse, readPulse } from '#analytics/pulse.ts'
import { type CallerIdChoice, chooseCallerIds } from '#domain/caller-id-choice.ts'
import { isAgentless } from '#domain/campaign.ts'
import { admitFairly, type Candidate, type Turns } from '#domain/fairness.ts'
import { roomOf } from '#domain/line-room.ts'
import { choiceOf, isUneven, proveRoute, routeEach, type ToBeRouted, usableIds } from '#domain/routing.ts'
import { offerLeads } from '#floor/matcher/offers.ts'
import { readCallerIdUse } from '#store/caller-ids.ts'
import { type Claim, type Held, holdLeads, insertClaims, pickDueLeads } from '#store/claim-attempts.ts'
import { newId } from '#store/ids.ts'
import { readLeadEvidence } from '#store/lead-evidence.ts'
import { inWorkspace, type SendLast, type Tx } from '#store/tx.ts'
import { lockLimits, type Usage } from '#store/usage.ts'
import { callsOf, type Decided, paceAgents } from './agent-pace.ts'
import { type Binding, bindOwnLeads, createHandout, keepReserved } from './bind-agents.ts'
import { type Engine, leaseSeconds } from './engine.ts'
import { judge, toHeld } from './gate.ts'

export interface ClaimResult {
  /** As it was before the claim. */
  pulse: Pulse
  claims: Claim[]
  held: number
}

/** A number that is being dialed for another campaign at this moment is tried again after this. */
const busyNumberMs = 15_000

/** A number that none of a campaign's trunks serves is looked at again after this: a trunk may say that it does by then. */
const unservedMs = 600_000
/** Whose trunks are all in use, while others have lines, lets those go first whom the others serve. */
const fullRouteMs = 10_000

/** A lead that is one agent's own is asked about again after this, while the agent has no time. */
const awayAgentMs = 5_000
/** Beyond the time in which its agent decides. */
const offerGraceSeconds = 60

/**
 * One claim: read the pulse, let the pacers say how many (`decide` asks those of predictive campaigns), lock due leads, ask
 * the gate, and only then lock the limits, briefly, and take what they leave.
 * Everything commits together; a claim that dies leaves nothing behind.
 */
export async function claimAttempts(
  engine: Engine,
  workspaceId: string,
  pace: (pulse: Pulse, decided: Decided) => { campaign_id: string; take: number }[],
  decide: (tx: Tx, pulse: Pulse) => Promise<Decided> = async () => new Map(),
): Promise<ClaimResult> {
  const at = engine.clock.now()
  const claim = async (tx: Tx, sendLast: SendLast) => {
    const pulse = await readPulse(tx, workspaceId, at, engine.system_cap)
    const decided = await decide(tx, pulse)
    const wanted = pace(pulse, decided)
    const leadIds = wanted.length === 0 ? [] : await pickDueLeads(tx, workspaceId, wanted, at)
    if (leadIds.length === 0) return { pulse, held: 0 }
    const { candidates, held } = await askGate(tx, workspaceId, leadIds, at)
    if (candidates.length === 0) {
      if (held.length > 0) sendLast(holdLeads(tx, workspaceId, held, at))
      return { pulse, held: held.length }
    }
    const trunkIds = [...new Set(candidates.flatMap((c) => trunksOf(c, pulse)))].sort()
    const usage = await lockLimits(tx, workspaceId, trunkIds, at, engine.system_cap, pulse.routes !== null)
    const { routed, unserved } = routeEach(candidates, usage.routes, trunkIds)
    const { admitted, away, full } = admitUnder(routed, usage, at, decided)
    const { shown, spent } = await showCallerIds(tx, workspaceId, admitted, trunkIds, at)
    held.push(
      ...away.map((lead) => wait(lead, at + awayAgentMs, 'agent_not_free')),
      ...unserved.map((lead) => wait(lead, at + unservedMs, 'not_served')),
      ...full.map((lead) => wait(lead, at + fullRouteMs, 'route_full')),
      ...spent.map(({ person, asks_again_at }) => wait(person, asks_again_at, 'caller_ids_spent')),
    )
    if (held.length > 0) sendLast(holdLeads(tx, workspaceId, held, at))
    const claims = await keepReserved(tx, workspaceId, shown, at)
    // Behind people who all step aside it is looked again when something happens, not round and round.
    if (claims.length === 0) return { pulse, held: held.length - full.length }
    const by = { worker: engine.worker, at, turn: usage.turn, busy_until: at + busyNumberMs }
    const inserted = insertClaims(tx, workspaceId, claims, by)
    const offers = claims.filter(({ offered_until }) => offered_until !== null)
    if (offers.length > 0) await offerLeads(tx, workspaceId, offers, await inserted, at)
    sendLast(inserted)
    return { pulse, held: held.length, claims, inserted }
  }
  const opening = { holds_suppressions: true }
  const {
    pulse,
    held,
    claims = [],
    inserted,
  } = await inWorkspace(engine.pool, { workspace_id: workspaceId }, claim, opening)
  const taken = (await inserted) ?? new Set()
  return {
    pulse,
    claims: claims.filter((claim) => taken.has(claim.attempt_id)),
    held: held + claims.length - taken.size,
  }
}

interface LetOut extends Candidate, ToBeRouted {
  contact_id: string
  caller_id: string | null
  caller_id_choice: CallerIdChoice
  /** Whose own the lead is. */
  agent_id: string | null
  /** How long its agent is shown the lead before it is dialed; null where it is dialed at once. */
  preview_seconds: number | null
  verdict: object
}

type Admitted = Claim & Pick<LetOut, 'caller_id_choice' | 'lead_id'>

/** The trunks that a call may take: its campaign's own, or those that it chooses among. */
function trunksOf({ choice, trunk_id, campaign_id }: LetOut, { routes }: Pulse): string[] {
  return choice.trunk_choice === 'fixed' ? [trunk_id] : (routes?.[campaign_id] ?? []).map(({ id }) => id)
}

/** Takes what agents, limits and turns allow; `away` are those whose agent has no time, `full` those for whom no trunk has. */
function admitUnder(
  candidates: LetOut[],
  usage: Usage,
  at: number,
  decided: Decided,
): { admitted: Admitted[]; away: LetOut[]; full: LetOut[] } {
  const { bound, away, left } = bindOwnLeads(candidates, usage)
  const paces = paceAgents(left, decided)
  const present = candidates.filter((candidate) => !away.includes(candidate))
  const ready = present.map((candidate) => ({ ...candidate, bound: bound.has(candidate.lead_id) }))
  const { admitted, refused } = admitFairly(ready, roomOf(left, at, callsOf(paces)), turnsOf(usage))
  const handOut = createHandout(paces)
  const claims = admitted.map((candidate) => {
    const shown = candidate.preview_seconds !== null && !candidate.bound
    const binding = bound.get(candidate.lead_id) ?? (shown ? handOut(candidate.campaign_id) : null)
    return toClaim(candidate, usage, binding, at)
  })
  const full = refused.filter(({ candidate, limit }) => limit.startsWith('trunk_') && isServedByFew(candidate, usage))
  return { admitted: claims, away, full: full.map(({ candidate }) => candidate) }
}

/** Asked for under the limits' lock: no other claim shows these trunks' numbers meanwhile. */
async function showCallerIds(tx: Tx, workspaceId: string, candidates: Admitted[], trunkIds: string[], at: number) {
  const fixed = candidates.every((each) => each.caller_id_choice === 'fixed')
  const numbers = fixed ? [...new Set(candidates.flatMap(({ caller_id }) => caller_id ?? []))] : null
  const uses = numbers?.length === 0 ? new Map() : await readCallerIdUse(tx, workspaceId, { trunkIds, numbers }, at)
  return chooseCallerIds(candidates, uses, at)
}

function wait({ lead_id }: { lead_id: string }, due_at: number, held_by: string): Held {
  return { lead_id, due_at, status: null, held_by }
}

/** Trunks that serve other numbers may have lines for whoever comes after this one. */
function isServedByFew({ route, campaign_id }: LetOut, { routes }: Usage): boolean {
  const trunks = routes?.[campaign_id] ?? []
  return route !== undefined && route.trunks.length < usableIds(trunks).length && isUneven(trunks)
}

/** Splits the picked leads, in their order, into those that may be called now and those held back. */
async function askGate(
  tx: Tx,
  workspaceId: string,
  leadIds: string[],
  at: number,
): Promise<{ candidates: LetOut[]; held: Held[] }> {
  const evidence = new Map((await readLeadEvidence(tx, workspaceId, leadIds, at)).map((e) => [e.lead_id, e]))
  const candidates: LetOut[] = []
  const held: Held[] = []
  for (const leadId of leadIds) {
    const lead = evidence.get(leadId)
    if (!lead) continue
    const { input, verdict } = judge(lead, at)
    if (verdict.answer !== 'now' || lead.number === null || lead.campaign.trunk_id === null) {
      held.push(toHeld(lead, verdict, at))
      continue
    }
    candidates.push({
      lead_id: leadId,
      owner_user_id: lead.owner_user_id,
      campaign_id: lead.campaign_id,
      contact_id: lead.contact_id,
      trunk_id: lead.campaign.trunk_id,
      agentless: isAgentless(lead.campaign.mode),
      bound: false,
      agent_id: isAgentless(lead.campaign.mode) ? null : lead.agent_id,
      preview_seconds: lead.campaign.mode === 'preview' ? lead.campaign.preview_seconds : null,
      number: lead.number,
      caller_id: lead.campaign.caller_id,
      caller_id_choice: lead.campaign.caller_id_choice,
      choice: choiceOf(lead.campaign.trunk_choice, lead),
      verdict: { input, verdict },
    })
  }
  return { candidates, held }
}

function toClaim(candidate: LetOut, usage: Usage, binding: Binding | null, at: number): Admitted {
  const day = usage.campaigns.find((campaign) => campaign.id === candidate.campaign_id)?.day
  if (day === undefined) throw new Error('a candidate of a campaign that does not dial was admitted')
  const { preview_seconds: shown, choice: _, route, passed = [], verdict, ...rest } = candidate
  return {
    ...rest,
    ...(route
      ? { verdict: { ...verdict, route: proveRoute(route, rest.trunk_id, passed) }, chooses_trunk: true }
      : { verdict }),
    ...{
      attempt_id: newId(at),
      kind: 'campaign' as const,
      day,
      agent_id: binding?.agent_id ?? null,
      session_id: binding?.session_id ?? null,
    },
    offered_until: shown === null ? null : at + shown * 1000,
    lease_seconds: shown === null ? leaseSeconds : shown + offerGraceSeconds,
  }
}

function turnsOf(usage: Usage): Turns {
  return new Map(usage.owners.flatMap((owner) => (owner.turn === null ? [] : [[owner.id, owner.turn] as const])))
}
