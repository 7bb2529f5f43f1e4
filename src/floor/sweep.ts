/** What only time brings about on the floor: wrap-ups that are over, agents whose connection is gone. */

import { endWrapUp, isRefusedMove } from '#domain/agent-session.ts'
import type { Clock } from '#domain/clock.ts'
import { lockEndedWrapUps, lockGoneSessions } from '#store/agent-matching.ts'
import { lockAgentSession } from '#store/agent-sessions.ts'
import type { Pool } from '#store/database.ts'
import { inWorkspace, type Tx } from '#store/tx.ts'
import { byEngine, moveSession, writeMove } from './agent-sessions.ts'

export interface FloorEngine {
  pool: Pool
  clock: Clock
  wake(workspaceId: string, what: 'dial' | 'live'): void
}

/** Any number of processes may sweep at once; gives how many sessions this one moved. */
export async function sweepFloor(engine: FloorEngine, workspaceId: string): Promise<number> {
  const moved = await inWorkspace(engine.pool, { workspace_id: workspaceId }, async (tx) => {
    const at = engine.clock.now()
    return (await endWrapUps(tx, workspaceId, at)) + (await signOffGone(tx, workspaceId, at))
  })
  if (moved > 0) {
    engine.wake(workspaceId, 'live')
    engine.wake(workspaceId, 'dial')
  }
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

async function signOffGone(tx: Tx, workspaceId: string, at: number): Promise<number> {
  let moved = 0
  for (const id of await lockGoneSessions(tx, workspaceId)) {
    const left = await moveSession(tx, workspaceId, id, { to: 'offline', reason: 'connection lost' }, byEngine, at)
    if (left !== null && !isRefusedMove(left)) moved += 1
  }
  return moved
}
