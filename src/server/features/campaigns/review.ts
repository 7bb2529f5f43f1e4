import { reviewLeads } from '#dialer/gate.ts'
import { listActiveCampaigns } from '#store/campaign-list.ts'
import { lockOpenLeads, reopenSettledLeads } from '#store/lead-review.ts'
import { inWorkspace } from '#store/tx.ts'
import type { ServerDeps } from '../../http/house.ts'

/** Leads judged in one transaction: claims of a running campaign pass them over meanwhile. */
const atOnce = 1_000
/** Leads judged before the request is answered; the rest follows while the campaign already runs. */
const beforeAnswer = 20_000

/** The same for whatever is calling now, after a rule of the workspace has changed. */
export async function reviewRunningCampaigns(house: ServerDeps, workspaceId: string): Promise<void> {
  const running = await inWorkspace(house.pool, { workspace_id: workspaceId }, (tx) =>
    listActiveCampaigns(tx, workspaceId),
  )
  for (const campaignId of running) await reviewCampaign(house, workspaceId, campaignId)
  house.engine.wake(workspaceId, 'dial')
}

/**
 * Asks the gate anew when each lead of a campaign may be called, those included that a rule had settled before. What is
 * still to be judged keeps the due time it has, and the gate is asked again before every dial. Gives the last lead that was
 * judged when it returns; null when all were.
 */
export async function reviewCampaign(
  house: ServerDeps,
  workspaceId: string,
  campaignId: string,
): Promise<string | null> {
  const acting = { workspace_id: workspaceId }
  await inWorkspace(house.pool, acting, (tx) => reopenSettledLeads(tx, workspaceId, campaignId, house.clock.now()))
  let judged = 0
  let last = await reviewSome(null)
  while (last !== null && judged < beforeAnswer) last = await reviewSome(last)
  if (last !== null) void reviewRest(last)
  return last

  async function reviewSome(after: string | null): Promise<string | null> {
    return inWorkspace(house.pool, acting, async (tx) => {
      const ids = await lockOpenLeads(tx, workspaceId, campaignId, after, atOnce)
      await reviewLeads(tx, workspaceId, ids, house.clock.now())
      judged += ids.length
      return ids.length < atOnce ? null : (ids.at(-1) as string)
    })
  }

  async function reviewRest(from: string): Promise<void> {
    try {
      for (let next: string | null = from; next !== null; ) next = await reviewSome(next)
      house.engine.wake(workspaceId, 'dial')
    } catch (error) {
      house.log.error(
        { err: error, campaign_id: campaignId },
        'leads kept their old due times; start it again to review them',
      )
    }
  }
}
