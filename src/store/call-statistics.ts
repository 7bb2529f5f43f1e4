import type { CallStatus } from './campaign-counts.ts'
import type { Tx } from './tx.ts'

/** Calls of a stretch of days, counted anew from the calls themselves. */
export interface CallStatistics {
  by_status: Partial<Record<CallStatus, number>>
  /** Of the calls that were answered or are over, by the hour of the workspace's day in which they began. */
  by_hour: Record<number, number>
  /** Answered to ended, in whole seconds of each call. */
  duration_seconds: number
}

export async function countCalls(
  tx: Tx,
  workspaceId: string,
  filters: { from: Date | null; before: Date | null; campaign_id: string | null },
): Promise<CallStatistics> {
  const { rows } = await tx.query<CallStatistics>({
    name: 'count-calls',
    text: `
      with told as materialized (
        select call_status(c.state, c.outcome, c.answered_at is not null) as status,
          extract(hour from c.initiated_at at time zone (select w.time_zone from workspaces w where w.id = $1))::int as hour,
          floor(extract(epoch from c.ended_at - c.answered_at)) as seconds
        from calls c where c.workspace_id = $1 and ($2::timestamptz is null or c.initiated_at >= $2)
          and ($3::timestamptz is null or c.initiated_at < $3) and ($4::uuid is null or c.campaign_id = $4)
      )
      select
        coalesce((select jsonb_object_agg(s.status, s.n) from (select status, count(*) as n from told group by 1) s), '{}')
          as by_status,
        coalesce((select jsonb_object_agg(h.hour, h.n) from (select hour, count(*) as n from told
          where status not in ('initiated', 'ringing', 'canceled') group by 1) h), '{}') as by_hour,
        coalesce((select sum(seconds) from told), 0)::double precision as duration_seconds`,
    values: [workspaceId, filters.from, filters.before, filters.campaign_id],
  })
  return rows[0] as CallStatistics
}
