import type { CampaignMode, CampaignStatus } from '#domain/campaign.ts'
import { type Campaign, campaignColumns } from './campaigns.ts'
import { type Filter, type Listing, type Page, type PageOf, readPage } from './keyset.ts'
import { type OffsetPage, type Place, readOffsetPage } from './offset-page.ts'
import type { Tx } from './tx.ts'

export const campaignSorts = ['created_at', 'updated_at', 'name', 'number'] as const
export type CampaignSort = (typeof campaignSorts)[number]

export const campaignListing: Listing<CampaignSort> = {
  columns: campaignColumns,
  from: 'campaigns c',
  id: 'c.id',
  sorts: {
    created_at: { by: 'c.created_at', type: 'timestamptz' },
    updated_at: { by: 'c.updated_at', type: 'timestamptz' },
    name: { by: 'c.name', type: 'text' },
    number: { by: 'c.number', type: 'bigint' },
  },
}

export interface CampaignFilters {
  status?: CampaignStatus[]
  mode?: CampaignMode[]
  owner_user_id?: string
  code?: string
  /** Who takes its calls, named one by one. */
  agent_id?: string
  /** Part of the name. */
  search?: string
}

export async function listCampaigns(
  tx: Tx,
  workspaceId: string,
  filters: CampaignFilters,
  page: PageOf<CampaignSort>,
): Promise<Page<Campaign>> {
  return readPage<Campaign, CampaignSort>(tx, campaignListing, filtersOf(workspaceId, filters), page)
}

/** The same by the place in the list, newest first. */
export async function listCampaignsByPlace(
  tx: Tx,
  workspaceId: string,
  filters: CampaignFilters,
  place: Place,
): Promise<OffsetPage<Campaign>> {
  const page = { ...place, order: 'c.created_at desc, c.number desc' }
  return readOffsetPage<Campaign>(tx, campaignListing, filtersOf(workspaceId, filters), page)
}

function filtersOf(workspaceId: string, filters: CampaignFilters): Filter[] {
  return [
    ['c.workspace_id = ? and c.deleted_at is null', workspaceId],
    ['c.status = any (?)', filters.status],
    ['c.mode = any (?)', filters.mode],
    ['c.owner_user_id = ?', filters.owner_user_id],
    ['c.code = ?', filters.code],
    [
      `exists (select from campaign_agents x where x.workspace_id = c.workspace_id and x.campaign_id = c.id
        and x.agent_id = ?)`,
      filters.agent_id,
    ],
    ['strpos(lower(c.name), lower(?)) > 0', filters.search],
  ]
}

/** Which of these the acting user may see. */
export async function listVisibleCampaigns(tx: Tx, workspaceId: string, ids: string[]): Promise<Set<string>> {
  const { rows } = await tx.query<{ id: string }>(
    'select id from campaigns where workspace_id = $1 and id = any ($2) and deleted_at is null',
    [workspaceId, ids],
  )
  return new Set(rows.map((row) => row.id))
}

/** Every campaign that is calling. */
export async function listActiveCampaigns(tx: Tx, workspaceId: string): Promise<string[]> {
  const { rows } = await tx.query<{ id: string }>(
    `select id from campaigns where workspace_id = $1 and status = 'active' order by id`,
    [workspaceId],
  )
  return rows.map((row) => row.id)
}

/** Locks every campaign that is calling, in the order of their ids. */
export async function lockActiveCampaigns(tx: Tx, workspaceId: string): Promise<string[]> {
  const { rows } = await tx.query<{ id: string }>(
    `select id from campaigns where workspace_id = $1 and status = 'active' order by id for no key update`,
    [workspaceId],
  )
  return rows.map((row) => row.id)
}
