import type { Tx } from './tx.ts'

/** The people who answered a campaign's calls on a day of its zone, and what became of them. */
export interface LiveAnswerDay {
  date: string
  /** Answered, and not known to be a machine. */
  live_answers: number
  connected: number
  /** Nobody of ours came within two seconds. */
  abandoned: number
  /** They hung up before. */
  short: number
}

/** A recount by day, from `since` to `until`, both included. */
export async function countLiveAnswers(
  tx: Tx,
  workspaceId: string,
  campaignId: string,
  { since, until }: { since: string; until: string },
): Promise<LiveAnswerDay[]> {
  const { rows } = await tx.query<LiveAnswerDay>(
    `with zone as (
       select time_zone as name from campaigns where workspace_id = $1 and id = $2
     ), live as materialized (
       select a.id, (a.live_at at time zone (select name from zone))::date as date, a.abandoned_at from attempts a
       where a.workspace_id = $1 and a.campaign_id = $2 and a.live_at is not null
         and a.id >= first_uuid_at(($3::date - 1)::timestamptz) and a.id < first_uuid_at(($4::date + 2)::timestamptz)
     ), told as (
       select l.date, l.abandoned_at, c.connected_at, c.ended_at from live l
       cross join lateral (select connected_at, ended_at, detection from calls
         where workspace_id = $1 and id = l.id limit 1) c
       where l.date between $3::date and $4::date and coalesce(c.detection, '') not in ('machine', 'fax', 'screened')
     )
     select to_char(date, 'YYYY-MM-DD') as date, count(*)::int as live_answers, count(connected_at)::int as connected,
       count(abandoned_at)::int as abandoned,
       count(*) filter (where ended_at is not null and connected_at is null and abandoned_at is null)::int as short
     from told group by date order by date`,
    [workspaceId, campaignId, since, until],
  )
  return rows
}
