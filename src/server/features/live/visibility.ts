import { listVisibleCampaigns } from '#store/campaign-list.ts'
import type { LiveEvent } from '#store/live-events.ts'
import type { Caller } from '../../http/caller.ts'
import { type ServerDeps, within } from '../../http/house.ts'

/** Where members see their own things only, leaves out the events of campaigns that the caller can't see. */
export function hideOthersEvents(house: ServerDeps, caller: Caller) {
  return async (events: LiveEvent[]): Promise<LiveEvent[]> => {
    if (!caller.only_own) return events
    const named = new Set(
      events.flatMap(({ data }) => (typeof data.campaign_id === 'string' ? [data.campaign_id] : [])),
    )
    const visible = await within(house, caller, (tx) => listVisibleCampaigns(tx, caller.workspace_id, [...named]))
    return events.filter(({ data }) => typeof data.campaign_id === 'string' && visible.has(data.campaign_id))
  }
}
