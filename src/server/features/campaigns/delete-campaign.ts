import { deleteCampaign, lockCampaign, moveCampaign } from '#store/campaigns.ts'
import { announce } from '#store/live-events.ts'
import type { Caller } from '../../http/caller.ts'
import { type ServerDeps, within } from '../../http/house.ts'
import { isRefusal, type Refusal, refuse, refuseUnknown } from '../../http/problems.ts'

/** Archives a campaign that does not call and shows it no more, nor its leads; calls and people stay. */
export async function deleteOneCampaign(house: ServerDeps, caller: Caller, id: string): Promise<null | Refusal> {
  const { workspace_id } = caller
  const deleted = await within(house, caller, async (tx) => {
    const campaign = await lockCampaign(tx, workspace_id, id)
    if (!campaign) return refuseUnknown('campaign')
    if (campaign.status === 'active') {
      return refuse('conflict', 'A campaign that is active is not deleted: pause or stop it first.', {
        current_status: 'active',
      })
    }
    const at = house.clock.now()
    await moveCampaign(tx, workspace_id, id, { to: 'archived', reason: 'deleted', at, by: caller.user_id })
    await deleteCampaign(tx, workspace_id, id, at)
    await announce(tx, workspace_id, 'campaign.updated', { campaign_id: id, status: 'archived' }, at)
    return null
  })
  if (!isRefusal(deleted)) house.engine.wake(workspace_id, 'live')
  return deleted
}
