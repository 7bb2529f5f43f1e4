import type { LinkProps } from '@tanstack/react-router'
import type { CallReport } from '../../api/reports.ts'
import { urls } from '../../lib/urls.ts'
import type { CallSearch } from '../calls/shown.ts'
import type { AnalyticsSearch } from './shown.ts'

/** The list of exactly the calls that a figure of a report counts. */
export type Drill = (filters?: CallSearch) => LinkProps

/** `campaignId` where the calls are listed on that campaign's own page. */
export function drillInto(
  { since, until, zone }: CallReport,
  { campaign_id, agent_id }: AnalyticsSearch,
  campaignId?: string,
): Drill {
  const chosen = { since, until, zone, ...(agent_id && { agent_id }) }
  if (campaignId)
    return (filters = {}) => ({
      ...{ to: urls.campaign, params: { id: campaignId } },
      search: { tab: 'calls', ...chosen, ...filters },
    })
  return (filters = {}) => ({
    to: urls.calls,
    search: { ...chosen, ...(campaign_id && { campaign_id }), ...filters },
  })
}
