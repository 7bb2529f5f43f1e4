import { readAnalyticsSearch } from '../analytics/shown.ts'
import { type CallSearch, readCallSearch } from '../calls/shown.ts'
import { type LeadSearch, readLeadSearch } from '../leads/shown.ts'

/** The parts of a campaign's page. */
export const campaignTabs = ['live', 'leads', 'calls', 'analytics', 'settings'] as const
export type CampaignTab = (typeof campaignTabs)[number]

export interface CampaignTabSearch extends LeadSearch, CallSearch {
  tab?: CampaignTab | undefined
}

const readers: { [Tab in CampaignTab]?: (search: Record<string, unknown>) => CampaignTabSearch } = {
  leads: readLeadSearch,
  calls: readCallSearch,
  analytics: readAnalyticsSearch,
}

/** What an address says of the part that is shown, and of what is shown in it; of other parts it says nothing. */
export function readCampaignTab(search: Record<string, unknown>): CampaignTabSearch {
  const tab = campaignTabs.find((each) => each === search.tab)
  return tab ? { tab, ...readers[tab]?.(search) } : {}
}
