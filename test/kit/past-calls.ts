import type { Pool } from '#store/database.ts'
import { newId } from '#store/ids.ts'
import type { Tenant } from './tenant.ts'

export interface MadeCall {
  /** When it began. */
  at: number
  to_number?: string
  campaign_id?: string
  contact_id?: string
  lead_id?: string
  agent_id?: string
  outcome?: string
  /** Null: of somebody whose clock nobody knows. */
  zone?: string | null
  answered?: boolean
  abandoned?: boolean
  /** A key of the workspace's dispositions. */
  meant?: string
}

/** Calls that are over, with what they are said to have meant; their ids, in this order. */
export async function addPastCalls(owner: Pool, tenant: Tenant, calls: MadeCall[]): Promise<string[]> {
  const { workspace_id, user_id, trunk_id } = tenant
  const made = calls.map((call, n) => ({ ...call, id: newId(call.at), n: n + 1, at: new Date(call.at) }))
  await owner.query(
    `with made as (
       select * from jsonb_to_recordset($4) as m (id uuid, n bigint, at timestamptz, to_number text, campaign_id uuid,
         contact_id uuid, lead_id uuid, agent_id uuid, outcome text, zone text, answered boolean, abandoned boolean, meant text)
     ), called as (
       insert into calls (workspace_id, id, number, campaign_id, contact_id, lead_id, agent_id, owner_user_id, trunk_id, provider,
         to_number, state, outcome, zone, initiated_at, answered_at, abandoned_at, ended_at)
       select $1, id, n, campaign_id, contact_id, lead_id, agent_id, $2, $3, 'simulated', coalesce(to_number, '+12125550100'),
         'ended', coalesce(outcome, 'no_answer'), zone, at, case when answered then at + interval '5 s' end,
         case when abandoned then at + interval '7 s' end, at + interval '65 s' from made
     ), tried as (
       insert into attempts (workspace_id, id, campaign_id, contact_id, lead_id, agent_id, owner_user_id, trunk_id, agentless, number,
         state, outcome, verdict, claimed_by, claimed_at, lease_until, intent_at, dialed_at, ended_at)
       select $1, id, campaign_id, contact_id, lead_id, agent_id, $2, $3, agent_id is null, coalesce(to_number, '+12125550100'),
         'ended', coalesce(outcome, 'no_answer'), jsonb_build_object('verdict', jsonb_build_object(
           'rule', jsonb_build_object('id', 'contactable', 'source', 'every rule allows it', 'version', '2026-11-21'),
           'evidence', jsonb_build_object('packs', jsonb_build_object('us', '2026-11-21'), 'zones', jsonb_build_array(zone),
             'local_times', jsonb_build_object('America/New_York', '2026-11-21 10:00'), 'detail', null))),
         'test', at, at, at, at, at + interval '65 s' from made
     )
     insert into call_dispositions (workspace_id, call_id, disposition_id, set_by, set_at, changed_by, changed_at)
     select $1, m.id, d.id, $2, m.at, $2, m.at from made m
     join disposition_categories d on d.workspace_id = $1 and d.key = m.meant`,
    [workspace_id, user_id, trunk_id, JSON.stringify(made)],
  )
  return made.map(({ id }) => id)
}
