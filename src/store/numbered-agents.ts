import type { AgentState } from '#domain/agent-session.ts'
import { type Agent, agentListing } from './agents.ts'
import { type OffsetPage, type Place, readOffsetPage } from './offset-page.ts'
import type { Tx } from './tx.ts'

const code = 'coalesce(a.code, a.name)'
const orders = {
  created_at: 'a.created_at, a.number',
  '-created_at': 'a.created_at desc, a.number desc',
  code: `${code}, a.number`,
  '-code': `${code} desc, a.number desc`,
}
export type AgentOrdering = keyof typeof orders

export interface AgentPageFilters {
  number?: number | undefined
  active?: boolean | undefined
  states?: readonly AgentState[] | undefined
  /** Part of the code, the extension, the number or the e-mail address. */
  search?: string | undefined
}

/** Agents that were not deleted. */
export async function listNumberedAgents(
  tx: Tx,
  workspaceId: string,
  filters: AgentPageFilters,
  { ordering, ...page }: Place & { ordering: AgentOrdering },
): Promise<OffsetPage<Agent>> {
  return readOffsetPage<Agent>(
    tx,
    agentListing,
    [
      ['a.workspace_id = ? and a.deleted_at is null', workspaceId],
      ['a.number = ?', filters.number],
      ['a.active = ?', filters.active],
      ["coalesce(s.state, 'offline') = any (?)", filters.states],
      [`strpos(lower(concat_ws(' ', ${code}, a.extension, a.phone_number, a.email)), lower(?)) > 0`, filters.search],
    ],
    { ...page, order: orders[ordering] },
  )
}
