import { type Pulse, readPulse } from '#analytics/pulse.ts'
import { isAgentless } from '#domain/campaign.ts'
import { admitFairly, type Candidate, type Turns } from '#domain/fairness.ts'
import { type Claim, type Held, holdLeads, insertClaims, pickDueLeads } from '#store/claim-attempts.ts'
import { newId } from '#store/ids.ts'
import { readLeadEvidence } from '#store/lead-evidence.ts'
import { inWorkspace, type SendLast, type Tx } from '#store/tx.ts'
import { lockLimits, type Usage } from '#store/usage.ts'
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

/**
 * One claim: read the pulse, let the pacer say how many, lock due leads, ask the gate, and only then lock the limits,
 * briefly, and take what they leave.
 * Everything commits together; a claim that dies leaves nothing behind.
 */
export async function claimAttempts(
  engine: Engine,
  workspaceId: string,
  pace: (pulse: Pulse) => { campaign_id: string; take: number }[],
): Promise<ClaimResult> {
  const at = engine.clock.now()
  const claim = async (tx: Tx, sendLast: SendLast) => {
    const pulse = await readPulse(tx, workspaceId, at, engine.system_cap)
    const wanted = pace(pulse)
    const leadIds = wanted.length === 0 ? [] : await pickDueLeads(tx, workspaceId, wanted, at)
    if (leadIds.length === 0) return { pulse, held: 0 }
    const { candidates, held } = await askGate(tx, workspaceId, leadIds, at)
    if (held.length > 0) sendLast(holdLeads(tx, workspaceId, held, at))
    if (candidates.length === 0) return { pulse, held: held.length }
    const trunkIds = [...new Set(candidates.map((c) => c.trunk_id))].sort()
    const usage = await lockLimits(tx, workspaceId, trunkIds, at, engine.system_cap)
    const { admitted } = admitFairly(candidates, roomOf(usage, at), turnsOf(usage))
    const claims = admitted.map((candidate) => toClaim(candidate, usage, at))
    if (claims.length === 0) return { pulse, held: held.length }
    const by = {
      worker: engine.worker,
      at,
      lease_seconds: leaseSeconds,
      turn: usage.turn,
      busy_until: at + busyNumberMs,
    }
    const inserted = insertClaims(tx, workspaceId, claims, by)
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
  verdict: unknown
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
      number: lead.number,
      caller_id: lead.campaign.caller_id,
      verdict: { input, verdict },
    })
  }
  return { candidates, held }
}

function toClaim(candidate: LetOut, usage: Usage, at: number): Claim {
  const day = usage.campaigns.find((campaign) => campaign.id === candidate.campaign_id)?.day
  if (day === undefined) throw new Error('a candidate of a campaign that does not dial was admitted')
  return { ...candidate, attempt_id: newId(at), day }
}

function turnsOf(usage: Usage): Turns {
  return new Map(usage.owners.flatMap((owner) => (owner.turn === null ? [] : [[owner.id, owner.turn] as const])))
}
