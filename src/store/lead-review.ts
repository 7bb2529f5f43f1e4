import { declaredBasis } from './lead-evidence.ts'
import type { Tx } from './tx.ts'

/** Locks the campaign's next leads that may still be called, so that no claim takes one while it is judged anew. */
export async function lockOpenLeads(
  tx: Tx,
  workspaceId: string,
  campaignId: string,
  after: string | null,
  limit: number,
): Promise<string[]> {
  const { rows } = await tx.query<{ id: string }>({
    name: 'lock-open-leads',
    text: `select id from leads where workspace_id = $1 and campaign_id = $2 and status in ('pending', 'callback')
        and ($3::uuid is null or id > $3)
      order by id limit $4 for update`,
    values: [workspaceId, campaignId, after, limit],
  })
  return rows.map((row) => row.id)
}

/** The leads of everybody who has one of these numbers, locked; `campaignId` narrows them to one campaign. */
export async function lockLeadsOfNumbers(
  tx: Tx,
  workspaceId: string,
  numbers: string[],
  campaignId: string | null = null,
): Promise<string[]> {
  const { rows } = await tx.query<{ id: string }>(
    `select id from leads where workspace_id = $1 and status in ('pending', 'callback')
       and contact_id in (select contact_id from contact_phones where workspace_id = $1 and number = any ($2))
       and ($3::uuid is null or campaign_id = $3)
     order by id for update`,
    [workspaceId, numbers, campaignId],
  )
  return rows.map((row) => row.id)
}

/** The campaign's lead of whoever has this number. */
export async function findLeadOfNumber(
  tx: Tx,
  workspaceId: string,
  campaignId: string,
  number: string,
): Promise<string | null> {
  const { rows } = await tx.query<{ id: string }>(
    `select id from leads where workspace_id = $1 and campaign_id = $2 and contact_id = (
       select contact_id from contact_phones where workspace_id = $1 and number = $3)`,
    [workspaceId, campaignId, number],
  )
  return rows[0]?.id ?? null
}

/** Leads that a rule settled, and nobody by hand: whether the rule still says so is asked again. */
export async function reopenSettledLeads(tx: Tx, workspaceId: string, campaignId: string, at: number): Promise<number> {
  const { rowCount } = await tx.query(
    `update leads set status = 'pending', updated_at = $3
     where workspace_id = $1 and campaign_id = $2 and held_by <> 'import_undone'
       and (status in ('skipped', 'do_not_call') or (status = 'failed' and held_by = 'attempts_spent'))`,
    [workspaceId, campaignId, new Date(at)],
  )
  return rowCount ?? 0
}

/** The same for the leads of some numbers that this rule settled, after what it rests on has changed. */
export async function reopenLeadsOfNumbers(
  tx: Tx,
  workspaceId: string,
  numbers: string[],
  rule: 'do_not_call' | 'consent',
  at: number,
): Promise<void> {
  await tx.query(
    `update leads set status = 'pending', updated_at = $3
     where workspace_id = $1 and status in ('do_not_call', 'skipped') and held_by = $4
       and contact_id in (select contact_id from contact_phones where workspace_id = $1 and number = any ($2))`,
    [workspaceId, numbers, new Date(at), rule],
  )
}

/**
 * Leads that no AI and no recorded voice may call: as the review found those up to `judgedTo` (null: all), and of the later
 * ones those about whose consent nobody has said anything.
 */
export async function countLeadsWithoutConsent(
  tx: Tx,
  workspaceId: string,
  campaignId: string,
  judgedTo: string | null,
): Promise<number> {
  const { rows } = await tx.query<{ n: number }>(
    `select count(*) as n from leads l
     join campaigns c on c.workspace_id = $1 and c.id = l.campaign_id
     join workspaces w on w.id = $1
     left join trunks t on t.workspace_id = $1 and case when c.trunk_id is null then t.is_default else t.id = c.trunk_id end
     left join imports i on i.workspace_id = $1 and i.id = l.import_id
     where l.workspace_id = $1 and l.campaign_id = $2 and (l.status = 'skipped' and l.held_by = 'consent'
       or l.id > $3 and l.status in ('pending', 'callback') and coalesce(l.consent_basis, i.consent_basis, ${declaredBasis}) is null
         and not exists (select from contact_phones p
           join consents q on q.workspace_id = $1 and q.number = p.number and q.withdrawn_at is null
           where p.workspace_id = $1 and p.contact_id = l.contact_id))`,
    [workspaceId, campaignId, judgedTo],
  )
  return rows[0]?.n ?? 0
}
