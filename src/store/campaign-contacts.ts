import type { LeadStatus } from '#domain/lead.ts'
import { type OffsetPage, readOffsetPage } from './offset-page.ts'
import type { Tx } from './tx.ts'

/** Somebody in a campaign, as far as clients of older systems know them. */
export interface ContactInCampaign {
  contact_id: string
  /** Null when the contact was taken out. */
  phone: string | null
  full_name: string
  email: string
  status: LeadStatus
  metadata: Record<string, unknown>
  created_at: Date
  updated_at: Date
}

/** A row of a file that could become nobody to call. */
export interface RefusedRow {
  id: number
  import_id: string
  found: string
  expected: string
  /** As it came; null where it was too long to be kept. */
  cells: string[] | null
  /** How the file was understood. */
  layout: Record<string, unknown> | null
  created_at: Date
}

const contacts = {
  columns: `l.contact_id, n.full_name, n.email, l.status, n.custom || coalesce(l.metadata, '{}') as metadata, l.created_at,
    l.updated_at, (select p.number from contact_phones p
      where p.workspace_id = l.workspace_id and p.contact_id = l.contact_id order by p.position limit 1) as phone`,
  from: `leads l
    cross join lateral (select * from contacts n where n.workspace_id = l.workspace_id and n.id = l.contact_id limit 1) n`,
  id: 'l.id',
}

/** Those whose number somebody had already, or whom nobody may call, are in the campaign and no refused rows. */
const refused = {
  columns: 'e.id, e.import_id, e.found, e.expected, e.cells, i.layout, i.created_at',
  from: `imports i join import_errors e on e.workspace_id = i.workspace_id and e.import_id = i.id
    and e.reason not in ('duplicate_in_campaign', 'suppressed')`,
  id: 'e.id',
}

/** People of a campaign in the order in which they came, and behind them the rows that were refused. */
export async function listContactsInCampaign(
  tx: Tx,
  workspaceId: string,
  campaignId: string,
  { limit, offset }: { limit: number; offset: number },
): Promise<OffsetPage<{ contact: ContactInCampaign } | { refused: RefusedRow }>> {
  const page = { order: 'l.number', limit, offset }
  const people = await readOffsetPage<ContactInCampaign>(
    tx,
    contacts,
    [
      ['l.workspace_id = ?', workspaceId],
      ['l.campaign_id = ?', campaignId],
    ],
    page,
  )
  const rest = { order: 'e.id', limit: limit - people.rows.length, offset: Math.max(0, offset - people.total) }
  const rows = await readOffsetPage<RefusedRow>(
    tx,
    refused,
    [
      ['i.workspace_id = ?', workspaceId],
      ['i.campaign_id = ?', campaignId],
    ],
    rest,
  )
  return {
    rows: [...people.rows.map((contact) => ({ contact })), ...rows.rows.map((row) => ({ refused: row }))],
    total: people.total + rows.total,
  }
}

/** People of a campaign whom no call will reach as it stands, with what keeps them. */
export async function listSettledContacts(
  tx: Tx,
  workspaceId: string,
  campaignId: string,
): Promise<{ contact_id: string; reason: string }[]> {
  const { rows } = await tx.query<{ contact_id: string; reason: string }>(
    `select contact_id, coalesce(held_by, status) as reason from leads
     where workspace_id = $1 and campaign_id = $2 and status not in ('pending', 'callback', 'calling') order by number`,
    [workspaceId, campaignId],
  )
  return rows
}
