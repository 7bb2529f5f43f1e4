import type { Pool } from '#store/database.ts'
import { newId } from '#store/ids.ts'
import type { Tenant } from './tenant.ts'

/** Gives a campaign live answers of the day before, so many of them abandoned: what an abandon cap is counted over. */
export async function addPastAnswers(
  owner: Pool,
  tenant: Tenant,
  campaignId: string,
  { live, abandoned, at }: { live: number; abandoned: number; at: number },
): Promise<void> {
  const before = at - 86_400_000
  const answers = Array.from({ length: live }, (_, index) => ({ id: newId(before), abandoned: index < abandoned }))
  await owner.query(
    `insert into attempts (workspace_id, id, kind, campaign_id, owner_user_id, trunk_id, agentless, number, state, outcome, verdict,
       claimed_by, claimed_at, lease_until, intent_at, dialed_at, live_at, abandoned_at, ended_at)
     select $1, a.id, 'campaign', $2, $3, $4, false, '+12125550000', 'ended', case when a.abandoned then 'abandoned' else 'human' end,
       '{}', 'test', $5, $5, $5, $5, $5, case when a.abandoned then $5::timestamptz end, $5
     from jsonb_to_recordset($6) as a (id uuid, abandoned boolean)`,
    [tenant.workspace_id, campaignId, tenant.user_id, tenant.trunk_id, new Date(before), JSON.stringify(answers)],
  )
  await owner.query(
    `insert into answer_days (workspace_id, campaign_id, day, live_answers, abandoned)
     select $1, $2, ($3::timestamptz at time zone c.time_zone)::date, $4, $5 from campaigns c where c.id = $2`,
    [tenant.workspace_id, campaignId, new Date(before), live, abandoned],
  )
}
