import type { Period } from './agent-transitions.ts'
import type { Tx } from './tx.ts'

export const leaderboardFigures = ['sales', 'calls', 'talk', 'conversion'] as const
export type LeaderboardFigure = (typeof leaderboardFigures)[number]

const columns: Record<LeaderboardFigure, string> = {
  sales: 'p.sales',
  calls: 'p.calls',
  talk: 'p.talk_ms',
  conversion: 'p.conversion_percent',
}

export interface LeaderboardRow {
  /** Equal figures share a rank, and the ranks behind them are left out. */
  rank: number
  agent_id: string
  name: string
  calls: number
  answered: number
  missed: number
  sales: number
  talk_ms: number
  average_talk_ms: number | null
  conversion_percent: number | null
}

/** The agents who were at the phone in the period that holds `date`, those who did most first. */
export async function readLeaderboard(
  tx: Tx,
  workspaceId: string,
  wanted: { period: Period; date: string; team_id: string | null; by: LeaderboardFigure },
  at: number,
): Promise<LeaderboardRow[]> {
  const { rows } = await tx.query<LeaderboardRow>({
    name: `read-leaderboard-by-${wanted.by}`,
    text: `
      with agent as materialized (
        select a.id, a.name from agents a where a.workspace_id = $1 and a.deleted_at is null and ($4::uuid is null
          or exists (select from team_members m where m.workspace_id = $1 and m.team_id = $4 and m.agent_id = a.id))
      )
      select rank() over (order by ${columns[wanted.by]} desc nulls last) as rank, p.agent_id,
        (select a.name from agent a where a.id = p.agent_id) as name, p.calls, p.answered, p.missed, p.sales, p.talk_ms,
        p.average_talk_ms, p.conversion_percent
      from agent_performance($1, array(select id from agent), $2, date_trunc($2, $3::date::timestamp)::date,
        (date_trunc($2, $3::date::timestamp) + ('1 ' || $2)::interval)::date, $5) p
      order by 1, 3, 2`,
    values: [workspaceId, wanted.period, wanted.date, wanted.team_id, new Date(at)],
  })
  return rows
}
