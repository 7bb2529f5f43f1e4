import type { z } from 'zod'
import { type AskedState, allowedStates, isRefusedMove, type RefusedMove, type Wish } from '#domain/agent-session.ts'
import { defaultBreakReasons } from '#domain/break-reasons.ts'
import { byAgent, type MovedBy, moveSession, signOn } from '#floor/agent-sessions.ts'
import { tellAgent } from '#floor/feed.ts'
import { findSigningAgent, type SigningAgent } from '#store/agent-board.ts'
import { takeOverSession } from '#store/agent-connections.ts'
import { findOpenSession, listOpenSessions } from '#store/agent-sessions.ts'
import { newId } from '#store/ids.ts'
import { readTeam } from '#store/teams.ts'
import type { Tx } from '#store/tx.ts'
import { readWorkspace } from '#store/workspaces.ts'
import type { Caller } from '../../http/caller.ts'
import { type ServerDeps, withinAll } from '../../http/house.ts'
import { reaches } from '../../http/permissions.ts'
import { isRefusal, type Refusal, refuse, refuseUnknown, refuseValues } from '../../http/problems.ts'
import { findSession, showSession } from './agent-sessions.ts'
import type { broadcastAct, ShownSession, signingOn } from './schema.ts'

export interface Device {
  ip: string | null
  client: string | null
}

/** Signs on as one's own agent, or, by a supervisor, an agent that needs no browser. */
export async function signOnAgent(
  house: ServerDeps,
  caller: Caller,
  wanted: z.output<typeof signingOn>,
  device: Device,
): Promise<{ session: ShownSession; opened: boolean } | Refusal> {
  const { workspace_id } = caller
  const at = house.clock.now()
  const signed = await withinAll(house, caller, async (tx) => {
    const who = wanted.agent_id === undefined ? { user_id: caller.user_id } : { agent_id: wanted.agent_id }
    const agent = await findSigningAgent(tx, workspace_id, who)
    const refusal = refuseSigningOn(caller, agent, wanted.agent_id !== undefined)
    if (!agent || refusal) return refusal ?? refuseUnknown('agent')
    const own = agent.user_id === caller.user_id
    const wish = await readWish(tx, workspace_id, wanted.state, wanted.reason)
    if (isRefusal(wish)) return wish
    const opening = { id: newId(at), agent_id: agent.id, ...device, by_user_id: own ? null : caller.user_id }
    const opened = await signOn(tx, workspace_id, opening, wish as Parameters<typeof signOn>[3], at)
    const id = opened?.id ?? (await goOn(tx, caller, agent.id, wanted.take_over && own ? device : null, at))
    if (isRefusal(id)) return id
    const session = await showSession(tx, caller, id, at)
    return isRefusal(session) ? session : { session, opened: opened !== null }
  })
  if (!isRefusal(signed)) wake(house, workspace_id)
  return signed
}

/** The open session goes on: on another device where one is given, otherwise signing on again is refused. */
async function goOn(
  tx: Tx,
  { workspace_id }: Caller,
  agentId: string,
  device: Device | null,
  at: number,
): Promise<string | Refusal> {
  const open = await findOpenSession(tx, workspace_id, agentId)
  if (open && device && (await takeOverSession(tx, workspace_id, open.id, device, at))) return open.id
  return refuse('already-exists', 'The agent is signed on already; take_over goes on with that session here.', {
    ...{ session_id: open?.id ?? null, current_status: open?.state ?? 'offline' },
    allowed: open ? allowedStates(open, 'agent') : [],
  })
}

function refuseSigningOn(caller: Caller, agent: SigningAgent | null, named: boolean): Refusal | null {
  if (!agent) return named ? refuseUnknown('agent') : refuse('conflict', 'No agent signs in as you.')
  const own = agent.user_id === caller.user_id
  if (!own && caller.only_own) return refuseUnknown('agent')
  if (!own && !reaches(caller.role, 'supervisor')) {
    return refuse('forbidden', 'Others are signed on by a supervisor.', { needed_role: 'supervisor' })
  }
  if (!own && agent.reached_at === 'browser') {
    return refuse('conflict', 'An agent at a browser signs on there.')
  }
  if (agent.kind === 'ai') return refuse('conflict', 'A voice agent has no sessions.')
  return agent.active ? null : refuse('conflict', 'The agent is not active.')
}

