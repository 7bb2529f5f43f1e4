import type { CallAct } from '#domain/call-act.ts'
import { actOnCall } from '#floor/call-control.ts'
import { type CallActRow, type CallInHand, listCallActs, readCallInHand } from '#store/call-acts.ts'
import type { Tx } from '#store/tx.ts'
import type { Caller } from '../../http/caller.ts'
import { type ServerDeps, withinAll } from '../../http/house.ts'
import { reaches } from '../../http/permissions.ts'
import { isRefusal, type Refusal, refuse, refuseUnknown } from '../../http/problems.ts'
import { reachCall } from './reach.ts'
import { refuseThirdParty } from './third-party.ts'

/** Does an act with a call for the agent in whose hands it is, or for a supervisor. */
export async function actOnOneCall(
  house: ServerDeps,
  caller: Caller,
  id: string,
  act: CallAct,
): Promise<CallActRow | Refusal> {
  const { workspace_id, user_id } = caller
  const call = await withinAll(house, caller, async (tx) => {
    const found = await findCallToActOn(tx, caller, id)
    if (isRefusal(found) || !('to' in act)) return found
    return (await refuseThirdParty(tx, workspace_id, found, act.to, house.clock.now())) ?? found
  })
  if (isRefusal(call)) return call
  const acted = await actOnCall(
    { ...house.engine, pool: house.pool, clock: house.clock },
    workspace_id,
    call,
    user_id,
    act,
  )
  if ('done' in acted) return acted.done
  return refuse(acted.fits ? 'carrier-fault' : 'conflict', acted.reason, { current_status: call.state })
}

async function findCallToActOn(tx: Tx, caller: Caller, id: string): Promise<CallInHand | Refusal> {
  const call = await readCallInHand(tx, caller.workspace_id, id)
  if (call === null) return refuseUnknown('call')
  if (call.hand?.user_id === caller.user_id || reaches(caller.role, 'supervisor')) return call
  const reached = await reachCall(tx, caller, id)
  return isRefusal(reached)
    ? reached
    : refuse('forbidden', 'The call is not in your hands.', { needed_role: 'supervisor' })
}

export async function listActsOfCall(house: ServerDeps, caller: Caller, id: string): Promise<CallActRow[] | Refusal> {
  return withinAll(house, caller, async (tx) => {
    const reached = await reachCall(tx, caller, id)
    return isRefusal(reached) ? reached : listCallActs(tx, caller.workspace_id, id)
  })
}
