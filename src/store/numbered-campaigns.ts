import type { CampaignStatus } from '#domain/campaign.ts'
import { campaignListing } from './campaign-list.ts'
import type { Campaign } from './campaigns.ts'
import { type OffsetPage, type Place, readOffsetPage } from './offset-page.ts'
import type { Tx } from './tx.ts'

/** A campaign with the first of its agents, for systems that knew one. */
export interface CampaignOfAgent extends Omit<Campaign, 'segment'> {
  segment: string
  agent_number: number | null
  agent_code: string | null
}

/** Of a campaign `c`: those systems know none without one. */
export const segmentOrNeutral = "coalesce(c.segment, 'active')"
const listing = {
  columns: `${campaignListing.columns}, ${segmentOrNeutral} as segment, g.agent_number, g.agent_code`,
  from: `${campaignListing.from} left join lateral (
      select a.number as agent_number, coalesce(a.code, a.name) as agent_code from campaign_agents x
      join agents a on a.workspace_id = x.workspace_id and a.id = x.agent_id
      where x.workspace_id = c.workspace_id and x.campaign_id = c.id order by x.agent_id limit 1) g on true`,
  id: campaignListing.id,
}
const orders = {
  created_at: 'c.created_at, c.number',
  '-created_at': 'c.created_at desc, c.number desc',
  updated_at: 'c.updated_at, c.number',
  '-updated_at': 'c.updated_at desc, c.number desc',
}
export const campaignOrderings = Object.keys(orders) as (keyof typeof orders)[]
export type CampaignOrdering = keyof typeof orders

export interface CampaignPageFilters {
  number?: number | undefined
  /** The code, or the id of a campaign that has none. */
  named?: string | undefined
  agent_number?: number | undefined
  statuses?: readonly CampaignStatus[] | undefined
  segment?: string | undefined
  /** Part of the code or of the name. */
  search?: string | undefined
}

export async function listNumberedCampaigns(
  tx: Tx,
  workspaceId: string,
  filters: CampaignPageFilters,
  { ordering, ...page }: Place & { ordering: CampaignOrdering },
): Promise<OffsetPage<CampaignOfAgent>> {
  return readOffsetPage<CampaignOfAgent>(
    tx,
    listing,
    [
      ['c.workspace_id = ? and c.deleted_at is null', workspaceId],
      ['c.number = ?', filters.number],
      ['coalesce(c.code, c.id::text) = ?', filters.named],
      [
        `c.id in (select x.campaign_id from campaign_agents x where x.workspace_id = c.workspace_id
          and x.agent_id = (select a.id from agents a where a.workspace_id = x.workspace_id and a.number = ?))`,
        filters.agent_number,
      ],
      ['c.status = any (?)', filters.statuses],
      [`${segmentOrNeutral} = ?`, filters.segment],
      ["strpos(lower(concat_ws(' ', c.code, c.name)), lower(?)) > 0", filters.search],
    ],
    { ...page, order: orders[ordering] },
  )
}

/** The codes that begin so, those of deleted campaigns among them: a code is never given twice. */
export async function listCodesLike(tx: Tx, workspaceId: string, start: string): Promise<Set<string>> {
  const { rows } = await tx.query<{ code: string }>(
    'select code from campaigns where workspace_id = $1 and starts_with(code, $2)',
    [workspaceId, start],
  )
  return new Set(rows.map(({ code }) => code))
}
