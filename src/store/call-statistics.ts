import type { CallStatus } from './campaign-counts.ts'
import { firstUuidAt } from './partitions.ts'
import type { Tx } from './tx.ts'

/** A call's id is made before the call begins, and within this: the ids of a stretch are a range of the index. */
const idAheadMs = 86_400_000

/** Calls of a stretch of days, counted anew from the calls themselves. */
export interface CallStatistics {
  by_status: Partial<Record<CallStatus, number>>
  /** By the hour of the workspace's day in which they began; of those that nobody answered yet or that were canceled, none. */
  by_hour: Record<number, number>
  /** Answered to ended, in whole seconds of each call. */
  duration_seconds: number
}

export async function countCalls(
  tx: Tx,
  workspaceId: string,
  { from, before, campaign_id }: { from: Date | null; before: Date | null; campaign_id: string | null },
): Promise<CallStatistics> {
  const { rows } = await tx.query<CallStatistics>({
    name: 'count-calls',
    text: `
      with told as materialized (
        select call_status(c.state, c.outcome, c.answered_at is not null) as status,
          extract(hour from c.initiated_at at time zone (select w.time_zone from workspaces w where w.id = $1))::int as hour,
          floor(extract(epoch from c.ended_at - c.answered_at)) as seconds
        from calls c where c.workspace_id = $1 and c.id >= $5 and c.id <= $6 and c.initiated_at >= coalesce($2::timestamptz, '-infinity')
          and c.initiated_at < coalesce($3::timestamptz, 'infinity') and ($4::uuid is null or c.campaign_id = $4)
      )
      select
        coalesce((select jsonb_object_agg(s.status, s.n) from (select status, count(*) as n from told group by 1) s), '{}')
          as by_status,
        coalesce((select jsonb_object_agg(h.hour, h.n) from (select hour, count(*) as n from told
          where status not in ('initiated', 'ringing', 'canceled') group by 1) h), '{}') as by_hour,
        coalesce((select sum(seconds) from told), 0)::double precision as duration_seconds`,
    values: [workspaceId, from, before, campaign_id, ...idsBetween(from, before)],
  })
  return rows[0] as CallStatistics
}

function idsBetween(from: Date | null, before: Date | null): [string, string] {
  const firstId = (at: number) => firstUuidAt(new Date(Math.max(0, at)))
  const first = firstId((from?.getTime() ?? 0) - idAheadMs)
  return [first, before ? firstId(before.getTime()) : 'ffffffff-ffff-ffff-ffff-ffffffffffff']
}
