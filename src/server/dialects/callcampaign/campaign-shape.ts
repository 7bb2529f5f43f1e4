import { type CampaignCounts, countCampaigns } from '#store/campaign-counts.ts'
import type { Campaign } from '#store/campaigns.ts'
import { showTime } from '../../features/campaigns/present.ts'
import type { Caller } from '../../http/caller.ts'
import { type ServerDeps, within } from '../../http/house.ts'
import { countCalls, wordOf } from './words.ts'

/** A campaign with its recount, in both spellings. */
export function showCampaign(row: Campaign, counts: CampaignCounts) {
  const { completed, failed } = countCalls(counts)
  const { id, name, description, script, start_date, end_date, created_at, updated_at } = row
  return {
    ...{ id, name, description, script, status: wordOf(row.status) },
    ...{ dailyLimit: row.daily_limit ?? 0, retryAttempts: row.max_attempts - 1 },
    ...{ startDate: start_date, endDate: end_date, createdAt: created_at, updatedAt: updated_at },
    ...{ user_id: row.owner_user_id, agent_id: row.agent_ids[0] ?? null, next_action: row.next_action },
    ...{ first_call_time: showTime(row.window_start), last_call_time: showTime(row.window_end) },
    ...{ start_date, end_date, total_contacts: counts.leads },
    ...{ completed_calls: completed, successful_calls: completed, failed_calls: failed },
    ...{ started_at: row.started_at, completed_at: row.completed_at, created_at, updated_at },
  }
}

/** Campaigns as they are shown, in the order given. */
export async function showCampaigns(house: ServerDeps, caller: Caller, rows: Campaign[]) {
  const ids = rows.map(({ id }) => id)
  const counts = await within(house, caller, (tx) => countCampaigns(tx, caller.workspace_id, ids))
  return rows.map((row) => showCampaign(row, counts.get(row.id) as CampaignCounts))
}

export async function showOneCampaign(house: ServerDeps, caller: Caller, row: Campaign) {
  const [shown] = await showCampaigns(house, caller, [row])
  return shown as ReturnType<typeof showCampaign>
}
