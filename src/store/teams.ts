import { type Listing, type Page, type PageOf, readPage } from './keyset.ts'
import type { Tx } from './tx.ts'

export interface Team {
  id: string
  name: string
  agent_ids: string[]
  created_at: Date
  updated_at: Date
}

export const teamSorts = ['created_at', 'name'] as const
export type TeamSort = (typeof teamSorts)[number]

const listing: Listing<TeamSort> = {
  columns: `t.id, t.name, t.created_at, t.updated_at,
    array(select m.agent_id from team_members m where m.workspace_id = t.workspace_id and m.team_id = t.id
      order by m.agent_id) as agent_ids`,
  from: 'teams t',
  id: 't.id',
  sorts: {
    created_at: { by: 't.created_at', type: 'timestamptz' },
    name: { by: 't.name', type: 'text' },
  },
}

export interface TeamFilters {
  agent_id?: string
  /** Part of the name. */
  search?: string
}

export async function listTeams(
  tx: Tx,
  workspaceId: string,
  filters: TeamFilters,
  page: PageOf<TeamSort>,
): Promise<Page<Team>> {
  return readPage<Team, TeamSort>(
    tx,
    listing,
    [
      ['t.workspace_id = ?', workspaceId],
      [
        'exists (select from team_members m where m.workspace_id = t.workspace_id and m.team_id = t.id and m.agent_id = ?)',
        filters.agent_id,
      ],
      ['strpos(lower(t.name), lower(?)) > 0', filters.search],
    ],
    page,
  )
}

export async function readTeam(tx: Tx, workspaceId: string, id: string): Promise<Team | null> {
  const { rows } = await tx.query<Team>(
    `select ${listing.columns} from ${listing.from} where t.workspace_id = $1 and t.id = $2`,
    [workspaceId, id],
  )
  return rows[0] ?? null
}

/** A name that another team has is refused by the database. */
export async function createTeam(
  tx: Tx,
  workspaceId: string,
  team: Pick<Team, 'id' | 'name'>,
  at: number,
): Promise<void> {
  await tx.query('insert into teams (workspace_id, id, name, created_at, updated_at) values ($1, $2, $3, $4, $4)', [
    workspaceId,
    team.id,
    team.name,
    new Date(at),
  ])
}

/** Locks a team, so that two changes of it follow each other; false when there is none. */
export async function lockTeam(tx: Tx, workspaceId: string, id: string): Promise<boolean> {
  const { rowCount } = await tx.query('select from teams where workspace_id = $1 and id = $2 for no key update', [
    workspaceId,
    id,
  ])
  return rowCount === 1
}

/** Notes that the team changed, and its new name if there is one. */
export async function changeTeam(
  tx: Tx,
  workspaceId: string,
  id: string,
  name: string | null,
  at: number,
): Promise<void> {
  await tx.query('update teams set name = coalesce($3, name), updated_at = $4 where workspace_id = $1 and id = $2', [
    workspaceId,
    id,
    name,
    new Date(at),
  ])
}

/** Its campaigns and members lose it; false when there is none. */
export async function deleteTeam(tx: Tx, workspaceId: string, id: string): Promise<boolean> {
  const { rowCount } = await tx.query('delete from teams where workspace_id = $1 and id = $2', [workspaceId, id])
  return rowCount === 1
}

/** Which of these are teams, held so that none is deleted before this transaction ends. */
export async function holdTeams(tx: Tx, workspaceId: string, ids: string[]): Promise<Set<string>> {
  const { rows } = await tx.query<{ id: string }>(
    'select id from teams where workspace_id = $1 and id = any ($2) order by id for key share',
    [workspaceId, ids],
  )
  return new Set(rows.map((row) => row.id))
}

export async function addToTeam(tx: Tx, workspaceId: string, id: string, agentIds: string[]): Promise<void> {
  await tx.query(
    `insert into team_members (workspace_id, team_id, agent_id) select $1, $2, unnest($3::uuid[])
     on conflict do nothing`,
    [workspaceId, id, agentIds],
  )
}

/** Takes out everybody but these. */
export async function keepInTeam(tx: Tx, workspaceId: string, id: string, agentIds: string[]): Promise<void> {
  await tx.query('delete from team_members where workspace_id = $1 and team_id = $2 and agent_id <> all ($3)', [
    workspaceId,
    id,
    agentIds,
  ])
}

/** False when the agent was not in the team. */
export async function takeFromTeam(tx: Tx, workspaceId: string, id: string, agentId: string): Promise<boolean> {
  const { rowCount } = await tx.query(
    'delete from team_members where workspace_id = $1 and team_id = $2 and agent_id = $3',
    [workspaceId, id, agentId],
  )
  return rowCount === 1
}
