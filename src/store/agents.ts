import { type Filter, type Listing, type Page, type PageOf, readPage } from './keyset.ts'
import { type OffsetPage, type Place, readOffsetPage } from './offset-page.ts'
import type { Tx } from './tx.ts'

export const agentKinds = ['human', 'ai'] as const
export type AgentKind = (typeof agentKinds)[number]
export const agentPlaces = ['browser', 'extension', 'outside'] as const
export type AgentPlace = (typeof agentPlaces)[number]

export interface Agent {
  id: string
  number: number
  code: string | null
  kind: AgentKind
  name: string
  user_id: string | null
  reached_at: AgentPlace
  extension: string | null
  phone_number: string | null
  email: string | null
  department: string | null
  supervisor_user_id: string | null
  time_zone: string | null
  language: string | null
  skills: string[]
  max_concurrent_calls: number
  active: boolean
  settings: Record<string, unknown>
  team_ids: string[]
  /** Of the open session; `offline` without one. */
  state: string
  state_since: Date | null
  created_at: Date
  updated_at: Date
}

export const agentSorts = ['created_at', 'updated_at', 'name', 'number'] as const
export type AgentSort = (typeof agentSorts)[number]

export const agentListing: Listing<AgentSort> = {
  columns: `a.id, a.number, a.code, a.kind, a.name, a.user_id, a.reached_at, a.extension, a.phone_number, a.email,
    a.department, a.supervisor_user_id, a.time_zone, a.language, a.skills, a.max_concurrent_calls, a.active, a.settings,
    a.created_at, a.updated_at, coalesce(s.state, 'offline') as state, s.state_since,
    array(select m.team_id from team_members m where m.workspace_id = a.workspace_id and m.agent_id = a.id
      order by m.team_id) as team_ids`,
  from: `agents a left join agent_sessions s
    on s.workspace_id = a.workspace_id and s.agent_id = a.id and s.ended_at is null`,
  id: 'a.id',
  sorts: {
    created_at: { by: 'a.created_at', type: 'timestamptz' },
    updated_at: { by: 'a.updated_at', type: 'timestamptz' },
    name: { by: 'a.name', type: 'text' },
    number: { by: 'a.number', type: 'bigint' },
  },
}

export interface AgentFilters {
  kind?: AgentKind[]
  active?: boolean
  team_id?: string
  skill?: string
  /** Who signs in as this agent. */
  user_id?: string
  /** Part of the name, the code, the extension, the number or the e-mail address. */
  search?: string
}

/** Agents that were not deleted. */
export async function listAgents(
  tx: Tx,
  workspaceId: string,
  filters: AgentFilters,
  page: PageOf<AgentSort>,
): Promise<Page<Agent>> {
  return readPage<Agent, AgentSort>(tx, agentListing, filtersOf(workspaceId, filters), page)
}

/** The same by the place in the list, newest first. */
export async function listAgentsByPlace(
  tx: Tx,
  workspaceId: string,
  filters: AgentFilters,
  place: Place,
): Promise<OffsetPage<Agent>> {
  const page = { ...place, order: 'a.created_at desc, a.number desc' }
  return readOffsetPage<Agent>(tx, agentListing, filtersOf(workspaceId, filters), page)
}

function filtersOf(workspaceId: string, filters: AgentFilters): Filter[] {
  return [
    ['a.workspace_id = ? and a.deleted_at is null', workspaceId],
    ['a.kind = any (?)', filters.kind],
    ['a.active = ?', filters.active],
    [
      'exists (select from team_members m where m.workspace_id = a.workspace_id and m.agent_id = a.id and m.team_id = ?)',
      filters.team_id,
    ],
    ['? = any (a.skills)', filters.skill],
    ['a.user_id = ?', filters.user_id],
    [
      `strpos(lower(concat_ws(' ', a.name, a.code, a.extension, a.phone_number, a.email)), lower(?)) > 0`,
      filters.search,
    ],
  ]
}

