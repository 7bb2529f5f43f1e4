import { type CallRow, callListing } from './call-list.ts'
import type { CallStatus } from './campaign-counts.ts'
import { type OffsetPage, type Place, readOffsetPage } from './offset-page.ts'
import type { Tx } from './tx.ts'

/** A call in the words of older systems, with the numbers of what it belongs to. */
export interface NumberedCall extends CallRow {
  agent_number: number | null
  campaign_number: number | null
  lead_number: number | null
}

const status = 'call_status(c.state, c.outcome, c.answered_at is not null)'
const numberOf = (table: string, column: string) =>
  `(select x.number from ${table} x where x.workspace_id = c.workspace_id and x.id = c.${column})`
const idOf = (table: string) => `(select x.id from ${table} x where x.workspace_id = c.workspace_id and x.number = ?)`
const listing = {
  columns: `${callListing.columns}, ${numberOf('agents', 'agent_id')} as agent_number,
    ${numberOf('campaigns', 'campaign_id')} as campaign_number, ${numberOf('leads', 'lead_id')} as lead_number`,
  from: callListing.from,
  id: callListing.id,
}

export interface CallPageFilters {
  number?: number | undefined
  agent_number?: number | undefined
  campaign_number?: number | undefined
  lead_number?: number | undefined
  status?: CallStatus | undefined
  /** Part of the id, of either number or of the provider's id. */
  search?: string | undefined
}

/** Newest first. */
export async function listNumberedCalls(
  tx: Tx,
  workspaceId: string,
  filters: CallPageFilters,
  page: Place,
): Promise<OffsetPage<NumberedCall>> {
  return readOffsetPage<NumberedCall>(
    tx,
    listing,
    [
      ['c.workspace_id = ?', workspaceId],
      ['c.number = ?', filters.number],
      [`c.agent_id = ${idOf('agents')}`, filters.agent_number],
      [`c.campaign_id = ${idOf('campaigns')}`, filters.campaign_number],
      [`c.lead_id = ${idOf('leads')}`, filters.lead_number],
      [`${status} = ?`, filters.status],
      [
        `strpos(lower(concat_ws(' ', c.id, case c.direction when 'inbound' then c.from_number else c.to_number end,
          c.provider_call_id)), lower(?)) > 0`,
        filters.search,
      ],
    ],
    { ...page, order: 'c.id desc' },
  )
}
