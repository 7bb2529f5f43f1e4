import type { z } from 'zod'
import { localTime } from '#domain/zone-offset.ts'
import { type LeaderboardRow, readLeaderboard } from '#store/leaderboard.ts'
import { readTeam } from '#store/teams.ts'
import { readWorkspace } from '#store/workspaces.ts'
import type { Caller } from '../../http/caller.ts'
import { type ServerDeps, withinAll } from '../../http/house.ts'
import { type Refusal, refuseValues } from '../../http/problems.ts'
import type { leaderboardQuery } from './schema.ts'

/** Who did most; agents see each other's names and figures, whatever else they may not see. */
export async function rankAgents(
  house: ServerDeps,
  caller: Caller,
  query: z.output<typeof leaderboardQuery>,
): Promise<LeaderboardRow[] | Refusal> {
  const { workspace_id } = caller
  const { period, by, date } = query
  const team_id = query.team_id ?? null
  const at = house.clock.now()
  return withinAll(house, caller, async (tx) => {
    if (team_id !== null && !(await readTeam(tx, workspace_id, team_id)))
      return refuseValues([{ path: 'team_id', message: 'names no team' }])
    const workspace = await readWorkspace(tx, workspace_id)
    const today = localTime(workspace?.time_zone ?? 'UTC', at).date
    return readLeaderboard(tx, workspace_id, { period, by, team_id, date: date ?? today }, at)
  })
}
