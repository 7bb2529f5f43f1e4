import type { Tx } from './tx.ts'

/** Waits for whoever ends the lead's call at this moment: its try and the mark are counted one after the other. */
export async function holdCallOfLead(tx: Tx, workspaceId: string, leadId: string): Promise<void> {
  await tx.query({
    name: 'hold-call-of-lead',
    text: `select from calls where workspace_id = $1 and id = (
        select a.id from attempts a where a.workspace_id = $1 and a.lead_id = $2 and a.ended_at is null)
      for no key update`,
    values: [workspaceId, leadId],
  })
}

/**
 * Writes down that somebody called the lead by other means: a try of the lead, and an attempt without a call, that held no
 * slot and was no dial. The lead is done with it, whatever it was before; a call it has at this moment goes on.
 */
export async function markLead(
  tx: Tx,
  workspaceId: string,
  mark: { id: string; lead_id: string; at: number },
): Promise<void> {
  await tx.query({
    name: 'mark-lead',
    text: `
      with marked as (
        update leads set status = 'called', attempts = attempts + 1, last_attempt_at = $4, due_at = null, held_by = null,
          updated_at = $4
        where workspace_id = $1 and id = $3 returning id, campaign_id, contact_id
      )
      insert into attempts (workspace_id, id, kind, lead_id, campaign_id, contact_id, owner_user_id, trunk_id, agentless,
        number, state, verdict, claimed_by, claimed_at, lease_until, ended_at)
      select $1, $2, 'mark', m.id, m.campaign_id, m.contact_id, c.owner_user_id,
        -- No line was used; the one that would have been is named.
        coalesce(c.trunk_id, (select t.id from trunks t where t.workspace_id = $1 order by t.is_default desc, t.id limit 1)),
        false,
        coalesce((select p.number from contact_phones p where p.workspace_id = $1 and p.contact_id = m.contact_id
          order by p.position limit 1), ''),
        'ended', '{}', 'hand', $4, $4, $4
      from marked m join campaigns c on c.workspace_id = $1 and c.id = m.campaign_id`,
    values: [workspaceId, mark.id, mark.lead_id, new Date(mark.at)],
  })
}
