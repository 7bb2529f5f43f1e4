import { type Pulse, readPulse } from '#analytics/pulse.ts'
import { type CallerIdChoice, chooseCallerIds } from '#domain/caller-id-choice.ts'
import { isAgentless } from '#domain/campaign.ts'
import { admitFairly, type Candidate, type Turns } from '#domain/fairness.ts'
import { offerLeads } from '#floor/matcher/offers.ts'
import { readCallerIdUse } from '#store/caller-ids.ts'
import { type Claim, type Held, holdLeads, insertClaims, pickDueLeads } from '#store/claim-attempts.ts'
import { newId } from '#store/ids.ts'
import { readLeadEvidence } from '#store/lead-evidence.ts'
import { inWorkspace, type SendLast, type Tx } from '#store/tx.ts'
import { lockLimits, type Usage } from '#store/usage.ts'
import { type Decided, paceAgents } from './agent-pace.ts'
import { type Binding, bindOwnLeads, createHandout, keepReserved } from './bind-agents.ts'
import { type Engine, leaseSeconds } from './engine.ts'
import { judge, toHeld } from './gate.ts'
import { roomOf } from './pacer.ts'

export interface ClaimResult {
  /** As it was before the claim. */
  pulse: Pulse
  claims: Claim[]
  held: number
}

/** A number that is being dialed for another campaign at this moment is tried again after this. */
const busyNumberMs = 15_000

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
    const trunkIds = [...new Set(candidates.map((c) => c.trunk_id))].sort()
    const usage = await lockLimits(tx, workspaceId, trunkIds, at, engine.system_cap)
    const { admitted, away } = admitUnder(candidates, usage, at, decided)
    const { shown, spent } = await showCallerIds(tx, workspaceId, admitted, trunkIds, at)
    held.push(...away.map(({ lead_id }) => ({ lead_id, ...waitForAgent(at) })))
    held.push(
      ...spent.map(({ person, asks_again_at }) => ({ ...waitForCallerId(asks_again_at), lead_id: person.lead_id })),
    )
    if (held.length > 0) sendLast(holdLeads(tx, workspaceId, held, at))
    const claims = await keepReserved(tx, workspaceId, shown, at)
    if (claims.length === 0) return { pulse, held: held.length }
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

interface LetOut extends Candidate {
  contact_id: string
  number: string
  caller_id: string | null
  caller_id_choice: CallerIdChoice
  /** Whose own the lead is. */
  agent_id: string | null
  /** How long its agent is shown the lead before it is dialed; null where it is dialed at once. */
  preview_seconds: number | null
  verdict: unknown
}

type Admitted = Claim & Pick<LetOut, 'caller_id_choice' | 'lead_id'>

/** Takes what agents, limits and turns allow; `away` are those whose agent has no time. */
function admitUnder(
  candidates: LetOut[],
  usage: Usage,
  at: number,
  decided: Decided,
): { admitted: Admitted[]; away: LetOut[] } {
  const { bound, away, left } = bindOwnLeads(candidates, usage)
  const paces = paceAgents(left, decided)
  const present = candidates.filter((candidate) => !away.includes(candidate))
  const ready = present.map((candidate) => ({ ...candidate, bound: bound.has(candidate.lead_id) }))
  const { admitted } = admitFairly(ready, roomOf(left, at, paces), turnsOf(usage))
  const handOut = createHandout(paces)
  const claims = admitted.map((candidate) => {
    const shown = candidate.preview_seconds !== null && !candidate.bound
    const binding = bound.get(candidate.lead_id) ?? (shown ? handOut(candidate.campaign_id) : null)
    return toClaim(candidate, usage, binding, at)
  })
  return { admitted: claims, away }
}

/** Asked for under the limits' lock: no other claim shows these trunks' numbers meanwhile. */
async function showCallerIds(tx: Tx, workspaceId: string, candidates: Admitted[], trunkIds: string[], at: number) {
  const fixed = candidates.every((each) => each.caller_id_choice === 'fixed')
  const numbers = fixed ? [...new Set(candidates.flatMap(({ caller_id }) => caller_id ?? []))] : null
  const uses = numbers?.length === 0 ? new Map() : await readCallerIdUse(tx, workspaceId, { trunkIds, numbers }, at)
  return chooseCallerIds(candidates, uses, at)
}

function waitForCallerId(due_at: number): Omit<Held, 'lead_id'> {
  return { due_at, status: null, held_by: 'caller_ids_spent' }
}

function waitForAgent(at: number): Omit<Held, 'lead_id'> {
  return { due_at: at + awayAgentMs, status: null, held_by: 'agent_not_free' }
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
      verdict: { input, verdict },
    })
  }
  return { candidates, held }
}

function toClaim(candidate: LetOut, usage: Usage, binding: Binding | null, at: number): Admitted {
  const day = usage.campaigns.find((campaign) => campaign.id === candidate.campaign_id)?.day
  if (day === undefined) throw new Error('a candidate of a campaign that does not dial was admitted')
  const { preview_seconds: shown, ...rest } = candidate
  return {
    ...rest,
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
