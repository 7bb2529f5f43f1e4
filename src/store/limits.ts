import type { Tx } from './tx.ts'
import type { TollUsage } from './usage.ts'

/** Calls at once under one limit; null means no such limit. */
export interface Used {
  limit: number | null
  in_use: number
  free: number | null
}

export interface Limits {
  toll: TollUsage
  installation: Used
  workspace: Used
  users: (Used & { id: string; name: string })[]
  trunks: (Used & {
    id: string
    name: string
    calls_per_second: number | null
    blocked_until: Date | null
    blocked_reason: string | null
  })[]
  campaigns: (Used & {
    id: string
    name: string
    owner_user_id: string
    daily_limit: number | null
    dials_today: number
  })[]
}

type Counted<Row> = Omit<Row, 'free'>

/** Every limit of a workspace with a recount of what is in use. */
export async function readLimits(tx: Tx, workspaceId: string, at: number, systemCap: number | null): Promise<Limits> {
  const all = await tx.query<Counted<Used> & { everywhere: number }>(
    `select w.concurrent_calls as limit, count_live_attempts() as everywhere,
       (select count(*)::int from attempts a where a.workspace_id = $1 and a.ended_at is null and a.agentless) as in_use
     from workspaces w where w.id = $1`,
    [workspaceId],
  )
  const users = await tx.query<Counted<Limits['users'][number]>>(
    `select m.user_id as id, u.name, m.concurrent_calls as limit, (select count(*)::int from attempts a
       where a.workspace_id = $1 and a.ended_at is null and a.agentless and a.owner_user_id = m.user_id) as in_use
     from memberships m join users u on u.id = m.user_id
     where m.workspace_id = $1 and m.suspended_at is null order by m.user_id`,
    [workspaceId],
  )
  const trunks = await tx.query<Counted<Limits['trunks'][number]>>(
    `select t.id, t.name, case when t.active then t.channels else 0 end as limit, t.calls_per_second,
       case when d.blocked_until > $2 then d.blocked_until end as blocked_until,
       case when d.blocked_until > $2 then d.blocked_reason end as blocked_reason,
       (select count(*)::int from attempts a where a.workspace_id = $1 and a.ended_at is null and a.trunk_id = t.id) as in_use
     from trunks t left join dial_limits d on d.workspace_id = $1 and d.limited_id = t.id
     where t.workspace_id = $1 order by t.id`,
    [workspaceId, new Date(at)],
  )
  const campaigns = await tx.query<Counted<Limits['campaigns'][number]>>(
    `select c.id, c.name, c.owner_user_id, c.max_concurrent_calls as limit, c.daily_limit, coalesce(y.dials, 0) as dials_today,
       (select count(*)::int from attempts a
        where a.workspace_id = $1 and a.ended_at is null and a.campaign_id = c.id) as in_use
     from campaigns c left join campaign_days y on y.workspace_id = $1 and y.campaign_id = c.id
       and y.day = ($2::timestamptz at time zone c.time_zone)::date
     where c.workspace_id = $1 and c.status = 'active' order by c.id`,
    [workspaceId, new Date(at)],
  )
  const toll = await tx.query<{ toll: TollUsage }>('select read_toll_limits($1, $2) as toll', [
    workspaceId,
    new Date(at),
  ])
  const { limit, in_use, everywhere } = all.rows[0] ?? { limit: 0, in_use: 0, everywhere: 0 }
  return {
    toll: (toll.rows[0] as { toll: TollUsage }).toll,
    installation: withFree({ limit: systemCap, in_use: everywhere }),
    workspace: withFree({ limit, in_use }),
    users: users.rows.map(withFree),
    trunks: trunks.rows.map(withFree),
    campaigns: campaigns.rows.map(withFree),
  }
}

function withFree<Row extends Counted<Used>>(row: Row): Row & Used {
  return { ...row, free: row.limit === null ? null : Math.max(0, row.limit - row.in_use) }
}
