import type { LeadStatus } from '#domain/lead.ts'
import { type LeadRow, leadListing } from './lead-list.ts'
import { segmentOrNeutral } from './numbered-campaigns.ts'
import { type OffsetPage, type Place, readOffsetPage } from './offset-page.ts'
import type { Tx } from './tx.ts'

/** A lead with what lists of older systems say of its campaign and person. */
export interface LeadOfCampaign extends LeadRow {
  campaign_number: number
  campaign_code: string | null
  campaign_name: string
  campaign_zone: string
  segment: string
  city: string
}

const phone = `(select p.number from contact_phones p
  where p.workspace_id = l.workspace_id and p.contact_id = l.contact_id order by p.position limit 1)`
const listing = {
  columns: `${leadListing.columns}, c.number as campaign_number, c.code as campaign_code, c.name as campaign_name,
    c.time_zone as campaign_zone, ${segmentOrNeutral} as segment, n.city`,
  from: leadListing.from,
  id: leadListing.id,
}
const orders = {
  created_at: 'l.created_at, l.number',
  '-created_at': 'l.created_at desc, l.number desc',
  segment: `${segmentOrNeutral}, l.created_at desc, l.number desc`,
  '-segment': `${segmentOrNeutral} desc, l.created_at desc, l.number desc`,
}
export const leadOrderings = Object.keys(orders) as (keyof typeof orders)[]
export type LeadOrdering = keyof typeof orders

export interface LeadPageFilters {
  number?: number | undefined
  campaign_id?: string | undefined
  campaign_number?: number | undefined
  segment?: string | undefined
  /** The statuses of leads that were never tried, and of those that were. */
  untried?: readonly LeadStatus[] | undefined
  tried?: readonly LeadStatus[] | undefined
  /** Part of the number or of the name. */
  search?: string | undefined
}

export async function listNumberedLeads(
  tx: Tx,
  workspaceId: string,
  filters: LeadPageFilters,
  { ordering, ...page }: Place & { ordering: LeadOrdering },
): Promise<OffsetPage<LeadOfCampaign>> {
  return readOffsetPage<LeadOfCampaign>(
    tx,
    listing,
    [
      ['l.workspace_id = ?', workspaceId],
      ['l.number = ?', filters.number],
      ['l.campaign_id = ?', filters.campaign_id],
      ['c.number = ?', filters.campaign_number],
      [`${segmentOrNeutral} = ?`, filters.segment],
      ['(l.attempts + l.carrier_faults > 0 or l.status = any (?))', filters.untried],
      ['(l.attempts + l.carrier_faults = 0 or l.status = any (?))', filters.tried],
      [`(strpos(lower(n.full_name), lower(?)) > 0 or strpos(${phone}, ?) > 0)`, filters.search],
    ],
    { ...page, order: orders[ordering] },
  )
}
