import { lockCampaign, readCampaign } from '#store/campaigns.ts'
import { type List, listLists, weighList } from '#store/lists.ts'
import type { Caller } from '../../http/caller.ts'
import { type ServerDeps, within } from '../../http/house.ts'
import { isRefusal, type Refusal, refuse, refuseUnknown } from '../../http/problems.ts'
import { reviewCampaign } from '../campaigns/review.ts'

export async function listsOfCampaign(
  house: ServerDeps,
  caller: Caller,
  campaignId: string,
): Promise<List[] | Refusal> {
  const { workspace_id } = caller
  return within(house, caller, async (tx) => {
    if (!(await readCampaign(tx, workspace_id, campaignId))) return refuseUnknown('campaign')
    return listLists(tx, workspace_id, campaignId, house.clock.now())
  })
}

/** Gives a list its weight. With the first one a campaign is given, all its leads go into their lists. */
export async function changeList(
  house: ServerDeps,
  caller: Caller,
  campaignId: string,
  list: { id: string; weight: number },
): Promise<List | Refusal> {
  const { workspace_id } = caller
  const at = house.clock.now()
  const weighed = await within(house, caller, async (tx) => {
    const campaign = await lockCampaign(tx, workspace_id, campaignId)
    if (!campaign) return refuseUnknown('campaign')
    if (campaign.status === 'archived' || campaign.status === 'cancelled') {
      return refuse('conflict', `A campaign that is ${campaign.status} is not changed any more.`, {
        current_status: campaign.status,
      })
    }
    const { found, opened } = await weighList(tx, workspace_id, campaignId, list, at)
    return found ? { opened } : refuseUnknown('list of this campaign')
  })
  if (isRefusal(weighed)) return weighed
  if (weighed.opened) await reviewCampaign(house, workspace_id, campaignId)
  house.engine.wake(workspace_id, 'dial')
  const lists = await listsOfCampaign(house, caller, campaignId)
  return isRefusal(lists) ? lists : (lists.find(({ id }) => id === list.id) ?? refuseUnknown('list of this campaign'))
}
