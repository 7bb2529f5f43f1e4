import type { z } from 'zod'
import { defaultBreakReasons, measureBreak } from '#domain/break-reasons.ts'
import { localTime } from '#domain/zone-offset.ts'
import { type BoardRow, type BoardSort, findSigningAgent, listBoard } from '#store/agent-board.ts'
import {
  listTransitions,
  type Performance,
  readBreaksToday,
  readPerformance,
  readTotals,
  type Transition,
} from '#store/agent-transitions.ts'
import type { Page, PageOf } from '#store/keyset.ts'
import type { Tx } from '#store/tx.ts'
import { readWorkspace } from '#store/workspaces.ts'
import type { Caller } from '../../http/caller.ts'
import { type ServerDeps, withinAll } from '../../http/house.ts'
import { reaches } from '../../http/permissions.ts'
import { isRefusal, type Refusal, refuseUnknown, refuseValues } from '../../http/problems.ts'
import type { boardQuery, performanceQuery, ShownSession } from './schema.ts'

/** As far back as a question without `from` looks. */
const shownDays = { day: 30, week: 84, month: 365 } as const
const longestRangeDays = 1_100
const dayMs = 86_400_000

/** Where members see their own things only, that is their own sessions. */
function ownOnly(caller: Caller) {
  return caller.only_own ? { user_id: caller.user_id } : {}
}

export async function listSessions(
  house: ServerDeps,
  caller: Caller,
  query: z.output<typeof boardQuery>,
  page: PageOf<BoardSort>,
): Promise<Page<ShownSession>> {
  const { workspace_id } = caller
  const { state, agent_id, team_id, open } = query
  const filters = { ...(state && { state }), ...(agent_id && { agent_id }), ...(team_id && { team_id }) }
  return withinAll(house, caller, async (tx) => {
    const found = await listBoard(tx, workspace_id, { ...filters, ...ownOnly(caller), open: open === 'true' }, page)
    return { rows: await showSessions(tx, caller, found.rows, house.clock.now()), next: found.next }
  })
}

/** A session with the agent's name; refused as unknown where the caller may not see it. */
export async function findSession(tx: Tx, caller: Caller, id: string): Promise<BoardRow | Refusal> {
  const one = { sort: 'started_at' as const, descending: false, after: null, limit: 1 }
  const { rows } = await listBoard(tx, caller.workspace_id, { id, ...ownOnly(caller) }, one)
  return rows[0] ?? refuseUnknown('agent session')
}

export async function readSession(house: ServerDeps, caller: Caller, id: string): Promise<ShownSession | Refusal> {
  return withinAll(house, caller, (tx) => showSession(tx, caller, id, house.clock.now()))
}

export async function showSession(tx: Tx, caller: Caller, id: string, at: number): Promise<ShownSession | Refusal> {
  const row = await findSession(tx, caller, id)
  if (isRefusal(row)) return row
  return (await showSessions(tx, caller, [row], at))[0] as ShownSession
}

async function showSessions(tx: Tx, caller: Caller, rows: BoardRow[], at: number): Promise<ShownSession[]> {
  const resting = rows.filter(({ state }) => state === 'break').map(({ agent_id }) => agent_id)
  const used = resting.length > 0 ? await readBreaksToday(tx, caller.workspace_id, resting, at) : []
  const workspace = resting.length > 0 ? await readWorkspace(tx, caller.workspace_id) : null
  const reasons = workspace?.break_reasons ?? defaultBreakReasons
  const seesDevices = reaches(caller.role, 'supervisor')
  return rows.map((row) => {
    const today = used.find((each) => each.agent_id === row.agent_id && each.reason === row.reason)
    return {
      ...row,
      state_since: new Date(row.state_since),
      age_ms: Math.max(0, (row.ended_at ?? at) - row.state_since),
      wrap_up_until: row.wrap_up_until === null ? null : new Date(row.wrap_up_until),
      break: row.state === 'break' ? measureBreak(reasons, row.reason, today?.used_ms ?? 0) : null,
      leg: row.leg === null ? null : { ...row.leg, since: new Date(row.leg.since) },
      started_at: new Date(row.started_at),
      ended_at: row.ended_at === null ? null : new Date(row.ended_at),
      ip: seesDevices ? row.ip : null,
      client: seesDevices ? row.client : null,
    }
  })
}

export async function readTransitions(
  house: ServerDeps,
  caller: Caller,
  id: string,
  page: PageOf,
): Promise<Page<Transition> | Refusal> {
  return withinAll(house, caller, async (tx) => {
    const session = await findSession(tx, caller, id)
    if (isRefusal(session)) return session
    const after = Number(page.after?.key ?? 0)
    if (!Number.isInteger(after)) return refuseValues([{ path: 'cursor', message: 'is of another list' }])
    const rows = await listTransitions(tx, caller.workspace_id, id, after, page.limit + 1)
    const shown = rows.slice(0, page.limit)
    const last = shown.at(-1)
    return { rows: shown, next: rows.length > page.limit && last ? { key: String(last.step), id } : null }
  })
}

export async function readSessionTotals(house: ServerDeps, caller: Caller, id: string) {
  return withinAll(house, caller, async (tx) => {
    const session = await findSession(tx, caller, id)
    if (isRefusal(session)) return session
    const at = house.clock.now()
    return { session_id: id, at: new Date(at), ...(await readTotals(tx, caller.workspace_id, id, at)) }
  })
}

/** What an agent did per day, week or month. */
export async function readAgentPerformance(
  house: ServerDeps,
  caller: Caller,
  agentId: string,
  { period, from, to }: z.output<typeof performanceQuery>,
): Promise<Performance[] | Refusal> {
  const { workspace_id } = caller
  const at = house.clock.now()
  return withinAll(house, caller, async (tx) => {
    const agent = await findSigningAgent(tx, workspace_id, { agent_id: agentId })
    if (!agent || (caller.only_own && agent.user_id !== caller.user_id)) return refuseUnknown('agent')
    const workspace = await readWorkspace(tx, workspace_id)
    const until = to ?? localTime(workspace?.time_zone ?? 'UTC', at).date
    const since = from ?? new Date(Date.parse(until) - shownDays[period] * dayMs).toISOString().slice(0, 10)
    const days = (Date.parse(until) - Date.parse(since)) / dayMs
    if (days < 0) return refuseValues([{ path: 'to', message: 'must not lie before from' }])
    if (days > longestRangeDays)
      return refuseValues([{ path: 'from', message: `spans more than ${longestRangeDays} days` }])
    return readPerformance(tx, workspace_id, [agentId], { period, since, until }, at)
  })
}
