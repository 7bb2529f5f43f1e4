import { reviewLeads } from '#dialer/gate.ts'
import { releaseAgent } from '#floor/matcher/reservations.ts'
import { lockLeadsOfNumbers, reopenLeadsOfNumbers } from '#store/lead-review.ts'
import { announce } from '#store/live-events.ts'
import { cancelUnanswered } from '#store/opt-outs.ts'
import {
  addSuppression,
  type NewSuppression,
  removeSuppression,
  returnSuppression,
  type Suppression,
} from '#store/suppressions.ts'
import type { Tx } from '#store/tx.ts'

/**
 * Blocks a number, ends what is ringing there unanswered, and judges its leads anew. Whoever blocks holds the claims first
 * and sees everybody's rows; the floor is woken after the commit.
 */
export async function block(
  tx: Tx,
  workspaceId: string,
  wanted: NewSuppression,
  at: number,
): ReturnType<typeof addSuppression> {
  const { number, campaign_id, brand = null } = wanted
  const result = await addSuppression(tx, workspaceId, wanted, at)
  const withdrawn = await cancelUnanswered(tx, workspaceId, number, wanted, at)
  await reviewLeads(tx, workspaceId, await lockLeadsOfNumbers(tx, workspaceId, [number], campaign_id), at)
  for (const offer of withdrawn) await releaseAgent(tx, workspaceId, offer, at)
  await announce(
    tx,
    workspaceId,
    'suppression.added',
    { suppression_id: result.suppression.id, campaign_id, brand },
    at,
  )
  return result
}

/** Takes a block back; null when it does not hold any more. */
export async function unblock(
  tx: Tx,
  workspaceId: string,
  id: string,
  by: { user_id: string; reason: string; at: number },
): Promise<Suppression | null> {
  const suppression = await removeSuppression(tx, workspaceId, id, by)
  if (!suppression) return null
  const { number, campaign_id } = suppression
  await judgeFreed(tx, workspaceId, [number], by.at)
  await announce(tx, workspaceId, 'suppression.removed', { suppression_id: id, campaign_id }, by.at)
  return suppression
}

/** Gives a block that was strengthened the end it had before. */
export async function weaken(
  tx: Tx,
  workspaceId: string,
  { id, number }: Pick<Suppression, 'id' | 'number'>,
  expiresAt: Date | null,
  at: number,
): Promise<void> {
  await returnSuppression(tx, workspaceId, id, expiresAt)
  await judgeFreed(tx, workspaceId, [number], at)
}

/** Leads of numbers that something blocked until now; what else blocks them keeps doing so. */
export async function judgeFreed(tx: Tx, workspaceId: string, numbers: string[], at: number): Promise<void> {
  await reopenLeadsOfNumbers(tx, workspaceId, numbers, 'do_not_call', at)
  await judgeLeads(tx, workspaceId, numbers, at)
}

/** Leads of numbers that something may block from now on. */
export async function judgeLeads(tx: Tx, workspaceId: string, numbers: string[], at: number): Promise<void> {
  await reviewLeads(tx, workspaceId, await lockLeadsOfNumbers(tx, workspaceId, numbers), at)
}