/** What the session's own agent asks for. */
export async function askState(
  house: ServerDeps,
  caller: Caller,
  id: string,
  asked: { state: AskedState; reason?: string },
): Promise<ShownSession | Refusal> {
  return act(house, caller, id, async (tx, at, own) => {
    if (!own) return refuse('forbidden', "Another's session is changed by its acts: ready, break, sign-off.")
    return moveBy(tx, caller, id, asked, byAgent, at)
  })
}

/** What a supervisor says about somebody's session. */
export async function superviseState(
  house: ServerDeps,
  caller: Caller,
  id: string,
  asked: { state: AskedState; reason?: string },
): Promise<ShownSession | Refusal> {
  const by = { actor: 'supervisor' as const, user_id: caller.user_id }
  return act(house, caller, id, (tx, at) => moveBy(tx, caller, id, asked, by, at))
}

export async function sendMessage(
  house: ServerDeps,
  caller: Caller,
  id: string,
  text: string,
): Promise<ShownSession | Refusal> {
  return act(house, caller, id, async (tx, at) => {
    const data = { text, from_user_id: caller.user_id }
    const told = await tellAgent(tx, caller.workspace_id, id, { type: 'message', data }, at)
    return told ? null : refuse('conflict', 'The session has ended.')
  })
}

/** Tells all who are at the phone, of the team where one is named. */
export async function messageAll(
  house: ServerDeps,
  caller: Caller,
  { text, team_id }: z.output<typeof broadcastAct>,
): Promise<{ told: number } | Refusal> {
  const { workspace_id, user_id } = caller
  const at = house.clock.now()
  const told = await withinAll(house, caller, async (tx) => {
    if (team_id !== undefined && !(await readTeam(tx, workspace_id, team_id)))
      return refuseValues([{ path: 'team_id', message: 'names no team' }])
    const sessions = await listOpenSessions(tx, workspace_id, team_id ?? null)
    const data = { text, from_user_id: user_id }
    let told = 0
    for (const id of sessions) if (await tellAgent(tx, workspace_id, id, { type: 'message', data }, at)) told += 1
    return { told }
  })
  if (!isRefusal(told)) wake(house, workspace_id)
  return told
}

type Work = (tx: Tx, at: number, own: boolean) => Promise<Refusal | null>

async function act(house: ServerDeps, caller: Caller, id: string, work: Work): Promise<ShownSession | Refusal> {
  const at = house.clock.now()
  const shown = await withinAll(house, caller, async (tx) => {
    const session = await findSession(tx, caller, id)
    if (isRefusal(session)) return session
    return (await work(tx, at, session.agent_user_id === caller.user_id)) ?? showSession(tx, caller, id, at)
  })
  if (!isRefusal(shown)) wake(house, caller.workspace_id)
  return shown
}

async function moveBy(
  tx: Tx,
  { workspace_id }: Pick<Caller, 'workspace_id'>,
  id: string,
  asked: { state: AskedState; reason?: string },
  by: MovedBy,
  at: number,
): Promise<Refusal | null> {
  const wish = await readWish(tx, workspace_id, asked.state, asked.reason)
  if (isRefusal(wish)) return wish
  const moved = await moveSession(tx, workspace_id, id, wish, by, at)
  if (moved === null) return refuseUnknown('agent session')
  return isRefusedMove(moved) ? refuseMove(moved, asked.state) : null
}

/** What somebody asks for, as a wish; a break needs one of the workspace's reasons. */
export async function readWish(
  tx: Tx,
  workspaceId: string,
  state: AskedState,
  reason: string | undefined,
): Promise<Extract<Wish, { to: AskedState }> | Refusal> {
  if (state === 'available') return { to: state }
  if (state === 'offline') return { to: state, reason: reason ?? null }
  const workspace = await readWorkspace(tx, workspaceId)
  const reasons = (workspace?.break_reasons ?? defaultBreakReasons).map((each) => each.reason)
  if (reason !== undefined && reasons.includes(reason)) return { to: state, reason }
  return refuseValues([{ path: 'reason', message: `of a break must be one of ${reasons.join(', ')}` }])
}

export function refuseMove({ because, from, allowed }: RefusedMove, asked: AskedState): Refusal {
  const detail =
    because === 'unsaved' ? 'A text about the call is not saved yet.' : `An agent who is ${from} can't be ${asked} now.`
  return refuse('transition-not-allowed', detail, { current_status: from, allowed })
}

function wake(house: ServerDeps, workspaceId: string): void {
  for (const what of ['live', 'floor', 'dial'] as const) house.engine.wake(workspaceId, what)
}
