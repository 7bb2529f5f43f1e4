/** What only time brings about on the floor: wrap-ups that are over, agents whose connection or call is gone. */

import { endWrapUp, isRefusedMove } from '#domain/agent-session.ts'
import type { Clock } from '#domain/clock.ts'
import { lockEndedWrapUps, lockGoneSessions } from '#store/agent-matching.ts'
import { lockAgentSession } from '#store/agent-sessions.ts'
import { findLostReservations, findLostTalks } from '#store/call-matching.ts'
import type { Pool } from '#store/database.ts'
import { inWorkspace, type Tx } from '#store/tx.ts'
import { byEngine, moveSession, writeMove } from './agent-sessions.ts'
import { endAgentCalls } from './matcher/call-ends.ts'
import { releaseAgent } from './matcher/reservations.ts'

export interface FloorEngine {
  pool: Pool
  clock: Clock
  wake(workspaceId: string, what: 'dial' | 'floor' | 'live'): void
}

/** Whoever has a call in hand tells its agent sooner than this. */
const lostMs = 2_500

/** Any number of processes may sweep at once; gives how many sessions this one moved. */
export async function sweepFloor(engine: FloorEngine, workspaceId: string): Promise<number> {
  const moved = await inWorkspace(engine.pool, { workspace_id: workspaceId }, async (tx) => {
    const at = engine.clock.now()
    const ended = await endWrapUps(tx, workspaceId, at)
    const gone = await signOffGone(tx, workspaceId, at)
    return ended + gone + (await freeLost(tx, workspaceId, at))
  })
  if (moved > 0) for (const what of ['live', 'floor', 'dial'] as const) engine.wake(workspaceId, what)
  return moved
}

async function endWrapUps(tx: Tx, workspaceId: string, at: number): Promise<number> {
  let moved = 0
  for (const id of await lockEndedWrapUps(tx, workspaceId, at)) {
    const before = await lockAgentSession(tx, workspaceId, id)
    const after = before && endWrapUp(before, at)
    if (!before || !after) continue
    await writeMove(tx, workspaceId, before, after, byEngine, at)
    moved += 1
  }
  return moved
}

/** Agents whose call is over, or was never made, and who were not told: whoever had it in hand is gone. */
async function freeLost(tx: Tx, workspaceId: string, at: number): Promise<number> {
  const [reserved, talking] = await Promise.all([
    findLostReservations(tx, workspaceId, at - lostMs),
    findLostTalks(tx, workspaceId, at - lostMs),
  ])
  for (const lost of reserved) await releaseAgent(tx, workspaceId, lost, at)
  await endAgentCalls(tx, workspaceId, talking, at)
  return reserved.length + talking.length
}

async function signOffGone(tx: Tx, workspaceId: string, at: number): Promise<number> {
  let moved = 0
  for (const id of await lockGoneSessions(tx, workspaceId)) {
    const left = await moveSession(tx, workspaceId, id, { to: 'offline', reason: 'connection lost' }, byEngine, at)
    if (left !== null && !isRefusedMove(left)) moved += 1
  }
  return moved
}
