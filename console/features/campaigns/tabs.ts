import { type LeadSearch, readLeadSearch } from '../leads/shown.ts'

/** The parts of a campaign's page. */
export const campaignTabs = ['live', 'leads', 'settings'] as const
export type CampaignTab = (typeof campaignTabs)[number]

export interface CampaignTabSearch extends LeadSearch {
  tab?: CampaignTab | undefined
}

/** What an address says of the part that is shown, and of what is shown in it. */
export function readCampaignTab(search: Record<string, unknown>): CampaignTabSearch {
  const tab = campaignTabs.find((each) => each === search.tab)
  return { ...(tab && { tab }), ...readLeadSearch(search) }
}
