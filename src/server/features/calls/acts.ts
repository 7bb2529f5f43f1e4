import { type CallAct, type JoinHow, joinHows } from '#domain/call-act.ts'
import { type ActAnswer, actOnCall } from '#floor/call-control.ts'
import { type JoinAnswer, joinCall, leaveCall } from '#floor/joins.ts'
import type { LegEngine } from '#floor/leg-commands.ts'
import { type CallActRow, type CallInHand, listCallActs, readCallInHand } from '#store/call-acts.ts'
import type { CallJoin } from '#store/call-joins.ts'
import type { Tx } from '#store/tx.ts'
import { readVoicemailDrop } from '#store/voicemail-drops.ts'
import type { Caller } from '../../http/caller.ts'
import { type ServerDeps, withinAll } from '../../http/house.ts'
import { reaches } from '../../http/permissions.ts'
import { isRefusal, type Refusal, refuse, refuseUnknown, refuseValues } from '../../http/problems.ts'
import { messageOf } from '../voicemail-drops/drop-audio.ts'
import { reachCall } from './reach.ts'
import type { AskedAct } from './schema.ts'
import { refuseThirdParty } from './third-party.ts'

/** Does an act with a call for the agent in whose hands it is, for whoever dialed it for nobody, or for a supervisor. */
export async function actOnOneCall(
  house: ServerDeps,
  caller: Caller,
  id: string,
  act: AskedAct,
): Promise<CallActRow | CallJoin | Refusal> {
  const { workspace_id, user_id } = caller
  if ((act.act === 'leave' || isJoin(act)) && !reaches(caller.role, 'supervisor')) {
    return refuse('forbidden', 'Others join a call as supervisors.', { needed_role: 'supervisor' })
  }
  const at = house.clock.now()
  const ready = await withinAll(house, caller, async (tx) => {
    const call = await findCallToActOn(tx, caller, id)
    if (isRefusal(call)) return call
    const wanted = await readAct(house, tx, workspace_id, call, act, at)
    return isRefusal(wanted) ? wanted : { call, wanted }
  })
  if (isRefusal(ready)) return ready
  const engine = { ...house.engine, pool: house.pool, clock: house.clock }
  const acted = await send(engine, workspace_id, ready.call, user_id, ready.wanted)
  if ('done' in acted) return acted.done
  if ('join' in acted) return acted.join
  return refuse(acted.fits ? 'carrier-fault' : 'conflict', acted.reason, { current_status: ready.call.state })
}

type WantedAct = CallAct | Extract<AskedAct, { act: JoinHow | 'leave' }>

/** The act with what it names looked up; nobody is rung whom nobody may ring by hand. */
async function readAct(
  house: ServerDeps,
  tx: Tx,
  workspaceId: string,
  call: CallInHand,
  act: AskedAct,
  at: number,
): Promise<WantedAct | Refusal> {
  const rung = 'to' in act ? act.to : 'number' in act ? act.number : undefined
  const refusal = rung === undefined ? null : await refuseThirdParty(tx, workspaceId, call, rung, at)
  if (refusal !== null || act.act !== 'voicemail_drop') return refusal ?? (act as WantedAct)
  const drop = await readVoicemailDrop(tx, workspaceId, act.voicemail_drop_id)
  if (drop === null) return refuseValues([{ path: 'voicemail_drop_id', message: 'names no voicemail drop' }])
  const message = messageOf(house, workspaceId, drop)
  return message === null
    ? refuseValues([{ path: 'voicemail_drop_id', message: 'names a voicemail drop without audio' }])
    : { ...act, message }
}

async function send(
  engine: LegEngine,
  workspaceId: string,
  call: CallInHand,
  user_id: string,
  act: WantedAct,
): Promise<ActAnswer | JoinAnswer> {
  if (act.act === 'leave') return leaveCall(engine, workspaceId, call, user_id)
  if (!isJoin(act)) return actOnCall(engine, workspaceId, call, user_id, act)
  const { extension, number } = act
  const reached_at = extension !== undefined ? 'extension' : number !== undefined ? 'outside' : 'browser'
  return joinCall(engine, workspaceId, call, { user_id, reached_at, address: extension ?? number ?? user_id }, act.act)
}

function isJoin<Act extends { act: string }>(act: Act): act is Extract<Act, { act: JoinHow }> {
  return (joinHows as readonly string[]).includes(act.act)
}

async function findCallToActOn(tx: Tx, caller: Caller, id: string): Promise<CallInHand | Refusal> {
  const call = await readCallInHand(tx, caller.workspace_id, id)
  if (call === null) return refuseUnknown('call')
  if (call.hand?.user_id === caller.user_id || reaches(caller.role, 'supervisor')) return call
  const reached = await reachCall(tx, caller, id)
  if (isRefusal(reached)) return reached
  const dialedForNobody = reached.call.placed_by === caller.user_id && call.hand === null
  return dialedForNobody ? call : refuse('forbidden', 'The call is not in your hands.', { needed_role: 'supervisor' })
}

export async function listActsOfCall(house: ServerDeps, caller: Caller, id: string): Promise<CallActRow[] | Refusal> {
  return withinAll(house, caller, async (tx) => {
    const reached = await reachCall(tx, caller, id)
    return isRefusal(reached) ? reached : listCallActs(tx, caller.workspace_id, id)
  })
}
