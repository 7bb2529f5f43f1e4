/** What leaves for the carriers to open, close and use agents' legs, and what their answers mean for the rows. */
import { mergeLegEvent } from '#domain/leg.ts'
import { blockTrunk } from '#store/dial-limits.ts'
import {
  lockLegs,
  markClosing,
  type NewLeg,
  nameLeg,
  type OverdueLeg,
  saveLegs,
  takeOverdueLegs,
  tellOfLegs,
} from '#store/legs.ts'
import { inWorkspace, type Tx } from '#store/tx.ts'
import type { Carrier, LegReply, LocatedLeg } from '#telephony/port.ts'
import type { FloorEngine } from './sweep.ts'

export interface LegEngine extends FloorEngine {
  /** The carrier behind a trunk; a value with the reason when this process has none for it. */
  carrierOf(workspaceId: string, trunkId: string): Promise<Carrier | { missing: string }>
}

/** How long somebody of ours is rung. */
export const legRingMs = 25_000
/** How long a carrier may take to answer before nobody knows what became of the command. */
const answerWithinMs = 10_000
/** A leg that was heard nothing of so long after its ringing is asked after. */
const graceMs = 5_000
const askedAtOnce = 50

/** Sends the order for a leg that is written down. */
export async function openLeg(
  engine: LegEngine,
  workspaceId: string,
  leg: NewLeg,
  callerId: string | null,
): Promise<void> {
  const carrier = await engine.carrierOf(workspaceId, leg.trunk_id)
  const reply = await order(carrier, leg, callerId)
  const speed = 'missing' in carrier ? 1 : carrier.speed
  await inWorkspace(engine.pool, { workspace_id: workspaceId }, async (tx) => {
    if (reply.ok) {
      const quiet_ms = legRingMs / speed + graceMs
      return nameLeg(tx, workspaceId, leg.id, { provider_leg_id: reply.provider_leg_id, quiet_ms })
    }
    const { verdict, reason } = reply.fault
    // It may have left: the carrier is asked before anybody is rung again.
    if (verdict === 'indeterminate') return
    // Nobody was rung, which is held against nobody.
    if (verdict === 'blocked') await markClosing(tx, workspaceId, leg.id)
    await putDown(tx, engine, workspaceId, leg, reason)
    if (verdict !== 'blocked') return
    await blockTrunk(tx, workspaceId, leg.trunk_id, { at: engine.clock.now(), reason })
  })
}

async function order(carrier: Carrier | { missing: string }, leg: NewLeg, callerId: string | null): Promise<LegReply> {
  if ('missing' in carrier) return { ok: false, fault: { verdict: 'blocked', reason: carrier.missing } }
  if (carrier.capabilities.acts.length === 0) {
    return { ok: false, fault: { verdict: 'permanent', reason: `${carrier.name} opens no legs` } }
  }
  const { reached_at, address } = leg
  const who = leg.agent_id ?? leg.user_id
  if (who === null) throw new Error('a leg is for somebody')
  const command = {
    leg_id: leg.id,
    agent_id: who,
    reached_at,
    address,
    caller_id: callerId,
    ring_timeout_ms: legRingMs,
  }
  return carrier.openLeg(command, AbortSignal.timeout(answerWithinMs))
}

/** A fault leaves the leg to the next look at what is overdue. */
export async function closeLeg(
  engine: LegEngine,
  workspaceId: string,
  leg: { id: string; trunk_id: string },
): Promise<void> {
  const carrier = await engine.carrierOf(workspaceId, leg.trunk_id)
  if (!('missing' in carrier)) await carrier.closeLeg(leg.id)
}

