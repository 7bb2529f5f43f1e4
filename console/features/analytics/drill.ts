import type { LinkProps } from '@tanstack/react-router'
import type { CallReport } from '../../api/reports.ts'
import { urls } from '../../lib/urls.ts'
import type { CallSearch } from '../calls/shown.ts'
import type { AnalyticsSearch } from './shown.ts'

/** The list of exactly the calls that a figure of a report counts. */
export type Drill = (filters?: CallSearch) => LinkProps

export function drillInto({ since, until, zone }: CallReport, { campaign_id, agent_id }: AnalyticsSearch): Drill {
  const days = { since, until, zone }
  return (filters = {}) => ({
    to: urls.calls,
    search: { ...days, ...(campaign_id && { campaign_id }), ...(agent_id && { agent_id }), ...filters },
  })
}
