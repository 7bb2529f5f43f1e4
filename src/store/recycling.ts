import type { Tx } from './tx.ts'

/** Which of a campaign's completed and failed leads: by their last outcome, or by what was said of their last call. */
export interface Recyclable {
  dispositions: string[]
  outcomes: string[]
  /** Tried last before this; epoch ms. */
  before: number | null
}

/** Locks the next of them, in the order of their ids. */
export async function lockRecyclable(
  tx: Tx,
  workspaceId: string,
  campaignId: string,
  which: Recyclable,
  page: { after: string | null; limit: number },
): Promise<string[]> {
  const { rows } = await tx.query<{ id: string }>({
    name: 'lock-recyclable',
    text: `select l.id from leads l where l.workspace_id = $1 and l.campaign_id = $2 and l.status in ('completed', 'failed')
        and ($3::uuid is null or l.id > $3) and ($5::timestamptz is null or l.last_attempt_at <= $5)
        and (l.last_outcome = any ($6) or (select d.key from call_dispositions x
          join disposition_categories d on d.workspace_id = $1 and d.id = x.disposition_id
          where x.workspace_id = $1 and x.call_id = (select c.id from calls c
            where c.workspace_id = $1 and c.lead_id = l.id order by c.id desc limit 1)) = any ($7))
      order by l.id limit $4 for update of l`,
    values: [
      ...[workspaceId, campaignId, page.after, page.limit],
      ...[which.before === null ? null : new Date(which.before), which.outcomes, which.dispositions],
    ],
  })
  return rows.map((row) => row.id)
}

/** Makes leads open again, as if their last call had not settled them; whoever recycles dates them afterwards. */
export async function reopenLeads(
  tx: Tx,
  workspaceId: string,
  leadIds: string[],
  reset: boolean,
  at: number,
): Promise<void> {
  await tx.query({
    name: 'reopen-leads',
    text: `update leads set status = 'pending', not_before = null, updated_at = $4,
        attempts = case when $3 then 0 else attempts end, carrier_faults = case when $3 then 0 else carrier_faults end
      where workspace_id = $1 and id = any ($2)`,
    values: [workspaceId, leadIds, reset, new Date(at)],
  })
}
