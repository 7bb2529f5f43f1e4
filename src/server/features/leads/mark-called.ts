import { lockCampaign } from '#store/campaigns.ts'
import { newId } from '#store/ids.ts'
import { type LeadRow, readLead } from '#store/lead-list.ts'
import { holdCallOfLead, markLead } from '#store/marks.ts'
import type { Caller } from '../../http/caller.ts'
import { type ServerDeps, within } from '../../http/house.ts'
import { isRefusal, type Refusal, refuseUnknown } from '../../http/problems.ts'

/** Somebody says they called this person: never refused, whatever the lead is or has at this moment. */
export async function markCalled(house: ServerDeps, caller: Caller, id: string): Promise<LeadRow | Refusal> {
  const { workspace_id } = caller
  const at = house.clock.now()
  const marked = await within(house, caller, async (tx) => {
    const lead = await readLead(tx, workspace_id, id)
    if (!lead) return refuseUnknown('lead')
    // Acts on the campaign and on its leads follow each other.
    await lockCampaign(tx, workspace_id, lead.campaign_id)
    await holdCallOfLead(tx, workspace_id, id)
    await markLead(tx, workspace_id, { id: newId(at), lead_id: id, at })
    return (await readLead(tx, workspace_id, id)) as LeadRow
  })
  if (!isRefusal(marked)) house.engine.wake(workspace_id, 'dial')
  return marked
}
