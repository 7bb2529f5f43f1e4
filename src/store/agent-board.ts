import type { AgentState } from '#domain/agent-session.ts'
import type { JoinHow } from '#domain/call-act.ts'
import { type StoredSession, sessionColumns, toSession } from './agent-sessions.ts'
import { type Listing, type Page, type PageOf, readPage } from './keyset.ts'
import { latestLeg, type ShownLeg } from './legs.ts'
import type { Tx } from './tx.ts'

export interface BoardRow extends StoredSession {
  agent_name: string
  agent_number: number
  /** Who signs in as this agent. */
  agent_user_id: string | null
  reached_at: 'browser' | 'extension' | 'outside'
  /** The agent's latest. */
  leg: ShownLeg | null
  /** Of the call in hand. */
  campaign: { id: string; name: string } | null
  /** Supervisors who are in the call in hand, or about to be. */
  joins: { user_id: string; user_name: string; how: JoinHow; state: 'opening' | 'joined' }[]
}

export const boardSorts = ['started_at', 'state_since'] as const
export type BoardSort = (typeof boardSorts)[number]

const listing: Listing<BoardSort> = {
  columns: `${sessionColumns}, a.name as agent_name, a.number as agent_number, a.user_id as agent_user_id, a.reached_at,
    ${latestLeg} as leg,
    (select jsonb_build_object('id', c.id, 'name', c.name) from attempts t
      join campaigns c on c.workspace_id = t.workspace_id and c.id = t.campaign_id
      where t.workspace_id = s.workspace_id and t.id = s.call_id) as campaign,
    (select coalesce(jsonb_agg(jsonb_build_object('user_id', j.user_id, 'user_name', u.name, 'how', j.how, 'state', j.state)
        order by j.id), '[]') from call_joins j join users u on u.id = j.user_id
      where j.workspace_id = s.workspace_id and j.call_id = s.call_id and j.ended_at is null) as joins`,
  from: 'agent_sessions s join agents a on a.workspace_id = s.workspace_id and a.id = s.agent_id',
  id: 's.id',
  sorts: {
    started_at: { by: 's.id', type: 'uuid' },
    state_since: { by: 's.state_since', type: 'timestamptz' },
  },
}

export interface BoardFilters {
  id?: string
  agent_id?: string
  team_id?: string
  state?: AgentState[]
  /** The user whose own session it has to be. */
  user_id?: string
  open?: boolean
}

export async function listBoard(
  tx: Tx,
  workspaceId: string,
  filters: BoardFilters,
  page: PageOf<BoardSort>,
): Promise<Page<BoardRow>> {
  const { rows, next } = await readPage<never, BoardSort>(
    tx,
    listing,
    [
      ['s.workspace_id = ?', workspaceId],
      ['s.id = ?', filters.id],
      ['s.agent_id = ?', filters.agent_id],
      ['s.state = any (?)', filters.state],
      ['a.user_id = ?', filters.user_id],
      ['s.ended_at is null and ?', filters.open ? true : undefined],
      [
        `exists (select from team_members m
          where m.workspace_id = s.workspace_id and m.team_id = ? and m.agent_id = s.agent_id)`,
        filters.team_id,
      ],
    ],
    page,
  )
  return { rows: rows.map((row) => toSession(row) as BoardRow), next }
}

/** An agent as far as signing on asks. */
export interface SigningAgent {
  id: string
  user_id: string | null
  kind: 'human' | 'ai'
  reached_at: 'browser' | 'extension' | 'outside'
  active: boolean
}

/** The agent of this id, or the one that a user signs in as; null for one that was deleted. */
export async function findSigningAgent(
  tx: Tx,
  workspaceId: string,
  who: { agent_id: string } | { user_id: string },
): Promise<SigningAgent | null> {
  const [column, value] = 'agent_id' in who ? ['id', who.agent_id] : ['user_id', who.user_id]
  const { rows } = await tx.query<SigningAgent>(
    `select id, user_id, kind, reached_at, active from agents
     where workspace_id = $1 and ${column} = $2 and deleted_at is null`,
    [workspaceId, value],
  )
  return rows[0] ?? null
}
