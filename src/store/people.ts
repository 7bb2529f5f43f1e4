import { advanceCounter } from './numbers.ts'
import type { Tx } from './tx.ts'

/** A person as the API takes one; the number is E.164 and checked before. */
export interface NewPerson {
  contact_id: string
  number: string
  full_name?: string
  first_name?: string
  last_name?: string
  company?: string
  email?: string
  city?: string
  time_zone?: string | null
  country?: string | null
  region?: string | null
  postcode?: string | null
  custom?: Record<string, unknown>
}

/**
 * Adds people who are not there yet; a number belongs to whoever had it first. Returns the contact behind each number,
 * and whether it is new.
 */
export async function addPeople(
  tx: Tx,
  workspaceId: string,
  ownerUserId: string,
  people: NewPerson[],
  at: number,
): Promise<Map<string, { contact_id: string; added: boolean }>> {
  const { rows } = await tx.query<{ number: string; contact_id: string; added: boolean }>({
    name: 'add-people',
    text: `
      with person as (
        select distinct on (number) p.* from jsonb_to_recordset($3) as p (contact_id uuid, number text, full_name text,
          first_name text, last_name text, company text, email text, city text, time_zone text, country text, region text,
          postcode text, custom jsonb) order by number
      ), known as (
        select h.number, h.contact_id from contact_phones h join person using (number) where h.workspace_id = $1
      ), added as (
        insert into contacts (workspace_id, id, owner_user_id, full_name, first_name, last_name, company, email, city,
          time_zone, country, region, postcode, custom, created_at, updated_at)
        select $1, contact_id, $2, coalesce(full_name, ''), coalesce(first_name, ''), coalesce(last_name, ''),
          coalesce(company, ''), coalesce(email, ''), coalesce(city, ''), time_zone, country, region, postcode,
          coalesce(custom, '{}'), $4, $4
        from person where number not in (select number from known)
        returning id
      ), phoned as (
        insert into contact_phones (workspace_id, number, contact_id, position)
        select $1, number, contact_id, 0 from person where contact_id in (select id from added)
      )
      select number, coalesce(k.contact_id, p.contact_id) as contact_id, k.contact_id is null as added
      from person p left join known k using (number)`,
    values: [workspaceId, ownerUserId, JSON.stringify(people), new Date(at)],
  })
  return new Map(rows.map(({ number, contact_id, added }) => [number, { contact_id, added }]))
}

export interface NewLead {
  lead_id: string
  contact_id: string
  named: boolean
  priority?: number
  max_attempts?: number | null
  consent_basis?: string | null
  follow_up_date?: string | null
  customer_segment?: string | null
  last_order_date?: string | null
  metadata?: Record<string, unknown> | null
}

/**
 * Puts contacts into a campaign, once each; returns the ids of the leads that are new. They have no due time yet: whoever
 * adds them asks the gate in the same transaction.
 */
export async function addLeads(
  tx: Tx,
  workspaceId: string,
  campaignId: string,
  leads: NewLead[],
  at: number,
): Promise<string[]> {
  const first = await advanceCounter(tx, workspaceId, 'leads', leads.length)
  const { rows } = await tx.query<{ id: string }>({
    name: 'add-leads',
    text: `
      with added as (
        insert into leads (workspace_id, id, campaign_id, contact_id, number, named, priority, max_attempts, consent_basis,
          follow_up_date, not_before, customer_segment, last_order_date, metadata, created_at, updated_at)
        select $1, lead_id, $2, contact_id, $5 + row_number() over () - 1, named, coalesce(priority, 0), max_attempts,
          consent_basis, follow_up_date, case when follow_up_date > $4 then follow_up_date end, customer_segment,
          last_order_date, metadata, $4, $4
        from jsonb_to_recordset($3) as l (lead_id uuid, contact_id uuid, named boolean, priority smallint,
          max_attempts smallint, consent_basis text, follow_up_date timestamptz, customer_segment text,
          last_order_date timestamptz, metadata jsonb)
        on conflict (workspace_id, campaign_id, contact_id) do nothing returning id
      ), marked as (
        update campaigns set had_leads = true where workspace_id = $1 and id = $2 and exists (select from added)
      )
      select id from added`,
    values: [workspaceId, campaignId, JSON.stringify(leads), new Date(at), first],
  })
  return rows.map((row) => row.id)
}
