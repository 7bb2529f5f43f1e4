import { type CountedAs, callsAsCounted, conditionOf, localHour, localWeekday, tryOfCall } from './call-figures.ts'
import { type CallFilters, filtersOf } from './call-list.ts'
import { bindFilters } from './keyset.ts'
import type { Tx } from './tx.ts'

/** How many calls there were, and how many of them count as what. */
export type Figures = Record<'calls' | CountedAs, number>

export interface CallReport {
  /** Leads of the campaign, or of all of them. */
  leads: number
  totals: Figures & { talk_seconds: number; costs: { currency: string; amount: number }[] }
  by_day: ({ date: string } & Figures)[]
  by_local_hour: ({ weekday: number; hour: number } & Figures)[]
  by_outcome: { outcome: string; calls: number }[]
  by_disposition: { key: string; name: string; calls: number }[]
  by_agent: ({ agent_id: string; name: string; talk_seconds: number } & Figures)[]
  /** Of the contacts, which call of their lead they were. */
  contacts_by_try: { try: number; contact: number }[]
}

/** The days before a day that its window has, itself included. */
export const windowDays = 30

export interface AbandonWindow {
  date: string
  human: number
  abandoned: number
  /** The same over the window that ends with this day. */
  window_human: number
  window_abandoned: number
}

const flags = Object.entries(conditionOf).map(([name, condition]) => `(${condition}) as ${name}`)
const counts = [
  'count(*)::int as calls',
  ...Object.keys(conditionOf).map((name) => `count(*) filter (where ${name})::int as ${name}`),
]
const listOf = (select: string) => `(select coalesce(jsonb_agg(to_jsonb(r)), '[]') from (${select}) r)`

/** All figures of one moment; what a call is counted as is told in call-figures.ts alone. */
export async function readCallReport(
  tx: Tx,
  workspaceId: string,
  filters: CallFilters,
  zone: string,
): Promise<CallReport> {
  const { where, values } = bindFilters(filtersOf(workspaceId, filters))
  const [workspace, campaign, days] = [workspaceId, filters.campaign_id ?? null, zone].map(
    (value) => `$${values.push(value)}`,
  )
  const { rows } = await tx.query<{ report: CallReport }>(
    `with chosen as materialized (
       select c.id, c.outcome, c.agent_id, c.cost, c.cost_currency, meant.id as disposition_id, ${flags.join(', ')},
         (c.initiated_at at time zone ${days})::date as date, ${localWeekday} as weekday, ${localHour} as hour,
         case when meant.counts_as_contact then ${tryOfCall} end as try,
         floor(extract(epoch from c.ended_at - c.answered_at))::int as seconds
       from ${callsAsCounted} where ${where}
     )
     select jsonb_build_object(
       'leads', (select count(*) from leads l where l.workspace_id = ${workspace}
         and (${campaign}::uuid is null or l.campaign_id = ${campaign})),
       'totals', (select to_jsonb(r) from (select ${counts.join(', ')}, coalesce(sum(seconds), 0)::int as talk_seconds,
         ${listOf(`select cost_currency as currency, sum(cost)::double precision as amount from chosen
           where cost is not null group by 1 order by 1`)} as costs from chosen) r),
       'by_day', ${listOf(`select to_char(date, 'YYYY-MM-DD') as date, ${counts.join(', ')} from chosen group by chosen.date order by 1`)},
       'by_local_hour', ${listOf(`select weekday, hour, ${counts.join(', ')} from chosen group by 1, 2 order by 1, 2`)},
       'by_outcome', ${listOf('select outcome, count(*)::int as calls from chosen where outcome is not null group by 1 order by 2 desc, 1')},
       'by_disposition', ${listOf(`select d.key, d.name, n as calls from (select disposition_id, count(*)::int as n from chosen
         where disposition_id is not null group by 1) s
         join disposition_categories d on d.workspace_id = ${workspace} and d.id = s.disposition_id order by n desc, d.key`)},
       'by_agent', ${listOf(`select s.*, a.name from (select agent_id, ${counts.join(', ')}, coalesce(sum(seconds), 0)::int as talk_seconds
         from chosen where agent_id is not null group by 1) s
         join agents a on a.workspace_id = ${workspace} and a.id = s.agent_id order by s.success desc, s.contact desc, a.name`)},
       'contacts_by_try', ${listOf('select try, count(*)::int as contact from chosen where try is not null group by 1 order by 1')}
     ) as report`,
    values,
  )
  return (rows[0] as { report: CallReport }).report
}

/** By day of the zone, from `since` to `until`; `filters` begin a window earlier, and are none of what calls meant. */
export async function readAbandonWindows(
  tx: Tx,
  workspaceId: string,
  filters: CallFilters,
  { since, until, zone }: { since: string; until: string; zone: string },
): Promise<AbandonWindow[]> {
  const { where, values } = bindFilters(filtersOf(workspaceId, filters))
  const [first, last, days] = [since, until, zone].map((value) => `$${values.push(value)}`)
  const { rows } = await tx.query<AbandonWindow>(
    `with told as materialized (
       select (c.initiated_at at time zone ${days})::date as day, count(*) filter (where ${conditionOf.human})::int as human,
         count(*) filter (where ${conditionOf.abandoned})::int as abandoned
       from calls c where ${where} group by 1
     ), every_day as (
       select g::date as day, coalesce(t.human, 0) as human, coalesce(t.abandoned, 0) as abandoned
       from generate_series(${first}::date - ${windowDays - 1}, ${last}::date, interval '1 day') g left join told t on t.day = g::date
     ), windowed as (
       select day, human, abandoned, (sum(human) over past)::int as window_human, (sum(abandoned) over past)::int as window_abandoned
       from every_day window past as (order by day rows ${windowDays - 1} preceding)
     )
     select to_char(day, 'YYYY-MM-DD') as date, human, abandoned, window_human, window_abandoned from windowed
     where day >= ${first}::date order by day`,
    values,
  )
  return rows
}