export async function readAgent(tx: Tx, workspaceId: string, id: string): Promise<Agent | null> {
  const { rows } = await tx.query<Agent>(
    `select ${agentListing.columns} from ${agentListing.from} where a.workspace_id = $1 and a.id = $2 and a.deleted_at is null`,
    [workspaceId, id],
  )
  return rows[0] ?? null
}

const settable = [
  'code',
  'kind',
  'name',
  'user_id',
  'reached_at',
  'extension',
  'phone_number',
  'email',
  'department',
  'supervisor_user_id',
  'time_zone',
  'language',
  'skills',
  'max_concurrent_calls',
  'active',
  'settings',
] as const
export type AgentSettings = Pick<Agent, (typeof settable)[number]>

/** A code or a user that another agent has is refused by the database. */
export async function createAgent(
  tx: Tx,
  workspaceId: string,
  agent: Pick<Agent, 'id' | 'number' | 'name'> & Partial<AgentSettings>,
  at: number,
): Promise<void> {
  const given = setColumns(agent)
  const columns = ['workspace_id', 'id', 'number', 'created_at', 'updated_at', ...given.map(([name]) => name)]
  const values = [workspaceId, agent.id, agent.number, new Date(at), new Date(at), ...given.map(([, value]) => value)]
  await tx.query(
    `insert into agents (${columns.join(', ')}) values (${columns.map((_, index) => `$${index + 1}`).join(', ')})`,
    values,
  )
}

export async function changeAgent(
  tx: Tx,
  workspaceId: string,
  id: string,
  change: Partial<AgentSettings>,
  at: number,
): Promise<void> {
  const given = setColumns(change)
  const assignments = given.map(([name], index) => `${name} = $${index + 4}`)
  await tx.query(
    `update agents set ${['updated_at = $3', ...assignments].join(', ')}
     where workspace_id = $1 and id = $2 and deleted_at is null`,
    [workspaceId, id, new Date(at), ...given.map(([, value]) => value)],
  )
}

/** Locks an agent, so that two acts on it follow each other and no campaign or team takes it meanwhile. */
export async function lockAgent(tx: Tx, workspaceId: string, id: string): Promise<boolean> {
  const { rowCount } = await tx.query(
    'select from agents where workspace_id = $1 and id = $2 and deleted_at is null for update',
    [workspaceId, id],
  )
  return rowCount === 1
}

/** Which of these are agents, held so that none is deleted before this transaction ends. */
export async function holdAgents(tx: Tx, workspaceId: string, ids: string[]): Promise<Map<string, AgentKind>> {
  const { rows } = await tx.query<{ id: string; kind: AgentKind }>(
    `select id, kind from agents where workspace_id = $1 and id = any ($2) and deleted_at is null order by id for share`,
    [workspaceId, ids],
  )
  return new Map(rows.map((row) => [row.id, row.kind]))
}

/**
 * Takes an agent out of every list, team and campaign; its row stays for the calls it took, its code and user are free.
 * Whoever deletes has locked the agent and ended its session.
 */
export async function deleteAgent(tx: Tx, workspaceId: string, id: string, at: number): Promise<void> {
  await tx.query('update agents set deleted_at = $3, updated_at = $3 where workspace_id = $1 and id = $2', [
    workspaceId,
    id,
    new Date(at),
  ])
  await tx.query('delete from team_members where workspace_id = $1 and agent_id = $2', [workspaceId, id])
  await tx.query('delete from campaign_agents where workspace_id = $1 and agent_id = $2', [workspaceId, id])
}

function setColumns(given: Partial<AgentSettings>): [string, unknown][] {
  return settable.flatMap((name): [string, unknown][] => {
    const value = given[name]
    if (value === undefined) return []
    return [[name, name === 'settings' ? JSON.stringify(value) : value]]
  })
}
