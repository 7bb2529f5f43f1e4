import type { Tx } from './tx.ts'

/** What an ended attempt left of its lead. Instants are epoch ms. */
export interface LeadFuture {
  lead_id: string
  status: string
  last_outcome: string
  attempts: number
  carrier_faults: number
  max_attempts: number
  phone_index: number
  not_before: number | null
  due_at: number | null
  held_by: string | null
}

/** Writes the leads' futures; a lead that somebody settled while it was being called keeps that, and gains the try. */
export async function finishLeads(tx: Tx, workspaceId: string, futures: LeadFuture[], at: number): Promise<void> {
  if (futures.length === 0) return
  await tx.query({
    name: 'finish-leads',
    text: `
      with future as (
        select * from jsonb_to_recordset($2) as f (lead_id uuid, status text, last_outcome text, attempts smallint,
          carrier_faults smallint, max_attempts smallint, phone_index smallint, not_before double precision, due_at double precision, held_by text)
      )
      update leads l set attempts = f.attempts, carrier_faults = f.carrier_faults, phone_index = f.phone_index, last_outcome = f.last_outcome,
        last_attempt_at = $3, updated_at = $3,
        -- Asked for each lead: joined, a planner without statistics reads all leads of the campaign.
        max_attempts = case when f.max_attempts > coalesce(l.max_attempts, (select c.max_attempts from campaigns c
          where c.workspace_id = $1 and c.id = l.campaign_id)) then f.max_attempts else l.max_attempts end,
        status = case when l.status = 'calling' then f.status else l.status end,
        not_before = case when l.status = 'calling' then to_timestamp(f.not_before / 1000) else l.not_before end,
        due_at = case when l.status = 'calling' then to_timestamp(f.due_at / 1000) else l.due_at end,
        held_by = case when l.status = 'calling' then f.held_by else l.held_by end
      from future f where l.workspace_id = $1 and l.id = any ($4) and l.id = f.lead_id`,
    values: [workspaceId, JSON.stringify(futures), new Date(at), futures.map((future) => future.lead_id)],
  })
}
