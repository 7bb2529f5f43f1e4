import type { Pool } from '#store/database.ts'
import { newId } from '#store/ids.ts'
import type { Tenant } from './tenant.ts'

export interface PastDials {
  campaign_id: string
  agent_id: string
  live: number
  unanswered: number
  talk_seconds: number
  wrap_seconds: number
  at: number
}

/** Leaves behind what dials of a campaign leave that an agent talked on: attempts, calls and the agent's steps. */
export async function addPastDials(owner: Pool, tenant: Tenant, past: PastDials): Promise<void> {
  const { workspace_id, user_id, trunk_id } = tenant
  const { campaign_id, agent_id, live, unanswered, talk_seconds, wrap_seconds, at } = past
  const session = newId(at)
  await owner.query(
    `insert into agent_sessions (workspace_id, id, agent_id, state, state_since, started_at, ended_at)
     values ($1, $2, $3, 'offline', $4, $4, $4)`,
    [workspace_id, session, agent_id, new Date(at)],
  )
  const dials = Array.from({ length: live + unanswered }, (_, n) => ({ id: newId(at), n, live: n < live }))
  await owner.query(
    `with dial as (select * from jsonb_to_recordset($7) as d (id uuid, n integer, live boolean)),
     attempt as (
       insert into attempts (workspace_id, id, kind, campaign_id, owner_user_id, trunk_id, agentless, number, state, outcome,
         verdict, claimed_by, claimed_at, lease_until, intent_at, dialed_at, live_at, ended_at)
       select $1, id, 'campaign', $2, $3, $4, false, '+12125550000', 'ended', case when live then 'human' else 'no_answer' end,
         '{}', 'test', $5::timestamptz, $5::timestamptz, $5::timestamptz, $5::timestamptz, case when live then $5::timestamptz + interval '10 s' end, $5::timestamptz + interval '10 min' from dial
     ), called as (
       insert into calls (workspace_id, id, number, campaign_id, owner_user_id, trunk_id, provider, state, outcome, initiated_at,
         answered_at, connected_at, ended_at, agent_id)
       select $1, id, 900000 + n, $2, $3, $4, 'simulated', 'ended', case when live then 'human' else 'no_answer' end, $5::timestamptz,
         case when live then $5::timestamptz + interval '9 s' end, case when live then $5::timestamptz + interval '10 s' end,
         $5::timestamptz + case when live then make_interval(secs => 10 + $8) else interval '25 s' end, case when live then $6::uuid end
       from dial
     )
     insert into agent_transitions (workspace_id, session_id, step, agent_id, from_state, to_state, call_id, at)
     select $1, $10, 2 * n + step, $6, 'on_call', case step when 1 then 'wrap_up' else 'available' end,
       case step when 1 then id end, $5::timestamptz + make_interval(secs => 10 + $8 + (step - 1) * $9)
     from dial, generate_series(1, 2) as step where live`,
    [
      ...[workspace_id, campaign_id, user_id, trunk_id, new Date(at), agent_id],
      ...[JSON.stringify(dials), talk_seconds, wrap_seconds, session],
    ],
  )
}
