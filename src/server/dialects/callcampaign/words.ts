import { type CampaignStatus, campaignStatuses } from '#domain/campaign.ts'
import type { LeadStatus } from '#domain/lead.ts'
import type { CampaignCounts } from '#store/campaign-counts.ts'

/** How a campaign stands, in the words of older clients, who know no archive. */
export const statusWords = ['draft', 'scheduled', 'active', 'paused', 'completed', 'cancelled'] as const
export type StatusWord = (typeof statusWords)[number]

export function wordOf(status: CampaignStatus): StatusWord {
  return status === 'archived' ? 'completed' : status
}

/** The statuses that are shown as one of these words. */
export function statusesShownAs(words: readonly StatusWord[]): CampaignStatus[] {
  return campaignStatuses.filter((status) => words.includes(wordOf(status)))
}

/** How many calls were answered and are over, how many failed in whatever way, and how many go on. */
export function countCalls({ by_call_status: n }: CampaignCounts) {
  return {
    completed: n.completed ?? 0,
    failed: (n.failed ?? 0) + (n.busy ?? 0) + (n.canceled ?? 0) + (n['no-answer'] ?? 0),
    going_on: (n.initiated ?? 0) + (n.ringing ?? 0) + (n.answered ?? 0),
  }
}

/** Leads that wait for a call, be it the first or another. */
export function countPending(byStatus: Partial<Record<LeadStatus, number>>): number {
  return (byStatus.pending ?? 0) + (byStatus.callback ?? 0)
}
