/**
 * What agents and supervisors do with a call that is talked on. In: an act, and who wants it. Out: the carrier's command,
 * the act kept with what came of it, the agent's session moved where the act ends their part. It must never note an act as
 * done that the carrier has not said was done.
 */

import { type CallAct, callActs, describeAct, emptiesCall, leavesCall } from '#domain/call-act.ts'
import { addCallAct, type CallActRow, type CallInHand } from '#store/call-acts.ts'
import { newId } from '#store/ids.ts'
import { inWorkspace } from '#store/tx.ts'
import { countVoicemailDrop } from '#store/voicemail-drops.ts'
import type { Capabilities, Carrier, ControlCommand } from '#telephony/port.ts'
import { endJoinsOfCall } from './joins.ts'
import type { LegEngine } from './leg-commands.ts'
import { beginWrapUp } from './matcher/reservations.ts'

export type ActAnswer =
  | { done: CallActRow }
  /** `fits`: the act does not fit the call's state; else its carrier did not do it, or can't say that it did. */
  | { fits: boolean; reason: string }

/** Does an act with a call for a user who may do it. */
export async function actOnCall(
  engine: LegEngine,
  workspaceId: string,
  call: CallInHand,
  userId: string,
  act: CallAct,
): Promise<ActAnswer> {
  const command = toCommand(call, act)
  if (typeof command === 'string') return { fits: false, reason: command }
  const agent_id = call.hand?.agent_id ?? null
  const wanted = { call_id: call.id, act: act.act, detail: describeAct(act), user_id: userId, agent_id }
  const act_id = await noteAsked(engine, workspaceId, wanted)
  const carrier = await engine.carrierOf(workspaceId, call.trunk_id)
  const fault =
    'missing' in carrier ? { verdict: 'blocked' as const, reason: carrier.missing } : await send(carrier, call, command)
  const result = fault === null ? 'done' : fault.verdict === 'indeterminate' ? 'unknown' : 'refused'
  const detail = fault === null ? wanted.detail : { ...wanted.detail, reason: fault.reason }
  const done = await noteResult(engine, workspaceId, call, act, { ...wanted, act_id, result, detail })
  if (fault === null) return { done }
  return { fits: fault.verdict !== 'permanent', reason: fault.reason }
}

type Wanted = Omit<CallActRow, 'seq' | 'act_id' | 'result' | 'at'>

/** Written before the command leaves, so that nothing is done with a call of which nobody knows. */
async function noteAsked(engine: LegEngine, workspaceId: string, wanted: Wanted): Promise<string> {
  const at = engine.clock.now()
  const act_id = newId(at)
  await inWorkspace(engine.pool, { workspace_id: workspaceId }, (tx) =>
    addCallAct(tx, workspaceId, { ...wanted, act_id, result: 'asked', at }),
  )
  return act_id
}

async function noteResult(
  engine: LegEngine,
  workspaceId: string,
  call: CallInHand,
  act: CallAct,
  noted: Omit<CallActRow, 'seq' | 'at'>,
): Promise<CallActRow> {
  const at = engine.clock.now()
  const row = await inWorkspace(engine.pool, { workspace_id: workspaceId }, async (tx) => {
    const added = await addCallAct(tx, workspaceId, { ...noted, at })
    if (noted.result !== 'done') return added
    if (act.act === 'voicemail_drop') await countVoicemailDrop(tx, workspaceId, act.voicemail_drop_id)
    if (emptiesCall(noted.act)) await endJoinsOfCall(tx, workspaceId, call, noted.act, at)
    if (call.hand === null || !leavesCall(noted.act)) return added
    const { session_id } = call.hand
    const talked = { session_id, call_id: call.id, wrap_up_ms: call.wrap_up_ms }
    // Refused where the call's end, and with it the wrap-up, came before.
    await beginWrapUp(tx, workspaceId, talked, at)
    return added
  })
  engine.wake(workspaceId, 'live')
  engine.wake(workspaceId, 'dial')
  return row
}

/** What can be done at all with calls over a carrier, whatever state they are in. */
export function listPossibleActs({ acts }: Capabilities): (typeof callActs)[number][] {
  return callActs.filter((act) => act === 'hang_up' || acts.includes(carriersWord(act)))
}

function carriersWord(act: Exclude<(typeof callActs)[number], 'hang_up'>): ControlCommand['act'] {
  switch (act) {
    case 'unpark':
      return 'bridge'
    case 'voicemail_drop':
      return 'play'
    case 'listen':
    case 'whisper':
    case 'barge':
    case 'take_over':
      return 'supervise'
    default:
      return act
  }
}

type Command = ControlCommand | { act: 'hang_up' }

async function send(carrier: Carrier, call: CallInHand, command: Command) {
  if (command.act === 'hang_up') return carrier.hangup(call.id, call.provider_call_id)
  return carrier.control(command)
}

/** The carrier's command for an act; why there can be none as a sentence. */
function toCommand(call: CallInHand, act: CallAct): Command | string {
  if (call.state === 'ended') return 'The call is over.'
  if (act.act === 'hang_up') return { act: 'hang_up' }
  if (call.state !== 'answered') return 'The call is not answered yet.'
  const attempt_id = call.id
  const leg_id = call.hand?.leg_id ?? call.taken?.leg_id ?? null
  if (call.hand === null && call.taken === null) return "The call is in nobody's hands."
  switch (act.act) {
    case 'mute':
    case 'unmute':
      return leg_id === null ? no_leg : { act: act.act, leg_id }
    // The leg that parked the call may be another one by now.
    case 'unpark':
      return leg_id === null ? no_leg : { act: 'bridge', attempt_id, leg_id }
    case 'dtmf':
      return { act: 'dtmf', attempt_id, digits: act.digits }
    case 'transfer':
    case 'consult':
      return { act: act.act, attempt_id, to: act.to }
    case 'voicemail_drop':
      return { act: 'play', attempt_id, message: act.message, then_hang_up: true }
    default:
      return { act: act.act, attempt_id }
  }
}

const no_leg = "The agent's line is not up."