/** Puts a call on the leg that came up in the place of another; the leg is the session's once the two are bridged. */
export async function rejoinCall(
  engine: LegEngine,
  workspaceId: string,
  {
    attempt_id,
    leg_id,
    trunk_id,
    agent_id,
  }: { attempt_id: string; leg_id: string; trunk_id: string; agent_id: string },
): Promise<void> {
  const carrier = await engine.carrierOf(workspaceId, trunk_id)
  if ('missing' in carrier || (await carrier.control({ act: 'bridge', attempt_id, leg_id })) !== null) return
  await inWorkspace(engine.pool, { workspace_id: workspaceId }, async (tx) => {
    const [leg] = await lockLegs(tx, workspaceId, trunk_id, [leg_id])
    if (leg?.state === 'up') await tellOfLegs(tx, workspaceId, [agent_id], { up: leg_id, at: engine.clock.now() })
  })
  engine.wake(workspaceId, 'live')
}

/** Ends a call that nobody of ours can be on any more; its end takes the road of any other. */
export async function hangUpCall(
  engine: LegEngine,
  workspaceId: string,
  { attempt_id, trunk_id }: { attempt_id: string; trunk_id: string },
): Promise<void> {
  const carrier = await engine.carrierOf(workspaceId, trunk_id)
  if (!('missing' in carrier)) await carrier.hangup(attempt_id, null)
}

/** Finds out what became of legs that nothing was heard of; gives the agents of those that are otherwise than we thought. */
export async function askOverdueLegs(engine: LegEngine, workspaceId: string): Promise<string[]> {
  const overdue = await inWorkspace(engine.pool, { workspace_id: workspaceId }, (tx) =>
    takeOverdueLegs(tx, workspaceId, askedAtOnce),
  )
  return (await Promise.all(overdue.map((leg) => askAfter(engine, workspaceId, leg)))).flat()
}

async function askAfter(engine: LegEngine, workspaceId: string, leg: OverdueLeg): Promise<string[]> {
  const carrier = await engine.carrierOf(workspaceId, leg.trunk_id)
  if ('missing' in carrier) return []
  if (leg.closing) await carrier.closeLeg(leg.id)
  const located = await carrier.locateLeg(leg.id)
  return inWorkspace(engine.pool, { workspace_id: workspaceId }, (tx) =>
    applyLocated(tx, engine, workspaceId, leg, located),
  )
}

async function applyLocated(
  tx: Tx,
  engine: LegEngine,
  workspaceId: string,
  leg: OverdueLeg,
  located: LocatedLeg,
): Promise<string[]> {
  if (located.found === 'unreachable') return []
  if (located.found === 'never_seen') {
    // Its order never arrived and never will: nobody was rung.
    if (leg.state === 'opening') await markClosing(tx, workspaceId, leg.id)
    return putDown(
      tx,
      engine,
      workspaceId,
      leg,
      leg.state === 'up' ? 'the carrier has lost the leg' : 'never reached the carrier',
    )
  }
  if (located.down) return putDown(tx, engine, workspaceId, leg, 'its end was not told')
  if (!located.up || leg.state === 'up') return []
  const [now] = await lockLegs(tx, workspaceId, leg.trunk_id, [leg.id])
  if (now === undefined || now.state !== 'opening') return []
  const at = engine.clock.now()
  const up = { ...now, ...mergeLegEvent(now, { kind: 'leg_up', at: new Date(at).toISOString() }) }
  await saveLegs(tx, workspaceId, [up], at)
  return up.agent_id ? [up.agent_id] : []
}

/** Notes the end of a leg that its carrier does not tell of; gives its agent. */
async function putDown(
  tx: Tx,
  engine: LegEngine,
  workspaceId: string,
  { id, trunk_id }: { id: string; trunk_id: string },
  cause: string,
): Promise<string[]> {
  const [leg] = await lockLegs(tx, workspaceId, trunk_id, [id])
  if (leg === undefined || leg.state === 'down') return []
  const at = engine.clock.now()
  const down = { ...leg, ...mergeLegEvent(leg, { kind: 'leg_down', at: new Date(at).toISOString(), cause }) }
  await saveLegs(tx, workspaceId, [down], at)
  return down.agent_id ? [down.agent_id] : []
}
