/**
 * Supervisors in calls: asked for, let in when their leg is up, out again. In: who wants to be in which call, and how. Out:
 * the carrier's commands, and every coming and going kept with the call. It must never let anybody into a call whose asking
 * was not written down.
 */
import type { JoinHow } from '#domain/call-act.ts'
import { addCallAct, type CallActRow, type CallInHand, readCallInHand } from '#store/call-acts.ts'
import {
  askForJoin,
  type CallJoin,
  endJoins,
  listIdleSupervisorLegs,
  listOpenJoins,
  lockOpenJoin,
  markJoined,
  type SettlingJoin,
  takeReadyJoin,
} from '#store/call-joins.ts'
import { newId } from '#store/ids.ts'
import { addLeg, lockOpenLegOfUser, markClosing, type NewLeg } from '#store/legs.ts'
import { inWorkspace, type Tx } from '#store/tx.ts'
import { closeLeg, hangUpCall, type LegEngine, openLeg } from './leg-commands.ts'
import { beginWrapUp } from './matcher/reservations.ts'

/** A supervisor's line that is in no call for this long is closed. */
const idleLegMs = 60_000

export interface Supervisor {
  user_id: string
  reached_at: NewLeg['reached_at']
  address: string
}
export type JoinAnswer = { join: CallJoin } | { fits: boolean; reason: string }

/** Lets a supervisor into a call: at once where their leg is up, otherwise as soon as it is. */
export async function joinCall(
  engine: LegEngine,
  workspaceId: string,
  call: CallInHand,
  who: Supervisor,
  how: JoinHow,
): Promise<JoinAnswer> {
  if (call.state !== 'answered') return { fits: false, reason: 'Nobody talks on the call.' }
  const at = engine.clock.now()
  const asked = await inWorkspace(engine.pool, { workspace_id: workspaceId }, async (tx) => {
    const leg = await lockOpenLegOfUser(tx, workspaceId, who.user_id)
    const known = await lockOpenJoin(tx, workspaceId, who.user_id)
    if (known !== null && known.call_id !== call.id) return 'You are in another call; leave it first.'
    if (known?.how === 'take_over' && known.state === 'joined') return has_taken
    if (leg !== null && (leg.closing || leg.trunk_id !== call.trunk_id)) {
      if (!leg.closing) await markClosing(tx, workspaceId, leg.id)
      return { closes: leg }
    }
    const opens: NewLeg | null =
      leg === null ? { ...who, id: newId(at), trunk_id: call.trunk_id, agent_id: null } : null
    if (opens !== null && !(await addLeg(tx, workspaceId, opens, at))) return 'Your line is being rung already.'
    const wanted = { id: newId(at), call_id: call.id, user_id: who.user_id, how, act_id: newId(at), at }
    const join = await askForJoin(tx, workspaceId, { ...wanted, leg_id: opens?.id ?? leg?.id ?? '' })
    if (join === null) return 'You are in another call; leave it first.'
    await noteJoin(tx, workspaceId, join, call.hand?.agent_id ?? null, { act: how, result: 'asked', detail: {}, at })
    return { join, opens, up: leg?.state === 'up' }
  })
  if (typeof asked === 'string') return { fits: false, reason: asked }
  if ('closes' in asked) {
    await closeLeg(engine, workspaceId, asked.closes)
    return { fits: false, reason: 'Your line is on another trunk and is being closed; ask again in a moment.' }
  }
  engine.wake(workspaceId, 'live')
  if (asked.opens !== null) await openLeg(engine, workspaceId, asked.opens, null)
  return asked.up ? letIn(engine, workspaceId, asked.join) : { join: asked.join }
}

const has_taken = 'You have taken the call over: transfer it or hang it up.'

/** The supervisor leaves the call; the leg stays up for the next one. */
export async function leaveCall(
  engine: LegEngine,
  workspaceId: string,
  call: CallInHand,
  userId: string,
): Promise<JoinAnswer> {
  const join = await inWorkspace(engine.pool, { workspace_id: workspaceId }, (tx) =>
    lockOpenJoin(tx, workspaceId, userId),
  )
  if (join === null || join.call_id !== call.id) return { fits: false, reason: 'You are not in the call.' }
  const joined = join.joined_at !== null
  if (join.state === 'joined' && join.how === 'take_over') return { fits: false, reason: has_taken }
  const carrier = joined ? await engine.carrierOf(workspaceId, call.trunk_id) : null
  if (carrier !== null && 'missing' in carrier) return { fits: true, reason: carrier.missing }
  const fault = (await carrier?.control({ act: 'leave', leg_id: join.leg_id })) ?? null
  if (fault !== null) return { fits: fault.verdict !== 'permanent', reason: fault.reason }
  const ended = await end(engine, workspaceId, [join.id], 'left')
  return { join: ended[0] ?? join }
}

/**
 * Does what time and others have brought about: lets in whose leg came up, ends joins whose call or leg is gone, closes legs
 * that nobody needs. A call taken over whose leg is gone has nobody of ours any more and is ended.
 */
export async function settleJoins(engine: LegEngine, workspaceId: string): Promise<void> {
  const { joins, idle } = await inWorkspace(engine.pool, { workspace_id: workspaceId }, async (tx) => {
    const joins = await listOpenJoins(tx, workspaceId)
    const idle = await listIdleSupervisorLegs(tx, workspaceId, engine.clock.now() - idleLegMs)
    for (const { id } of idle) await markClosing(tx, workspaceId, id)
    return { joins, idle }
  })
  for (const leg of idle) await closeLeg(engine, workspaceId, leg)
  for (const join of joins) await settle(engine, workspaceId, join)
}

