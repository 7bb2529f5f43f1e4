/**
 * For whom each busy agent will be free next. Agents who serve several campaigns go where the share is smallest, the idle
 * counted with them, so that a campaign whose calls happened to be answered first does not dial on for agents that others are due.
 */
import { almostNoWeight, type DealtCampaign } from './deal-agents.ts'

export type SharedCampaign = Pick<DealtCampaign, 'id' | 'weight' | 'due'>

export interface BusyAgent {
  session_id: string
  /** Of the call in hand, or that the wrap-up is after. */
  campaign_id: string
  /** Whose calls the agent may take. */
  campaign_ids: readonly string[]
}

/** Campaigns by session; `idle`: how many agents each campaign was dealt already. */
export function foreseeAgents(
  campaigns: readonly SharedCampaign[],
  idle: ReadonlyMap<string, number>,
  busy: readonly BusyAgent[],
): Map<string, string> {
  const next = new Map(busy.map(({ session_id, campaign_id }) => [session_id, campaign_id]))
  const ready = campaigns.filter(({ due }) => due)
  const weights = new Map(ready.map(({ id, weight }) => [id, Math.max(weight, almostNoWeight)]))
  const counts = new Map(idle)
  for (const { campaign_id } of busy) counts.set(campaign_id, (counts.get(campaign_id) ?? 0) + 1)
  const share = (id: string, more: number) => ((counts.get(id) ?? 0) + more) / (weights.get(id) ?? 0)
  // Each goes once at most: whom one round moved is where it is needed.
  for (const { session_id, campaign_id, campaign_ids } of busy) {
    const others = ready.filter(({ id }) => id !== campaign_id && campaign_ids.includes(id))
    const neediest = others.reduce<string | null>(
      (a, { id }) => (a === null || share(id, 1) < share(a, 1) ? id : a),
      null,
    )
    if (neediest === null || share(neediest, 1) >= share(campaign_id, 0)) continue
    next.set(session_id, neediest)
    counts.set(campaign_id, (counts.get(campaign_id) as number) - 1)
    counts.set(neediest, (counts.get(neediest) ?? 0) + 1)
  }
  return next
}
