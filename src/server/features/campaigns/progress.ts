import { finalLeadStatuses } from '#domain/lead.ts'
import { type CrewCount, countCrew } from '#store/campaign-agents.ts'
import { countProgress, type ProgressCount } from '#store/campaign-progress.ts'
import { type Campaign, readCampaign } from '#store/campaigns.ts'
import { readUsage } from '#store/usage.ts'
import type { Caller } from '../../http/caller.ts'
import { type ServerDeps, within } from '../../http/house.ts'
import { refuseUnknown } from '../../http/problems.ts'
import { diagnose } from './diagnosis.ts'

/** A recount of the campaign as it stands, with a sentence on what decides its pace. */
export async function readProgress(house: ServerDeps, caller: Caller, id: string) {
  const { workspace_id } = caller
  const at = house.clock.now()
  return within(house, caller, async (tx) => {
    const campaign = await readCampaign(tx, workspace_id, id)
    if (!campaign) return refuseUnknown('campaign')
    const count = await countProgress(tx, workspace_id, id, at)
    const usage = await readUsage(tx, workspace_id, at, house.config.system_concurrent_calls)
    const agents = await countCrew(tx, workspace_id, id)
    return showProgress(campaign, count, agents, diagnose(campaign, count, agents, usage, at), at)
  })
}

function showProgress(
  campaign: Campaign,
  count: ProgressCount,
  agents: CrewCount,
  diagnosis: { code: string; sentence: string },
  at: number,
) {
  const { waiting, leads } = count
  const forRetry = (waiting.by_rule.lead_not_before ?? 0) + (waiting.by_rule.retry ?? 0)
  const done = finalLeadStatuses.reduce((sum, status) => sum + (leads.by_status[status] ?? 0), 0)
  return {
    campaign_id: campaign.id,
    status: campaign.status,
    status_reason: campaign.status_reason,
    at: new Date(at),
    ...count,
    agents,
    done_percent: leads.total === 0 ? 0 : Math.floor((done / leads.total) * 1000) / 10,
    waiting: { ...waiting, for_retry: forRetry, for_window: countWindows(waiting.by_rule) },
    diagnosis,
  }
}

/** Rules about hours carry the word in their id, whichever pack or house made them. */
function countWindows(byRule: Record<string, number>): number {
  const windows = Object.entries(byRule).filter(([rule]) => /hours|bands|campaign_starts/.test(rule))
  return windows.reduce((sum, [, n]) => sum + n, 0)
}
