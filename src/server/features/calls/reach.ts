import { talkedOnCall } from '#store/call-dispositions.ts'
import { type CallRow, readCall } from '#store/call-list.ts'
import type { Tx } from '#store/tx.ts'
import type { Caller } from '../../http/caller.ts'
import { type Refusal, refuseUnknown } from '../../http/problems.ts'

export interface ReachedCall {
  call: CallRow
  /** The caller talked on it as an agent, or dialed it by hand. */
  own: boolean
}

/**
 * A call for whoever may see it: everybody's where the workspace says so, else its owner's, and always that of the agent
 * who talked on it and of whoever dialed it. `tx` sees all rows of the workspace.
 */
export async function reachCall(tx: Tx, caller: Caller, id: string): Promise<ReachedCall | Refusal> {
  const { workspace_id, user_id } = caller
  const call = await readCall(tx, workspace_id, id)
  if (!call) return refuseUnknown('call')
  const own = call.placed_by === user_id || (await talkedOnCall(tx, workspace_id, id, user_id))
  return own || !caller.only_own || call.owner_user_id === user_id ? { call, own } : refuseUnknown('call')
}
