import type { CallbackStatus } from '#domain/callback.ts'
import type { LeadStatus } from '#domain/lead.ts'
import { type Listing, type Page, type PageOf, readPage } from './keyset.ts'
import type { Tx } from './tx.ts'

/** A promised call of a lead at a time. */
export interface Callback {
  id: string
  lead_id: string
  campaign_id: string
  contact_id: string
  full_name: string
  /** The call on which it was promised. */
  call_id: string | null
  /** Whose call it is; null: anybody's of the campaign. */
  agent_id: string | null
  promised_at: Date
  /** The same on the person's clock. */
  local_time: string
  time_zone: string
  note: string
  status: CallbackStatus
  closed_reason: string | null
  closed_call_id: string | null
  /** Who talked on the call that kept it. */
  kept_by_agent_id: string | null
  closed_at: Date | null
  expires_at: Date
  reminded_at: Date | null
  moved_at: Date | null
  moved_from_agent_id: string | null
  created_by: string | null
  created_at: Date
  updated_at: Date
}

export const callbackSorts = ['promised_at', 'created_at'] as const
export type CallbackSort = (typeof callbackSorts)[number]

const listing: Listing<CallbackSort> = {
  columns: `k.id, k.lead_id, k.campaign_id, k.contact_id, n.full_name, k.call_id, k.agent_id, k.promised_at,
    to_char(k.promised_at at time zone k.time_zone, 'YYYY-MM-DD"T"HH24:MI') as local_time, k.time_zone, k.note, k.status,
    k.closed_reason, k.closed_call_id, k.closed_at, k.expires_at, k.reminded_at, k.moved_at, k.moved_from_agent_id,
    k.created_by, k.created_at, k.updated_at, case when k.status = 'kept' then (select l.agent_id from calls l
      where l.workspace_id = k.workspace_id and l.id = k.closed_call_id) end as kept_by_agent_id`,
  // The campaign and the contact carry the owner, and with it who may see the callback. One by one: joined, a planner
  // without statistics reads all contacts for each.
  from: `callbacks k
    join lateral (select from campaigns x where x.workspace_id = k.workspace_id and x.id = k.campaign_id limit 1) c on true
    join lateral (select x.full_name from contacts x where x.workspace_id = k.workspace_id and x.id = k.contact_id limit 1) n
      on true`,
  id: 'k.id',
  sorts: {
    promised_at: { by: 'k.promised_at', type: 'timestamptz' },
    created_at: { by: 'k.created_at', type: 'timestamptz' },
  },
}

const crewedBy = `select x.campaign_id from campaign_agents x where x.workspace_id = k.workspace_id and x.agent_id = ?
  union select t.campaign_id from team_members m
    join campaign_teams t on t.workspace_id = m.workspace_id and t.team_id = m.team_id
    where m.workspace_id = k.workspace_id and m.agent_id = ?`

export interface CallbackFilters {
  id?: string
  lead_id?: string
  campaign_id?: string
  agent_id?: string
  status?: CallbackStatus[]
  /** From this instant to before that one. */
  from?: string
  to?: string
  /** The agent whose own it has to be, or who takes the calls of its campaign while it is the team's. */
  within_reach_of?: string
}

export async function listCallbacks(
  tx: Tx,
  workspaceId: string,
  filters: CallbackFilters,
  page: PageOf<CallbackSort>,
): Promise<Page<Callback>> {
  return readPage<Callback, CallbackSort>(
    tx,
    listing,
    [
      ['k.workspace_id = ?', workspaceId],
      ['k.id = ?', filters.id],
      ['k.lead_id = ?', filters.lead_id],
      ['k.campaign_id = ?', filters.campaign_id],
      ['k.agent_id = ?', filters.agent_id],
      ['k.status = any (?)', filters.status],
      ['k.promised_at >= ?', filters.from],
      ['k.promised_at < ?', filters.to],
      [`(k.agent_id = ? or (k.agent_id is null and k.campaign_id in (${crewedBy})))`, filters.within_reach_of],
    ],
    page,
  )
}

/** The lead of a promise, locked: whoever changes a callback has it, and while it is being called the closer has. */
export async function lockLeadOfCallback(
  tx: Tx,
  workspaceId: string,
  leadId: string,
): Promise<{ status: LeadStatus; open_callback_id: string | null } | null> {
  // The second looks after the first was granted its lock, and so sees what the one before has done.
  const [{ rows: leads }, { rows: open }] = await Promise.all([
    tx.query<{ status: LeadStatus }>({
      name: 'lock-lead-of-callback',
      text: 'select status from leads where workspace_id = $1 and id = $2 for no key update',
      values: [workspaceId, leadId],
    }),
    tx.query<{ id: string }>({
      name: 'find-open-callback',
      text: `select id from callbacks where workspace_id = $1 and lead_id = $2 and status = 'open'`,
      values: [workspaceId, leadId],
    }),
  ])
  return leads[0] ? { ...leads[0], open_callback_id: open[0]?.id ?? null } : null
}

