import { isRefusedMove } from '#domain/agent-session.ts'
import { patienceMs } from '#domain/live-answer.ts'
import { doubtLeg, takeBack, type UnbridgedCall } from '#store/call-matching.ts'
import { appendReports } from '#store/event-inbox.ts'
import { orderHangUps } from '#store/live-answers.ts'
import { inWorkspace, type SendLast, type Tx } from '#store/tx.ts'
import type { CarrierFault } from '#telephony/faults.ts'
import type { Carrier } from '#telephony/port.ts'
import { tellAgent } from '../feed.ts'
import { readScreenPop } from '../screen-pop.ts'
import type { MatcherEngine } from './engine.ts'
import { beginTalk, releaseAgent } from './reservations.ts'

/** A call that is one agent's own waits for their leg so long; then somebody else may still come in time. */
export const ownLegMs = patienceMs / 2

/**
 * Lets a person and a reserved agent hear each other, and shows the agent whom. Done twice, it is done once. `again`: the
 * carrier could not say, and there is time to ask it once more.
 */
export async function putThrough(
  engine: MatcherEngine,
  workspaceId: string,
  call: UnbridgedCall,
): Promise<'done' | 'again'> {
  const { attempt_id, trunk_id, leg_id } = call
  const carrier = await engine.carrierOf(workspaceId, trunk_id)
  if ('missing' in carrier || leg_id === null) return fail(engine, workspaceId, call, 'leg')
  // What is shown is read while the carrier connects the two.
  const [fault, pop] = await Promise.all([
    carrier.control({ act: 'bridge', attempt_id, leg_id }),
    inWorkspace(engine.pool, { workspace_id: workspaceId }, (tx) => readScreenPop(tx, workspaceId, attempt_id)),
  ])
  if (fault !== null) return fail(engine, workspaceId, call, await findBroken(carrier, leg_id, fault))
  await begin(engine, workspaceId, call, pop)
  return 'done'
}

async function begin(engine: MatcherEngine, workspaceId: string, call: UnbridgedCall, pop: object | null) {
  const { attempt_id, session_id, agent_id, trunk_id } = call
  const at = engine.clock.now()
  const talk = async (tx: Tx, sendLast: SendLast): Promise<boolean> => {
    const moved = await beginTalk(tx, workspaceId, { session_id, call_id: attempt_id }, at)
    // Over before it began, or begun by somebody else.
    if (moved === null || isRefusedMove(moved)) return false
    const event = { kind: 'connected' as const, at: new Date(at).toISOString(), agent_id }
    const report = { trunk_id, event_key: `${attempt_id}:connected`, attempt_id, provider_call_id: null, event }
    sendLast(appendReports(tx, workspaceId, [report], at))
    const data = { call_id: attempt_id, ...pop }
    sendLast(tellAgent(tx, workspaceId, session_id, { type: 'screen_pop', data }, at))
    return true
  }
  // Lost with the disk's cache, the agent would still be reserved, and the call put through once more.
  if (!(await inWorkspace(engine.pool, { workspace_id: workspaceId }, talk, { lazy: true }))) return
  engine.wake(workspaceId, 'live')
  engine.wake(workspaceId, 'events')
}

/** Why a call could not be put through: its agent's leg, or the call itself. */
async function findBroken(carrier: Carrier, legId: string, fault: CarrierFault): Promise<'leg' | 'call' | 'carrier'> {
  if (fault.verdict !== 'permanent') return 'carrier'
  const located = await carrier.locateLeg(legId)
  if (located.found === 'unreachable') return 'carrier'
  return located.found === 'leg' && located.up && !located.down ? 'call' : 'leg'
}

/**
 * The agent is free again; somebody else is found for the person while their patience lasts. A leg in doubt gets no call
 * any more. A call that is one agent's own waits a little for their leg.
 */
async function fail(
  engine: MatcherEngine,
  workspaceId: string,
  call: UnbridgedCall,
  broken: 'leg' | 'call' | 'carrier',
): Promise<'done' | 'again'> {
  const { attempt_id, session_id, leg_id, bound, live_at } = call
  const at = engine.clock.now()
  engine.log.info({ attempt_id, session_id, broken }, 'a call could not be put through')
  if (broken === 'carrier' && at < live_at.getTime() + patienceMs) return 'again'
  if (bound && broken === 'leg' && at < live_at.getTime() + ownLegMs) return 'done'
  await inWorkspace(engine.pool, { workspace_id: workspaceId }, async (tx) => {
    if (broken === 'call') await orderHangUps(tx, workspaceId, [attempt_id])
    else await takeBack(tx, workspaceId, attempt_id, session_id)
    if (broken === 'leg' && leg_id !== null) await doubtLeg(tx, workspaceId, leg_id)
    await releaseAgent(tx, workspaceId, { session_id, call_id: attempt_id }, at)
  })
  for (const what of ['floor', 'live'] as const) engine.wake(workspaceId, what)
  return 'done'
}
