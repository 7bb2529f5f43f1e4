import type { LeadStatus } from '#domain/lead.ts'
import { type Listing, type Page, type PageOf, readPage } from './keyset.ts'
import type { Tx } from './tx.ts'

export interface LeadRow {
  id: string
  campaign_id: string
  contact_id: string
  import_id: string | null
  number: number
  /** The number that is dialed first; the contact may have more. */
  phone: string | null
  full_name: string
  status: LeadStatus
  priority: number
  attempts: number
  carrier_faults: number
  max_attempts: number
  last_outcome: string | null
  last_attempt_at: Date | null
  due_at: Date | null
  not_before: Date | null
  held_by: string | null
  consent_basis: string | null
  customer_segment: string | null
  last_order_date: Date | null
  follow_up_date: Date | null
  metadata: Record<string, unknown> | null
  created_at: Date
  updated_at: Date
}

export const leadSorts = ['created_at', 'updated_at', 'due_at', 'priority', 'number'] as const
export type LeadSort = (typeof leadSorts)[number]

const own = `l.id, l.campaign_id, l.contact_id, l.import_id, l.number, l.status, l.priority, l.attempts, l.carrier_faults,
    l.last_outcome, l.last_attempt_at, l.due_at, l.not_before, l.held_by, l.consent_basis, l.customer_segment,
    l.last_order_date, l.follow_up_date, l.metadata, l.created_at, l.updated_at`
const phone = `(select p.number from contact_phones p
      where p.workspace_id = l.workspace_id and p.contact_id = l.contact_id order by p.position limit 1) as phone`

/** A lead `l` with its campaign `c` and contact `n`, for lists that say of them what they like. */
export const leadListing: Listing<LeadSort> = {
  columns: `${own}, coalesce(l.max_attempts, c.max_attempts) as max_attempts, n.full_name, ${phone}`,
  // The campaign and the contact carry the owner, and with it who may see the lead.
  // Looked up one by one: joined, a planner without statistics may read all contacts for each lead.
  from: `leads l
    cross join lateral (select * from campaigns c where c.workspace_id = l.workspace_id and c.id = l.campaign_id
      and c.deleted_at is null limit 1) c
    cross join lateral (select * from contacts n where n.workspace_id = l.workspace_id and n.id = l.contact_id limit 1) n`,
  id: 'l.id',
  sorts: {
    created_at: { by: 'l.created_at', type: 'timestamptz' },
    updated_at: { by: 'l.updated_at', type: 'timestamptz' },
    due_at: { by: "coalesce(l.due_at, 'infinity')", type: 'timestamptz' },
    priority: { by: 'l.priority', type: 'smallint' },
    number: { by: 'l.number', type: 'bigint' },
  },
}

/** What is looked up beside a lead is looked up for the page alone: the database sorts before it works such columns out. */
const pagedListing: Listing<LeadSort> = {
  ...leadListing,
  columns: `${own}, ${phone},
    coalesce(l.max_attempts, (select c.max_attempts from campaigns c
      where c.workspace_id = l.workspace_id and c.id = l.campaign_id)) as max_attempts,
    (select n.full_name from contacts n where n.workspace_id = l.workspace_id and n.id = l.contact_id) as full_name`,
  from: 'leads l',
}

/** Whoever sees only what is their own sees neither a lead of another's campaign nor of another's contact. */
const ofSeenContact = `((select only_user()) is null
  or exists (select from contacts n where n.workspace_id = l.workspace_id and n.id = l.contact_id))`
const ofSeenCampaign = `exists (select from campaigns c
  where c.workspace_id = l.workspace_id and c.id = l.campaign_id and c.deleted_at is null)`
/** Asked once, not for each lead. */
const ofThisCampaign = `l.campaign_id = ? and exists (select from campaigns c
  where c.workspace_id = (select acting_workspace()) and c.id = ? and c.deleted_at is null)`

export interface LeadFilters {
  campaign_id?: string
  contact_id?: string
  import_id?: string
  status?: LeadStatus[]
  held_by?: string
  phone?: string
}

export async function listLeads(
  tx: Tx,
  workspaceId: string,
  filters: LeadFilters,
  page: PageOf<LeadSort>,
): Promise<Page<LeadRow>> {
  return readPage<LeadRow, LeadSort>(
    tx,
    pagedListing,
    [
      [`l.workspace_id = ? and ${ofSeenContact}`, workspaceId],
      filters.campaign_id === undefined
        ? [`l.workspace_id = ? and ${ofSeenCampaign}`, workspaceId]
        : [ofThisCampaign, filters.campaign_id],
      ['l.contact_id = ?', filters.contact_id],
      ['l.import_id = ?', filters.import_id],
      ['l.status = any (?)', filters.status],
      ['l.held_by = ?', filters.held_by],
      [
        `l.contact_id in (select p.contact_id from contact_phones p where p.workspace_id = l.workspace_id and p.number = ?)`,
        filters.phone,
      ],
    ],
    page,
  )
}

export async function readLead(tx: Tx, workspaceId: string, id: string): Promise<LeadRow | null> {
  const { rows } = await tx.query<LeadRow>(
    `select ${leadListing.columns} from ${leadListing.from} where l.workspace_id = $1 and l.id = $2`,
    [workspaceId, id],
  )
  return rows[0] ?? null
}

/** Somebody's lead in a campaign. */
export async function findLeadOfContact(
  tx: Tx,
  workspaceId: string,
  campaignId: string,
  contactId: string,
): Promise<string | null> {
  const { rows } = await tx.query<{ id: string }>(
    'select id from leads where workspace_id = $1 and campaign_id = $2 and contact_id = $3',
    [workspaceId, campaignId, contactId],
  )
  return rows[0]?.id ?? null
}

export interface LeadChange {
  priority?: number
  max_attempts?: number | null
  customer_segment?: string | null
  follow_up_date?: string | null
  consent_basis?: string | null
  metadata?: Record<string, unknown>
  /** By hand: settled, or back in the list. */
  status?: 'pending' | 'called' | 'skipped'
}

/** Changes a lead that has no call at this moment; false when it has one. Its due time is then asked for anew. */
export async function changeLead(
  tx: Tx,
  workspaceId: string,
  id: string,
  change: LeadChange,
  at: number,
): Promise<boolean> {
  const { rowCount } = await tx.query(
    `update leads l set updated_at = $4, priority = coalesce(c.priority, l.priority),
       max_attempts = case when $3::jsonb ? 'max_attempts' then c.max_attempts else l.max_attempts end,
       customer_segment = case when $3::jsonb ? 'customer_segment' then c.customer_segment else l.customer_segment end,
       consent_basis = case when $3::jsonb ? 'consent_basis' then c.consent_basis else l.consent_basis end,
       metadata = coalesce(c.metadata, l.metadata),
       follow_up_date = case when $3::jsonb ? 'follow_up_date' then c.follow_up_date else l.follow_up_date end,
       not_before = case when $3::jsonb ? 'follow_up_date' then c.follow_up_date else l.not_before end,
       due_at = case when c.status in ('called', 'skipped') then null else l.due_at end,
       held_by = case when c.status is not null then null else l.held_by end,
       status = coalesce(c.status, l.status)
     from jsonb_to_record($3) as c (priority smallint, max_attempts smallint, customer_segment text, consent_basis text,
       metadata jsonb, follow_up_date timestamptz, status text)
     where l.workspace_id = $1 and l.id = $2 and l.status <> 'calling'`,
    [workspaceId, id, JSON.stringify(change), new Date(at)],
  )
  return rowCount === 1
}
