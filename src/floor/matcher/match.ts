/**
 * ⑥ The matcher: people who answered and agents who are free. In: wakes (somebody answered, somebody is free, a patience
 * is over). Out: calls put through to the longest idle agent who may take them, and those abandoned for whom there was
 * none in time. It must never give an agent two calls, nor let a person hear nobody for longer than the rule allows.
 *
 * Any number of processes at once: an attempt is given away under its lock, an agent is reserved in the same transaction.
 */
import { patienceMs } from '#domain/live-answer.ts'
import {
  findUnbridgedCalls,
  findWaitingCalls,
  handOver,
  lockWaitingCall,
  type UnbridgedCall,
  type WaitingCall,
} from '#store/call-matching.ts'
import { inWorkspace } from '#store/tx.ts'
import { abandonLate, hangUp } from './endings.ts'
import type { MatcherEngine } from './engine.ts'
import { putThrough } from './put-through.ts'
import { reserveAgent } from './reservations.ts'

const waitingAtOnce = 100
/** Whoever reserved an agent has put the call through by then, or is gone: somebody else does it. */
const recoverMs = 2_500

export interface Matcher {
  /** Matches what there is; resolves to when somebody's patience ends next (epoch ms), null when nobody waits. */
  match(workspaceId: string): Promise<number | null>
  /** Resolves when every call under way is put through, or not. */
  settled(): Promise<void>
  busy(): boolean
}

export function createMatcher(engine: MatcherEngine): Matcher {
  const underway = new Map<string, Promise<void>>()

  function follow(workspaceId: string, id: string, work: () => Promise<void>): void {
    if (underway.has(id)) return
    const followed = work()
      .catch((error: Error) =>
        engine.log.error(
          { err: error, attempt_id: id, workspace_id: workspaceId },
          'a call was not put through or ended; the next poll tries again',
        ),
      )
      .finally(() => underway.delete(id))
    underway.set(id, followed)
  }

  return {
    async match(workspaceId) {
      const at = engine.clock.now()
      const { waiting, unbridged } = await look(engine, workspaceId, at)
      for (const call of unbridged) follow(workspaceId, call.attempt_id, () => putThrough(engine, workspaceId, call))
      const patiences: number[] = []
      for (const call of waiting) {
        const given = await giveToAgent(engine, workspaceId, call)
        if (given === 'nobody') patiences.push(call.live_at.getTime() + patienceMs)
        else if (given) follow(workspaceId, call.attempt_id, () => putThrough(engine, workspaceId, given))
      }
      if (patiences.some((end) => end <= at)) await abandonLate(engine, workspaceId, at)
      for (const ending of await hangUp(engine, workspaceId))
        follow(workspaceId, `end ${ending.attempt_id}`, ending.tell)
      const later = patiences.filter((end) => end > at)
      return later.length === 0 ? null : Math.min(...later)
    },
    async settled() {
      await Promise.all(underway.values())
    },
    busy: () => underway.size > 0,
  }
}

async function look(engine: MatcherEngine, workspaceId: string, at: number) {
  return inWorkspace(engine.pool, { workspace_id: workspaceId }, async (tx) => {
    const [waiting, unbridged] = await Promise.all([
      findWaitingCalls(tx, workspaceId, waitingAtOnce),
      findUnbridgedCalls(tx, workspaceId, at - recoverMs),
    ])
    return { waiting, unbridged }
  })
}

/** Null when the call waits no more, or is somebody else's at this moment. */
async function giveToAgent(
  engine: MatcherEngine,
  workspaceId: string,
  call: WaitingCall,
): Promise<UnbridgedCall | 'nobody' | null> {
  const { attempt_id, campaign_id, trunk_id, skills, sticky_agent_id, live_at } = call
  return inWorkspace(engine.pool, { workspace_id: workspaceId }, async (tx) => {
    if (!(await lockWaitingCall(tx, workspaceId, attempt_id))) return null
    const wanted = { call_id: attempt_id, campaign_id, skills, sticky_agent_id, trunk_id }
    const taken = await reserveAgent(tx, workspaceId, wanted, engine.clock.now())
    if (taken === null) return 'nobody'
    await handOver(tx, workspaceId, attempt_id, taken)
    const { session_id, agent_id, leg_id } = taken
    return { attempt_id, trunk_id, session_id, agent_id, leg_id, bound: false, live_at }
  })
}
