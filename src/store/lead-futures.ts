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
  /** Trunks that the next call leaves out, since they refused the last ones; null for none. */
  refused_by: string[] | null
}

/** Writes the leads' futures; a lead that somebody settled while it was being called keeps that, and gains the try. */
export async function finishLeads(tx: Tx, workspaceId: string, futures: LeadFuture[], at: number): Promise<void> {
  if (futures.length === 0) return
  await tx.query({
    name: 'finish-leads',
    text: `
      with future as (
        select * from jsonb_to_recordset($2) as f (lead_id uuid, status text, last_outcome text, attempts smallint,
          carrier_faults smallint, max_attempts smallint, phone_index smallint, not_before double precision, due_at double precision, held_by text,
          refused_by uuid[])
      )
      update leads l set attempts = f.attempts, carrier_faults = f.carrier_faults, phone_index = f.phone_index, last_outcome = f.last_outcome,
        refused_by = f.refused_by,
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

/**
 * Writes a future over the one the lead's last call had given it. A lead that somebody settled by hand, or that is being
 * called again, keeps what it has: false then.
 */
export async function reviseLead(tx: Tx, workspaceId: string, future: LeadFuture, at: number): Promise<boolean> {
  const { lead_id, status, not_before, due_at, held_by, max_attempts, phone_index } = future
  const { rowCount } = await tx.query(
    `update leads l set status = $3, not_before = to_timestamp($4::double precision / 1000),
       due_at = to_timestamp($5::double precision / 1000), held_by = $6, updated_at = $8, phone_index = $9,
       max_attempts = case when $7 > coalesce(l.max_attempts, (select c.max_attempts from campaigns c
         where c.workspace_id = $1 and c.id = l.campaign_id)) then $7 else l.max_attempts end
     where l.workspace_id = $1 and l.id = $2 and l.status in ('pending', 'callback', 'completed', 'failed', 'do_not_call')`,
    [workspaceId, lead_id, status, not_before, due_at, held_by, max_attempts, new Date(at), phone_index],
  )
  return rowCount === 1
}

/** Which of the numbers of the lead's contact, in their order, the attempt went to; null when it is none of them any more. */
export async function readPhoneIndex(
  tx: Tx,
  workspaceId: string,
  leadId: string,
  attemptId: string,
): Promise<number | null> {
  const { rows } = await tx.query<{ phone_index: number }>(
    `select phone_index from (
       select p.number, (row_number() over (order by p.position))::integer - 1 as phone_index from contact_phones p
       where p.workspace_id = $1
         and p.contact_id = (select l.contact_id from leads l where l.workspace_id = $1 and l.id = $2)
     ) phone where number = (select a.number from attempts a where a.workspace_id = $1 and a.id = $3)`,
    [workspaceId, leadId, attemptId],
  )
  return rows[0]?.phone_index ?? null
}

/** The lead's own budget, and whether it has been tried again since that attempt; null when there is no such lead. */
export async function readLeadSince(
  tx: Tx,
  workspaceId: string,
  leadId: string,
  attemptId: string,
): Promise<{ max_attempts: number | null; tried_again: boolean } | null> {
  const { rows } = await tx.query<{ max_attempts: number | null; tried_again: boolean }>(
    `select l.max_attempts, exists (select from attempts a where a.workspace_id = $1 and a.lead_id = $2 and a.id > $3
       and a.state <> 'dropped') as tried_again
     from leads l where l.workspace_id = $1 and l.id = $2`,
    [workspaceId, leadId, attemptId],
  )
  return rows[0] ?? null
}

/** Takes back the one try that a promised callback had granted beyond the budget. */
export async function restoreBudget(
  tx: Tx,
  workspaceId: string,
  leadId: string,
  maxAttempts: number | null,
): Promise<void> {
  await tx.query(
    'update leads set max_attempts = $3 where workspace_id = $1 and id = $2 and max_attempts = attempts + 1',
    [workspaceId, leadId, maxAttempts],
  )
}

/** Lets those be looked at now whose number no trunk of their campaign served: a trunk has changed. */
export async function releaseUnserved(tx: Tx, workspaceId: string, at: number): Promise<void> {
  await tx.query(
    `update leads l set due_at = $2, updated_at = $2 from campaigns c
     where c.workspace_id = $1 and c.trunk_choice <> 'fixed' and c.status = 'active'
       and l.workspace_id = $1 and l.campaign_id = c.id and l.due_at > $2 and l.held_by = 'not_served'`,
    [workspaceId, new Date(at)],
  )
}
