import { conditionOf } from './call-figures.ts'
import { firstUuidAt } from './partitions.ts'
import type { Tx } from './tx.ts'

/** The calls of a campaign that began in a minute, and how many of them count as what. */
export interface CallMinute {
  /** The minute's beginning, whole in UTC. */
  at: Date
  calls: number
  human: number
  abandoned: number
}

/** A call's id is made when its lead is claimed; one that is shown to an agent first may be dialed an hour later. */
const idAheadMs = 2 * 3_600_000

/** Each minute from `from` until `before`, oldest first, those without a call too; both have to be whole minutes. */
export async function countCallMinutes(
  tx: Tx,
  workspaceId: string,
  campaignId: string,
  { from, before }: { from: Date; before: Date },
): Promise<CallMinute[]> {
  const { rows } = await tx.query<CallMinute>({
    name: 'count-call-minutes',
    text: `
      with told as (
        select date_trunc('minute', c.initiated_at, 'UTC') as at, count(*)::int as calls,
          count(*) filter (where ${conditionOf.human})::int as human,
          count(*) filter (where ${conditionOf.abandoned})::int as abandoned
        from calls c where c.workspace_id = $1 and c.campaign_id = $2 and c.id >= $5 and c.id < $6
        group by 1
      )
      -- What began outside of the stretch is in none of its minutes.
      select at, coalesce(calls, 0) as calls, coalesce(human, 0) as human, coalesce(abandoned, 0) as abandoned
      from generate_series($3::timestamptz, $4::timestamptz - interval '1 minute', interval '1 minute') minute (at)
      left join told using (at) order by at`,
    values: [
      ...[workspaceId, campaignId, from, before],
      ...[firstUuidAt(new Date(from.getTime() - idAheadMs)), firstUuidAt(before)],
    ],
  })
  return rows
}