async function settle(engine: LegEngine, workspaceId: string, join: SettlingJoin): Promise<void> {
  if (join.call_state === 'ended') await end(engine, workspaceId, [join.id], 'the call is over')
  else if (join.leg_state === 'down') {
    const taken = join.how === 'take_over' && join.state === 'joined'
    // Before the join is over: whoever dies in between finds it again.
    if (taken) await hangUpCall(engine, workspaceId, { attempt_id: join.call_id, trunk_id: join.trunk_id })
    await end(engine, workspaceId, [join.id], join.leg_cause ?? 'the line went down')
  } else if (join.leg_state === 'up' && join.state === 'opening') await letIn(engine, workspaceId, join)
}

/** Tells the carrier, once, and keeps what came of it. */
async function letIn(engine: LegEngine, workspaceId: string, asked: CallJoin): Promise<JoinAnswer> {
  const join = await inWorkspace(engine.pool, { workspace_id: workspaceId }, (tx) =>
    takeReadyJoin(tx, workspaceId, asked.id),
  )
  if (join === null) return { join: asked }
  const call = await inWorkspace(engine.pool, { workspace_id: workspaceId }, (tx) =>
    readCallInHand(tx, workspaceId, join.call_id),
  )
  if (call === null) throw new Error('a join is of a call')
  const carrier = await engine.carrierOf(workspaceId, call.trunk_id)
  const { call_id: attempt_id, leg_id, how } = join
  const fault =
    'missing' in carrier
      ? { verdict: 'blocked' as const, reason: carrier.missing }
      : await carrier.control({ act: 'supervise', attempt_id, leg_id, how })
  // Who can't be in the call as asked for is not left in it as before.
  if (fault !== null && join.joined_at !== null && !('missing' in carrier))
    await carrier.control({ act: 'leave', leg_id })
  const at = engine.clock.now()
  const settled = await inWorkspace(engine.pool, { workspace_id: workspaceId }, async (tx) => {
    const agent_id = call.hand?.agent_id ?? null
    if (fault !== null) {
      const result = fault.verdict === 'indeterminate' ? 'unknown' : 'refused'
      await noteJoin(tx, workspaceId, join, agent_id, { act: how, result, detail: { reason: fault.reason }, at })
      return (await endJoins(tx, workspaceId, { ids: [join.id] }, fault.reason, at))[0] ?? join
    }
    const joined = await markJoined(tx, workspaceId, join, at)
    if (joined === null) return join
    await noteJoin(tx, workspaceId, join, agent_id, { act: how, result: 'done', detail: {}, at })
    if (how === 'take_over') await takeOver(tx, workspaceId, call, join, at)
    return joined
  })
  engine.wake(workspaceId, 'live')
  engine.wake(workspaceId, 'dial')
  return fault === null ? { join: settled } : { fits: fault.verdict !== 'permanent', reason: fault.reason }
}

/** Who talked writes down what it was about; another supervisor who had taken the call over is out of it. */
async function takeOver(tx: Tx, workspaceId: string, call: CallInHand, join: CallJoin, at: number): Promise<void> {
  if (call.taken !== null && call.taken.join_id !== join.id) {
    await noteEnds(
      tx,
      workspaceId,
      await endJoins(tx, workspaceId, { ids: [call.taken.join_id] }, 'taken over', at),
      at,
    )
  }
  if (call.hand === null) return
  const { session_id } = call.hand
  await beginWrapUp(tx, workspaceId, { session_id, call_id: call.id, wrap_up_ms: call.wrap_up_ms }, at)
}

/** The call leaves our hands, or is parked: whoever joined it is out of it. */
export async function endJoinsOfCall(tx: Tx, workspaceId: string, call: CallInHand, act: string, at: number) {
  // Who has taken the call over parks it like its agent, and fetches it back.
  const but = act === 'park' ? call.taken?.join_id : undefined
  const which = { call_id: call.id, ...(but !== undefined && { but }) }
  await noteEnds(tx, workspaceId, await endJoins(tx, workspaceId, which, act, at), at)
}

async function end(engine: LegEngine, workspaceId: string, ids: string[], reason: string): Promise<CallJoin[]> {
  const at = engine.clock.now()
  const ended = await inWorkspace(engine.pool, { workspace_id: workspaceId }, async (tx) => {
    const joins = await endJoins(tx, workspaceId, { ids }, reason, at)
    await noteEnds(tx, workspaceId, joins, at)
    return joins
  })
  if (ended.length > 0) engine.wake(workspaceId, 'live')
  return ended
}

/** Of each that was in its call, that it is no more. */
async function noteEnds(tx: Tx, workspaceId: string, ended: CallJoin[], at: number): Promise<void> {
  for (const join of ended) {
    if (join.joined_at === null) continue
    const left = { act: 'leave', result: 'done' as const, detail: { reason: join.reason }, at }
    await noteJoin(tx, workspaceId, { ...join, act_id: join.id }, null, left)
  }
}

async function noteJoin(
  tx: Tx,
  workspaceId: string,
  { call_id, user_id, act_id }: CallJoin,
  agent_id: string | null,
  noted: Pick<CallActRow, 'act' | 'result' | 'detail'> & { at: number },
): Promise<void> {
  await addCallAct(tx, workspaceId, { call_id, user_id, act_id, agent_id, ...noted })
}
