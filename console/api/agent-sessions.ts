import { queryOptions } from '@tanstack/react-query'
import { api, type Schemas, take } from './client.ts'
import { queries } from './queries.ts'

export type AgentSession = Schemas['AgentSession']

/** More agents than work at once on one floor. */
const floor = 1_000

/** The agent's open session; null before signing on. Not read anew by others' events: the desk has a socket for its own. */
export const ownSessionQuery = (agent_id: string) =>
  queryOptions({
    queryKey: ['desk', 'session', agent_id],
    queryFn: async () => {
      const found = await take(api.GET('/api/v1/agent-sessions', { params: { query: { agent_id, limit: 1 } } }))
      return found.data[0] ?? null
    },
  })

export const totalsQuery = (id: string) =>
  queryOptions({
    queryKey: ['desk', 'totals', id],
    queryFn: () => take(api.GET('/api/v1/agent-sessions/{id}/totals', { params: { path: { id } } })),
  })

export interface Board {
  rows: AgentSession[]
  /** By how much this device's clock is ahead of the server's. */
  ahead_ms: number
}

/** Everybody who is at the phone. */
export const boardQuery = (team_id: string | undefined) =>
  queryOptions({
    queryKey: ['board', team_id ?? 'all'],
    queryFn: async (): Promise<Board> => {
      const query = { limit: floor, ...(team_id && { team_id }) }
      const { data: rows } = await take(api.GET('/api/v1/agent-sessions', { params: { query } }))
      const [first] = rows
      return { rows, ahead_ms: first ? Date.now() - Date.parse(first.state_since) - first.age_ms : 0 }
    },
  })

/** What an event tells of a session stands on the board at once; the rest of it is read anew within a second. */
export function patchBoard(told: Record<string, unknown>): void {
  const change = told as unknown as { session_id: string } & Pick<
    AgentSession,
    'seq' | 'state' | 'state_since' | 'reason' | 'call_id' | 'next_state'
  >
  queries.setQueriesData<Board>({ queryKey: ['board'] }, (board) => {
    const { session_id, seq, state, state_since, reason, call_id, next_state } = change
    const rows = board?.rows.map((row) => {
      if (row.id !== session_id || row.seq >= seq) return row
      return { ...row, seq, state, state_since, reason, call_id, next_state }
    })
    return board && rows && { ...board, rows: rows.filter((row) => row.state !== 'offline') }
  })
}

/** Signs on as one's own agent, on a break to prepare first where `reason` says so; goes on with a session that is open. */
export async function signOn(agent_id: string, reason: string | null): Promise<AgentSession> {
  const state = reason === null ? ({ state: 'available' } as const) : ({ state: 'break', reason } as const)
  const session = await take(api.POST('/api/v1/agent-sessions', { body: { ...state, take_over: true } }))
  queries.setQueryData(ownSessionQuery(agent_id).queryKey, session)
  return session
}

export type Order = { order: 'ready' } | { order: 'break'; reason: string } | { order: 'sign-off'; reason?: string }

/** What a supervisor says about somebody's session. */
export async function orderAgent(id: string, order: Order): Promise<AgentSession> {
  const params = { path: { id } }
  const ordered = (): Promise<AgentSession> => {
    if (order.order === 'ready') return take(api.POST('/api/v1/agent-sessions/{id}/ready', { params }))
    if (order.order === 'break') {
      return take(api.POST('/api/v1/agent-sessions/{id}/break', { params, body: { reason: order.reason } }))
    }
    const body = order.reason === undefined ? {} : { reason: order.reason }
    return take(api.POST('/api/v1/agent-sessions/{id}/sign-off', { params, body }))
  }
  const session = await ordered()
  await queries.invalidateQueries({ queryKey: ['board'] })
  return session
}

export const sendMessage = (id: string, text: string) =>
  take(api.POST('/api/v1/agent-sessions/{id}/message', { params: { path: { id } }, body: { text } }))

/** To all who are at the phone, or to a team of them; gives how many were told. */
export async function messageAll(team_id: string | undefined, text: string): Promise<number> {
  const body = { text, ...(team_id && { team_id }) }
  return (await take(api.POST('/api/v1/agent-sessions/message', { body }))).told
}
