import { isRefusedMove } from '#domain/agent-session.ts'
import { byAgent, extendSession, markUnsaved, moveSession } from '#floor/agent-sessions.ts'
import { connectSession } from '#store/agent-connections.ts'
import { lockAgentSession, readAgentSession } from '#store/agent-sessions.ts'
import type { Tx } from '#store/tx.ts'
import type { Caller } from '../../http/caller.ts'
import { type ServerDeps, withinAll } from '../../http/house.ts'
import { isRefusal, type Refusal, refuse } from '../../http/problems.ts'
import { actOnOneCall } from '../calls/acts.ts'
import type { AskedAct } from '../calls/schema.ts'
import { readWish, refuseMove } from './acts.ts'
import type { ClientFrame } from './frames.ts'
import { decide } from './offers.ts'

export interface Connected {
  caller: Caller
  session_id: string
  connection_id: string
}
type Act = Exclude<ClientFrame, { type: 'heartbeat' }>

/** Does what a frame asks for, if this connection is the one that shows the calls; `not_owner` if another one is. */
export async function actOnFrame(
  house: ServerDeps,
  { caller, session_id, connection_id }: Connected,
  frame: Act,
): Promise<Refusal | 'not_owner' | null> {
  const { workspace_id } = caller
  if (frame.type === 'act') return actOnCallInHand(house, { caller, session_id, connection_id }, frame.do)
  const at = house.clock.now()
  if (frame.type === 'accept_offer' || frame.type === 'skip_offer') {
    const shown = await withinAll(house, caller, (tx) => readAgentSession(tx, workspace_id, session_id))
    if (shown?.connection_id !== connection_id) return 'not_owner'
    const reason = frame.type === 'skip_offer' ? frame.reason : undefined
    const offer = { attempt_id: frame.call_id, session_id }
    return decide(house, workspace_id, offer, frame.type === 'accept_offer', reason)
  }
  const done = await withinAll(house, caller, async (tx) => {
    if (frame.type === 'take_over') {
      const taken = await connectSession(tx, workspace_id, session_id, connection_id, at)
      return taken ? null : refuse('conflict', 'The session has ended.')
    }
    const session = await lockAgentSession(tx, workspace_id, session_id)
    if (session?.connection_id !== connection_id) return 'not_owner'
    return change(tx, workspace_id, session_id, frame, at)
  })
  if (done === null) {
    for (const what of ['live', 'floor', 'dial'] as const) house.engine.wake(workspace_id, what)
  }
  return done
}

/** What its agent does with the call, as by HTTP. */
async function actOnCallInHand(
  house: ServerDeps,
  { caller, session_id, connection_id }: Connected,
  act: AskedAct,
): Promise<Refusal | 'not_owner' | null> {
  const session = await withinAll(house, caller, (tx) => readAgentSession(tx, caller.workspace_id, session_id))
  if (session?.connection_id !== connection_id) return 'not_owner'
  if (session.call_id === null) return refuse('conflict', 'You have no call in hand.')
  const acted = await actOnOneCall(house, caller, session.call_id, act)
  return isRefusal(acted) ? acted : null
}

async function change(
  tx: Tx,
  workspaceId: string,
  sessionId: string,
  frame: Exclude<Act, { type: 'take_over' | 'act' | 'accept_offer' | 'skip_offer' }>,
  at: number,
): Promise<Refusal | null> {
  switch (frame.type) {
    case 'set_state': {
      const wish = await readWish(tx, workspaceId, frame.state, frame.reason)
      if (isRefusal(wish)) return wish
      const moved = await moveSession(tx, workspaceId, sessionId, wish, byAgent, at)
      return moved !== null && isRefusedMove(moved) ? refuseMove(moved, frame.state) : null
    }
    case 'extend_wrap_up': {
      const extended = await extendSession(tx, workspaceId, sessionId, at)
      return extended ? null : refuse('conflict', 'There is no wrap-up to extend, or it was extended before.')
    }
    case 'unsaved': {
      const marked = await markUnsaved(tx, workspaceId, sessionId, frame.unsaved, at)
      // What was saved while the call was put away needs no answer.
      return marked || !frame.unsaved ? null : refuse('conflict', 'There is no call that a text could be about.')
    }
  }
}
