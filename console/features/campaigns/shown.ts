import type { CampaignStatus } from '../../api/campaigns.ts'

/** The choices over the list; none is every campaign that is not put away. */
export const shownStatuses = {
  all: [],
  active: ['active', 'paused'],
  scheduled: ['draft', 'scheduled'],
  completed: ['completed', 'cancelled'],
} as const satisfies Record<string, readonly CampaignStatus[]>
export type Shown = keyof typeof shownStatuses

export interface CampaignSearch {
  show?: Shown | undefined
  q?: string | undefined
}

/** What an address says of which campaigns are shown; whatever it says else is passed over. */
export function readCampaignSearch({ show, q }: Record<string, unknown>): CampaignSearch {
  return {
    ...(typeof show === 'string' && Object.hasOwn(shownStatuses, show) && { show: show as Shown }),
    ...(typeof q === 'string' && q !== '' && { q: q.slice(0, 200) }),
  }
}
