/**
 * ⑥ The matcher: people who answered and agents who are free. In: wakes (somebody answered, somebody is free, a patience
 * is over). Out: calls put through to the longest idle agent who may take them, and those abandoned for whom there was
 * none in time. It must never give an agent two calls, nor let a person hear nobody for longer than the rule allows.
 *
 * Any number of processes at once: an attempt is given away under its lock, an agent is reserved in the same transaction.
 */
import { patienceMs } from '#domain/live-answer.ts'
import { findUnbridgedCalls, findWaitingCalls, type UnbridgedCall, type WaitingCall } from '#store/call-matching.ts'
import { inWorkspace } from '#store/tx.ts'
import { abandonLate, hangUp } from './endings.ts'
import type { MatcherEngine } from './engine.ts'
import { ownLegMs, putThrough } from './put-through.ts'
import { reserveAgent } from './reservations.ts'

/** Calls given away in one round. */
const atOnce = 50
/** Whoever reserved an agent has put the call through by then, or is gone: somebody else does it. */
const recoverMs = 2_500
/** A carrier that could not say whether it bridged is asked again after this. */
const askAgainMs = 250

export interface Matcher {
  /** Matches what there is; resolves to when somebody's patience ends next (epoch ms), null when nobody waits. */
  match(workspaceId: string): Promise<number | null>
  /** Resolves when every call under way is put through, or not. */
  settled(): Promise<void>
  busy(): boolean
}

export function createMatcher(engine: MatcherEngine): Matcher {
  const underway = new Map<string, Promise<void>>()
  /** Calls whose carrier is asked again, and when. */
  const again = new Map<string, { at: number; workspace_id: string; call: UnbridgedCall }>()

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

  function connect(workspace_id: string, call: UnbridgedCall): void {
    again.delete(call.attempt_id)
    follow(workspace_id, call.attempt_id, async () => {
      if ((await putThrough(engine, workspace_id, call)) === 'done') return
      again.set(call.attempt_id, { at: engine.clock.now() + askAgainMs, workspace_id, call })
      engine.wake(workspace_id, 'floor')
    })
  }

  /** Asks again where it is time to; gives when it will be for the others. */
  function askAgain(workspaceId: string, at: number): number[] {
    const own = [...again.values()].filter(({ workspace_id }) => workspace_id === workspaceId)
    for (const asked of own) if (asked.at <= at) connect(workspaceId, asked.call)
    return own.map((asked) => asked.at)
  }

  return {
    async match(workspaceId) {
      const at = engine.clock.now()
      const unbridged = await findUnbridged(engine, workspaceId, at)
      for (const call of unbridged) if (!again.has(call.attempt_id)) connect(workspaceId, call)
      const asked = askAgain(workspaceId, at)
      let round: Round
      do {
        round = await giveToAgents(engine, workspaceId)
        for (const call of round.given) connect(workspaceId, call)
      } while (round.given.length === atOnce)
      if (round.late) await abandonLate(engine, workspaceId, engine.clock.now())
      for (const ending of await hangUp(engine, workspaceId))
        follow(workspaceId, `end ${ending.attempt_id}`, ending.tell)
      const looks = [...unbridged.map(({ live_at }) => live_at.getTime() + ownLegMs), ...asked, round.next ?? 0]
      return earliest(looks.filter((time) => time > at))
    },
    async settled() {
      await Promise.all(underway.values())
    },
    busy: () => underway.size > 0,
  }
}

function findUnbridged(engine: MatcherEngine, workspaceId: string, at: number): Promise<UnbridgedCall[]> {
  return inWorkspace(engine.pool, { workspace_id: workspaceId }, (tx) =>
    findUnbridgedCalls(tx, workspaceId, at - recoverMs),
  )
}

interface Round {
  given: UnbridgedCall[]
  /** Somebody has waited too long, and is given to nobody any more. */
  late: boolean
  /** When the next patience ends. */
  next: number | null
}

/** Gives those who wait longest to agents, all in one round trip: each statement sees what those before it did. */
async function giveToAgents(engine: MatcherEngine, workspaceId: string): Promise<Round> {
  const at = engine.clock.now()
  return inWorkspace(engine.pool, { workspace_id: workspaceId }, async (tx) => {
    const waiting = await findWaitingCalls(tx, workspaceId, atOnce)
    const inTime = waiting.filter((call) => patienceEnds(call) > at)
    const taken = await Promise.all(inTime.map((call) => reserveAgent(tx, workspaceId, toWanted(call), at)))
    const given = inTime.flatMap((call, index): UnbridgedCall[] => {
      const { session_id, agent_id, leg_id } = taken[index] ?? {}
      if (!session_id || !agent_id || !leg_id) return []
      const { attempt_id, trunk_id, live_at } = call
      return [{ attempt_id, trunk_id, live_at, session_id, agent_id, leg_id, bound: false }]
    })
    const left = inTime.filter((_, index) => !taken[index]).map(patienceEnds)
    return { given, late: inTime.length < waiting.length, next: earliest(left) }
  })
}

function earliest(times: number[]): number | null {
  return times.length === 0 ? null : Math.min(...times)
}

function patienceEnds({ live_at }: WaitingCall): number {
  return live_at.getTime() + patienceMs
}

function toWanted({ attempt_id, ...call }: WaitingCall) {
  return { ...call, call_id: attempt_id }
}