/** What watchers hear of rows `changed`; leaves with the statement that changed them. */
export const tellCallbacks = tellCallbacksAs('callback.updated')

export function tellCallbacksAs(type: 'callback.updated' | 'callback.due'): string {
  return `insert into live_outbox (workspace_id, type, data, at)
  select $1, '${type}', jsonb_build_object('callback_id', id, 'lead_id', lead_id, 'campaign_id', campaign_id,
    'agent_id', agent_id, 'status', status,
    'promised_at', to_char(promised_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')), updated_at from changed`
}

/** While a callback is open, its lead is its agent's alone. */
export const handLeads = `update leads l set agent_id = case when k.status = 'open' then k.agent_id end from changed k
  where l.workspace_id = $1 and l.id = any (array(select lead_id from changed)) and l.id = k.lead_id`

export type NewCallback = Pick<
  Callback,
  'id' | 'lead_id' | 'call_id' | 'agent_id' | 'promised_at' | 'time_zone' | 'note' | 'expires_at' | 'created_by'
>

/** Writes a promise down; its lead has no other open one. */
export async function insertCallback(tx: Tx, workspaceId: string, made: NewCallback, at: number): Promise<void> {
  await tx.query(
    `with changed as (
       insert into callbacks (workspace_id, id, lead_id, campaign_id, contact_id, call_id, agent_id, promised_at, time_zone,
         note, expires_at, created_by, created_at, updated_at)
       select $1, k.id, k.lead_id, l.campaign_id, l.contact_id, k.call_id, k.agent_id, k.promised_at, k.time_zone, k.note,
         k.expires_at, k.created_by, $3, $3
       from jsonb_populate_record(null::callbacks, $2) k join leads l on l.workspace_id = $1 and l.id = k.lead_id
       returning *
     ), handed as (${handLeads}) ${tellCallbacks}`,
    [workspaceId, JSON.stringify(made), new Date(at)],
  )
}

export type CallbackChange = Pick<Callback, 'agent_id' | 'promised_at' | 'time_zone' | 'note' | 'expires_at'>

/** Another time, agent or note of an open one. A reminder of another time or agent is still to come. */
export async function changeCallback(
  tx: Tx,
  workspaceId: string,
  id: string,
  { agent_id, promised_at, time_zone, note, expires_at }: CallbackChange,
  at: number,
): Promise<void> {
  await tx.query(
    `with changed as (
       update callbacks k set agent_id = $3, promised_at = $4, time_zone = $5, note = $6, expires_at = $7, updated_at = $8,
         reminded_at = case when k.promised_at = $4 and k.agent_id is not distinct from $3 then k.reminded_at end
       where k.workspace_id = $1 and k.id = $2 and k.status = 'open' returning *
     ), handed as (${handLeads}) ${tellCallbacks}`,
    [workspaceId, id, agent_id, promised_at, time_zone, note, expires_at, new Date(at)],
  )
}

/** What became of callbacks. `call_id`: the call that did it. */
export interface CallbackEnd {
  id: string
  status: CallbackStatus
  reason: string | null
  call_id: string | null
}

/** Closes callbacks, or opens them again after a correction. */
export async function settleCallbacks(tx: Tx, workspaceId: string, ends: CallbackEnd[], at: number): Promise<void> {
  if (ends.length === 0) return
  await tx.query({
    name: 'settle-callbacks',
    text: `
      with changed as (
        update callbacks k set status = e.status, updated_at = $3, closed_reason = e.reason,
          closed_at = case when e.status <> 'open' then $3::timestamptz end,
          closed_call_id = case when e.status <> 'open' then e.call_id end
        from jsonb_to_recordset($2) as e (id uuid, status text, reason text, call_id uuid)
        where k.workspace_id = $1 and k.id = any ($4) and k.id = e.id and k.status <> e.status
        returning k.*
      ), handed as (${handLeads}) ${tellCallbacks}`,
    values: [workspaceId, JSON.stringify(ends), new Date(at), ends.map(({ id }) => id)],
  })
}

/** Where a lead stands by the promise made of it, or after it. Instants are epoch ms. */
export interface LeadPlace {
  lead_id: string
  status: string
  not_before: number
  due_at: number | null
  held_by: string | null
}

/** Writes where leads stand that are not being called. */
export async function placeLeads(tx: Tx, workspaceId: string, places: LeadPlace[], at: number): Promise<void> {
  if (places.length === 0) return
  await tx.query({
    name: 'place-leads',
    text: `update leads l set status = p.status, not_before = to_timestamp(p.not_before / 1000),
        due_at = to_timestamp(p.due_at / 1000), held_by = p.held_by, updated_at = $3
      from jsonb_to_recordset($2) as p (lead_id uuid, status text, not_before double precision, due_at double precision,
        held_by text)
      where l.workspace_id = $1 and l.id = any ($4) and l.id = p.lead_id and l.status in ('pending', 'callback')`,
    values: [workspaceId, JSON.stringify(places), new Date(at), places.map(({ lead_id }) => lead_id)],
  })
}
