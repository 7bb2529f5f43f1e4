import type { LeadStatus } from '#domain/lead.ts'
import type { Filter } from './keyset.ts'
import { type OffsetPage, type Place, readOffsetPage } from './offset-page.ts'
import type { Tx } from './tx.ts'

/** A lead with its person, as clients of older systems see the two: as one. */
export interface ClientLead {
  id: string
  campaign_id: string
  /** The number that is dialed next. */
  phone: string | null
  first_name: string
  last_name: string
  email: string
  company: string
  status: LeadStatus
  attempts: number
  last_attempt_at: Date | null
  due_at: Date | null
  last_call_id: string | null
  metadata: Record<string, unknown> | null
  created_at: Date
  updated_at: Date
}

const phone = `(select p.number from contact_phones p where p.workspace_id = l.workspace_id and p.contact_id = l.contact_id
  order by p.position offset l.phone_index limit 1)`

const listing = {
  columns: `l.id, l.campaign_id, l.status, l.attempts, l.last_attempt_at, l.due_at, l.metadata, l.created_at, l.updated_at,
    n.first_name, n.last_name, n.email, n.company, ${phone} as phone,
    (select c.id from calls c where c.workspace_id = l.workspace_id and c.lead_id = l.id and c.hidden_at is null
      order by c.id desc limit 1) as last_call_id`,
  // The contact carries the owner, and with it who may see the lead.
  from: `leads l
    cross join lateral (select * from contacts n where n.workspace_id = l.workspace_id and n.id = l.contact_id limit 1) n`,
  id: 'l.id',
}

/** In the order in which they were added; whoever asks has read the campaign first, and with it the right to. */
export async function listClientLeads(
  tx: Tx,
  workspaceId: string,
  filters: { campaign_id: string; status?: LeadStatus[]; ids?: string[] },
  place: Place,
): Promise<OffsetPage<ClientLead>> {
  const wanted: Filter[] = [
    ['l.workspace_id = ?', workspaceId],
    ['l.campaign_id = ?', filters.campaign_id],
    ['l.status = any (?)', filters.status],
    ['l.id = any (?)', filters.ids],
  ]
  return readOffsetPage(tx, listing, wanted, { ...place, order: 'l.number' })
}

/** The campaign's lead that may be called and whose next number this is; null when there is none. */
export async function findOpenLead(
  tx: Tx,
  workspaceId: string,
  campaignId: string,
  number: string,
): Promise<string | null> {
  const { rows } = await tx.query<{ id: string }>(
    `select l.id from leads l where l.workspace_id = $1 and l.campaign_id = $2 and l.status in ('pending', 'callback')
       and l.contact_id = (select p.contact_id from contact_phones p where p.workspace_id = $1 and p.number = $3)
       and ${phone} = $3`,
    [workspaceId, campaignId, number],
  )
  return rows[0]?.id ?? null
}
