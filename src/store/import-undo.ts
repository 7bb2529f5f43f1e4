import type { Tx } from './tx.ts'

/** Stops an import that is not finished; what is merged stays. Null when there is nothing to stop. */
export async function cancelUnfinished(
  tx: Tx,
  workspaceId: string,
  id: string,
  at: number,
): Promise<{ file_path: string | null } | null> {
  const { rows } = await tx.query<{ file_path: string | null }>(
    `update imports i set status = 'cancelled', completed_at = $3, lease_until = null, leased_by = null, file_path = null
     from (select file_path from imports where workspace_id = $1 and id = $2 for update) before
     where i.workspace_id = $1 and i.id = $2 and i.status in ('pending', 'processing') returning before.file_path`,
    [workspaceId, id, new Date(at)],
  )
  return rows[0] ?? null
}

/** Locks the import and every lead it made, waiting for claims under way, and counts those that were dialed. */
export async function lockImportedLeads(
  tx: Tx,
  workspaceId: string,
  id: string,
): Promise<{ status: string; leads: number; dialed: number } | null> {
  // Millions of rows take their time: an import is taken back whole or not at all.
  await tx.query('set local statement_timeout = 0')
  const { rows } = await tx.query<{ status: string; campaign_id: string | null }>(
    'select status, campaign_id from imports where workspace_id = $1 and id = $2 for update',
    [workspaceId, id],
  )
  const job = rows[0]
  if (!job) return null
  await tx.query(
    'select from leads where workspace_id = $1 and campaign_id = $2 and import_id = $3 order by id for update',
    [workspaceId, job.campaign_id, id],
  )
  const counted = await tx.query<{ leads: number; dialed: number }>(
    `select count(*) as leads, count(*) filter (where l.attempts > 0 or l.carrier_faults > 0 or l.status = 'calling'
         or exists (select from attempts a where a.workspace_id = $1 and a.lead_id = l.id and a.state <> 'dropped')) as dialed
     from leads l where l.workspace_id = $1 and l.campaign_id = $2 and l.import_id = $3`,
    [workspaceId, job.campaign_id, id],
  )
  return { status: job.status, ...(counted.rows[0] as { leads: number; dialed: number }) }
}

/**
 * Takes an import back: its leads, and its contacts that nothing else uses. A lead with a dropped attempt is evidence
 * and stays, skipped. Blanks that the import filled in other contacts stay filled.
 */
export async function removeImported(
  tx: Tx,
  workspaceId: string,
  id: string,
  at: number,
): Promise<{ leads: number; contacts: number }> {
  const kept = `exists (select from attempts a where a.workspace_id = $1 and a.lead_id = l.id)`
  await tx.query(
    `update leads l set status = 'skipped', held_by = 'import_undone', due_at = null, updated_at = $3
     where l.workspace_id = $1 and l.import_id = $2 and ${kept}`,
    [workspaceId, id, new Date(at)],
  )
  const leads = await tx.query(`delete from leads l where l.workspace_id = $1 and l.import_id = $2 and not ${kept}`, [
    workspaceId,
    id,
  ])
  const { rows } = await tx.query<{ count: number }>(
    `with unused as (
       select c.id from contacts c where c.workspace_id = $1 and c.import_id = $2
         and not exists (select from leads l where l.workspace_id = $1 and l.contact_id = c.id)
         and not exists (select from attempts a where a.workspace_id = $1 and a.contact_id = c.id)
     ), hushed as (
       delete from contact_phones p using unused u where p.workspace_id = $1 and p.contact_id = u.id
     ), gone as (
       delete from contacts c using unused u where c.workspace_id = $1 and c.id = u.id returning c.id
     )
     select count(*) from gone`,
    [workspaceId, id],
  )
  await tx.query(
    `update campaigns c set had_leads = exists (select from leads l where l.workspace_id = $1 and l.campaign_id = c.id)
     where c.workspace_id = $1 and c.id = (select i.campaign_id from imports i where i.workspace_id = $1 and i.id = $2)`,
    [workspaceId, id],
  )
  await tx.query(`update imports set status = 'undone', completed_at = $3 where workspace_id = $1 and id = $2`, [
    workspaceId,
    id,
    new Date(at),
  ])
  return { leads: leads.rowCount ?? 0, contacts: rows[0]?.count ?? 0 }
}
