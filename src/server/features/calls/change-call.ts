import { changeCallMetadata, hideCall, type SaidOfCall, sayOfCall } from '#store/call-changes.ts'
import { type CallRow, readCall } from '#store/call-list.ts'
import { lockCalls } from '#store/calls.ts'
import { announce } from '#store/live-events.ts'
import type { Tx } from '#store/tx.ts'
import type { Caller } from '../../http/caller.ts'
import { type ServerDeps, withinAll } from '../../http/house.ts'
import { reaches } from '../../http/permissions.ts'
import { isRefusal, type Refusal, refuse, refuseUnknown } from '../../http/problems.ts'
import { replaceNote } from '../notes/replace-note.ts'
import { actOnOneCall } from './acts.ts'
import { type ReachedCall, reachCall } from './reach.ts'

export interface CallChange {
  metadata?: Record<string, unknown>
  /** The one general note that clients of older systems know. */
  note?: string
  /** How it stands, as the caller says: while its carrier has told of no end. `completed` hangs up. */
  said?: SaidOfCall
}

/** Changes what clients say of a call; what its carrier told of it stays. */
export async function changeOneCall(
  house: ServerDeps,
  caller: Caller,
  id: string,
  change: CallChange,
): Promise<CallRow | Refusal> {
  const { workspace_id, user_id } = caller
  const at = house.clock.now()
  const { metadata, note, said } = change
  const hungUp = said?.status === 'completed'
  if (hungUp) {
    const refusal = await hangUp(house, caller, id)
    if (refusal) return refusal
  }
  const changed = await withinAll(house, caller, async (tx) => {
    const reached = await reachToChange(tx, caller, id)
    if (isRefusal(reached)) return reached
    const [facts] = await lockCalls(tx, workspace_id, [id])
    // A call that was just hung up may be over by now.
    if (said && facts?.ended_at && !hungUp) return refuseEnded()
    const refusal = note === undefined ? null : await replaceNote(tx, caller, reached.call, note, at)
    if (refusal) return refusal
    if (metadata) await changeCallMetadata(tx, workspace_id, id, metadata, at)
    if (said) await sayOfCall(tx, workspace_id, id, { ...said, user_id }, at)
    const after = (await readCall(tx, workspace_id, id)) as CallRow
    const { campaign_id, state, outcome } = after
    await announce(tx, workspace_id, 'call.updated', { call_id: id, campaign_id, state, outcome }, at)
    return after
  })
  if (!isRefusal(changed)) house.engine.wake(workspace_id, 'live')
  return changed
}

/** Shows a call to clients of older systems no more; the evidence and what counts it stay. */
export async function hideOneCall(house: ServerDeps, caller: Caller, id: string): Promise<null | Refusal> {
  return withinAll(house, caller, async (tx) => {
    const reached = await reachToChange(tx, caller, id)
    if (isRefusal(reached)) return reached
    return (await hideCall(tx, caller.workspace_id, id, house.clock.now())) ? null : refuseUnknown('call')
  })
}

/** Whose call it is, whoever talked on it or dialed it, and supervisors. */
async function reachToChange(tx: Tx, caller: Caller, id: string): Promise<ReachedCall | Refusal> {
  const reached = await reachCall(tx, caller, id)
  if (isRefusal(reached)) return reached
  const mine = reached.own || reached.call.owner_user_id === caller.user_id
  if (mine || reaches(caller.role, 'supervisor')) return reached
  return refuse('forbidden', 'The call is not yours.', { needed_role: 'supervisor' })
}

async function hangUp(house: ServerDeps, caller: Caller, id: string): Promise<Refusal | null> {
  const reached = await withinAll(house, caller, (tx) => reachToChange(tx, caller, id))
  if (isRefusal(reached)) return reached
  if (reached.call.ended_at !== null) return refuseEnded()
  const acted = await actOnOneCall(house, caller, id, { act: 'hang_up' })
  return isRefusal(acted) ? acted : null
}

function refuseEnded(): Refusal {
  return refuse('conflict', 'The carrier has told how the call ended: status, duration and ended_at stay.', {
    current_status: 'ended',
    allowed: ['notes', 'metadata'],
  })
}
