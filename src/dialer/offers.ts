/** Leads that are shown to an agent before they are dialed: taken, passed over, or left until their time is over. */
import { releaseAgent } from '#floor/matcher/reservations.ts'
import { dropAttempts } from '#store/attempts.ts'
import { type Claim, holdLeads } from '#store/claim-attempts.ts'
import { type LeadEvidence, readLeadEvidence } from '#store/lead-evidence.ts'
import { findEndedOffers, keepVerdict, type Offer, takeOffer, wasOptedOut } from '#store/offers.ts'
import { inWorkspace, type Tx } from '#store/tx.ts'
import { dispatchAlone } from './dispatcher.ts'
import { type Engine, leaseSeconds } from './engine.ts'
import { type Judgement, judge, toHeld } from './gate.ts'

/** A lead that an agent passed over is shown again after this, at the earliest. */
const skippedMs = 15 * 60_000
/** What stands as the reason when nobody decided. */
const undecided = 'nobody decided in time'

export type OfferAnswer =
  | { done: 'dialed' | 'skipped' }
  /** The offer is over, or somebody else's. */
  | { done: 'gone' }
  /** It may not be dialed any more; `at` is the next lawful instant, epoch ms. */
  | { done: 'forbidden'; rule: string; at: number | null }

/** The person asked not to be called while the agent was looking. */
const withdrawn = { done: 'forbidden', rule: 'do_not_call', at: null } as const

/** The agent wants it: what was lawful when it was shown is asked again, and then it is dialed. */
export async function acceptOffer(engine: Engine, workspaceId: string, offer: Offer): Promise<OfferAnswer> {
  const at = engine.clock.now()
  const opening = { holds_suppressions: true }
  const by = { worker: engine.worker, lease_seconds: leaseSeconds }
  const accepted = await inWorkspace(
    engine.pool,
    { workspace_id: workspaceId },
    async (tx) => {
      const claim = await takeOffer(tx, workspaceId, offer, by)
      if (claim === null) return (await wasOptedOut(tx, workspaceId, offer)) ? withdrawn : null
      return (await forbid(tx, workspaceId, claim, at)) ?? claim
    },
    opening,
  )
  if (accepted === null) return { done: 'gone' }
  if ('attempt_id' in accepted) {
    await dispatchAlone(engine, workspaceId, accepted)
    return { done: 'dialed' }
  }
  wakeFloor(engine, workspaceId)
  return accepted
}

/** Gives an offer back whose lead may not be called any more; null where it may, and the verdict that says so is kept. */
async function forbid(
  tx: Tx,
  workspaceId: string,
  claim: Claim & { claimed_at: number },
  at: number,
): Promise<Extract<OfferAnswer, { done: 'forbidden' }> | null> {
  const { attempt_id, session_id } = claim
  const [lead] = await readLeadEvidence(tx, workspaceId, [claim.lead_id as string], at)
  const judged = lead && judge(asBefore(lead, claim), at)
  if (judged?.verdict.answer === 'now') {
    await keepVerdict(tx, workspaceId, attempt_id, judged)
    return null
  }
  const rule = judged?.verdict.rule.id ?? 'lead_closed'
  const drop = { from: ['claimed' as const], reason: `forbidden: ${rule}`, at, due_at: at }
  await dropAttempts(tx, workspaceId, [attempt_id], drop)
  if (lead && judged) await holdLeads(tx, workspaceId, [toHeld(lead, judged.verdict, at)], at)
  await releaseAgent(tx, workspaceId, { session_id: session_id as string, call_id: attempt_id }, at)
  return { done: 'forbidden', rule, at: judged?.verdict.at ?? null }
}

/** The lead as it would be without the offer itself, which is none of the calls that the number had. */
function asBefore(lead: LeadEvidence, { verdict, claimed_at }: { verdict: unknown; claimed_at: number }): LeadEvidence {
  const { status } = (verdict as Judgement).input.lead
  const recent_attempts = lead.recent_attempts.filter((each) => each !== claimed_at)
  return { ...lead, recent_attempts, status: lead.status === 'calling' ? status : lead.status }
}

/** The agent passes the lead over: it costs no try, and the reason is kept with the attempt. */
export async function skipOffer(
  engine: Engine,
  workspaceId: string,
  offer: Offer,
  reason: string,
): Promise<OfferAnswer> {
  const at = engine.clock.now()
  const skipped = await inWorkspace(engine.pool, { workspace_id: workspaceId }, async (tx) => {
    const claim = await takeOffer(tx, workspaceId, offer, { worker: engine.worker, lease_seconds: leaseSeconds })
    if (claim === null) return false
    const drop = { from: ['claimed' as const], reason: `skipped: ${reason}`, at, due_at: at + skippedMs }
    await dropAttempts(tx, workspaceId, [offer.attempt_id], drop)
    await releaseAgent(tx, workspaceId, { session_id: offer.session_id, call_id: offer.attempt_id }, at)
    return true
  })
  if (skipped) wakeFloor(engine, workspaceId)
  return { done: skipped ? 'skipped' : 'gone' }
}

/** Ends the offers whose time is over as their campaign says; gives when the next one's is (epoch ms). */
export async function endOffers(engine: Engine, workspaceId: string): Promise<number | null> {
  const at = engine.clock.now()
  const { ended, next } = await inWorkspace(engine.pool, { workspace_id: workspaceId }, (tx) =>
    findEndedOffers(tx, workspaceId, at),
  )
  for (const { preview_ends, ...offer } of ended) {
    if (preview_ends === 'dial') await acceptOffer(engine, workspaceId, offer)
    else await skipOffer(engine, workspaceId, offer, undecided)
  }
  return next
}

function wakeFloor(engine: Engine, workspaceId: string): void {
  for (const what of ['live', 'floor', 'dial'] as const) engine.wake(workspaceId, what)
}
