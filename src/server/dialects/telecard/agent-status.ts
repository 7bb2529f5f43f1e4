import { type AskedState, allowedStates } from '#domain/agent-session.ts'
import { defaultBreakReasons } from '#domain/break-reasons.ts'
import { findOpenSession } from '#store/agent-sessions.ts'
import type { Agent } from '#store/agents.ts'
import { readWorkspace } from '#store/workspaces.ts'
import { type Device, refuseMove, signOnAgent, superviseState } from '../../features/agent-sessions/acts.ts'
import type { Caller } from '../../http/caller.ts'
import { type ServerDeps, withinAll } from '../../http/house.ts'
import { isRefusal, type Refusal, refuse } from '../../http/problems.ts'
import { needsNoLogin } from './agent-shapes.ts'

/** The way of an agent's session from how it stands to what the client asks for; nothing where there is nothing to do. */
export interface Move {
  session_id: string | null
  state: AskedState
  reason?: string
}

/** What has to be done, or why it can't be; `after` is the agent as it is going to be. */
export async function planMove(
  house: ServerDeps,
  caller: Caller,
  after: Agent,
  state: AskedState,
): Promise<Move | null | Refusal> {
  const { workspace_id } = caller
  return withinAll(house, caller, async (tx) => {
    const open = await findOpenSession(tx, workspace_id, after.id)
    if (state === (open?.state ?? 'offline')) return null
    if (open === null && !needsNoLogin(after)) {
      return refuse('conflict', 'Only an agent who is active and has an extension or a number is signed on here.')
    }
    if (open !== null && !allowedStates(open, 'supervisor').includes(state)) {
      return refuseMove({ because: 'table', from: open.state, allowed: allowedStates(open, 'supervisor') }, state)
    }
    const move = { session_id: open?.id ?? null, state }
    if (state !== 'break') return move
    // The old system knew breaks without reasons.
    const reasons = (await readWorkspace(tx, workspace_id))?.break_reasons ?? defaultBreakReasons
    return { ...move, ...(reasons[0] && { reason: reasons[0].reason }) }
  })
}

export async function makeMove(
  house: ServerDeps,
  caller: Caller,
  agentId: string,
  move: Move,
  device: Device,
): Promise<null | Refusal> {
  const { session_id, state, ...reason } = move
  const moved =
    session_id === null
      ? await signOn(house, caller, agentId, { state, ...reason }, device)
      : await superviseState(house, caller, session_id, { state, ...reason })
  return isRefusal(moved) ? moved : null
}

async function signOn(
  house: ServerDeps,
  caller: Caller,
  agent_id: string,
  { state, ...reason }: { state: AskedState; reason?: string },
  device: Device,
) {
  if (state === 'offline') return null
  return signOnAgent(house, caller, { agent_id, state, ...reason, take_over: false }, device)
}
