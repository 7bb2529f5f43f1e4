/**
 * The pacers of predictive campaigns. In: pulses, and the workspace's floor as the database has it. Out: how many calls
 * more for each campaign. It must never let a campaign be paced in two processes, nor by what a message told.
 */
import type { Pulse } from '#analytics/pulse.ts'
import { freeLines, roomOf } from '#domain/line-room.ts'
import { type Followed, followAgents } from '#domain/pacing/follow-agents.ts'
import { foreseeAgents } from '#domain/pacing/foresee-agents.ts'
import { traitsOf } from '#domain/pacing/lead-traits.ts'
import { openCalls, type Sharing } from '#domain/pacing/observe-floor.ts'
import type { CreatePacer } from '#domain/pacing/pacer-contract.ts'
import type { Claim } from '#store/claim-attempts.ts'
import { type PacedFloor, readPacedFloor } from '#store/paced-floor.ts'
import { openPacerLocks } from '#store/pacer-locks.ts'
import { inWorkspace, type Tx } from '#store/tx.ts'
import type { CampaignUsage, IdleSession } from '#store/usage.ts'
import { type Decided, dealIdle, dialForAgents } from './agent-pace.ts'
import type { Engine } from './engine.ts'
import { decide, hear, keep, type RunningPacer, tickMs } from './predictive.ts'

/** However often there is something to do, the floor is read once in so long; what was decided holds meanwhile. */
const restMs = 200
/** A pacer whose campaign has nobody to call and no call up is kept for so long. */
const quietMs = 60_000

/** One workspace's pacers. */
interface Desk {
  running: Map<string, RunningPacer>
  agents: Map<string, Followed>
  /** The latest reading, and the last one; null before the first. */
  since: number
  read_at: number | null
  /** What is left of the last decisions. */
  left: Map<string, number>
}

export interface Pacers {
  /** How many calls more, by campaign; empty in a process that does not pace the workspace. */
  decide(tx: Tx, workspaceId: string, pulse: Pulse): Promise<Decided>
  /** These calls were claimed of what was decided. */
  spend(workspaceId: string, claims: Claim[]): void
  /** After a tick: takes or leaves the workspace's pacers, as it has predictive campaigns; says when to look again. */
  attend(workspaceId: string, pulse: Pulse): Promise<{ gained: boolean; beat: number | null }>
  /** Writes down what the pacers know, and leaves them to others. */
  handOver(): Promise<void>
  /** Leaves them as they are. */
  close(): void
}

export function createPacers(engine: Engine, createPacer: CreatePacer): Pacers {
  const { clock, pool, worker } = engine
  const locks = openPacerLocks(pool)
  const desks = new Map<string, Desk>()
  const asked = new Map<string, number>()

  /** Campaigns that are paused or quiet have no pacer; what theirs knew is kept. */
  async function retire(tx: Tx, workspace_id: string, desk: Desk, paced: CampaignUsage[]): Promise<void> {
    for (const [id, running] of desk.running) {
      if (paced.some((campaign) => campaign.id === id)) continue
      await keep(tx, { workspace_id, worker, at: clock.now() }, running)
      desk.running.delete(id)
    }
  }

  return {
    async decide(tx, workspaceId, pulse) {
      const desk = desks.get(workspaceId)
      if (!desk || !locks.holds(workspaceId)) return new Map()
      const at = clock.now()
      if (desk.read_at !== null && at >= desk.read_at && at - desk.read_at < restMs) return desk.left
      const paced = findPaced(desk, pulse, at)
      await retire(tx, workspaceId, desk, paced)
      desk.read_at = at
      desk.left = new Map()
      if (paced.length === 0) {
        desk.agents = new Map()
        return desk.left
      }
      const floor = await readFloor(tx, workspaceId, desk, pulse, paced, at)
      // Somebody else paces by now, and this process has not heard yet that its lock is gone.
      if (floor.campaigns.some(({ id, held_by }) => desk.running.has(id) && held_by !== worker)) {
        desks.delete(workspaceId)
        await locks.letGo(workspaceId)
        return new Map()
      }
      const dealt = dealIdle(pulse)
      const owners = [...dealt].flatMap(([id, agents]) => agents.map(({ session_id }) => [session_id, id] as const))
      desk.agents = followAgents(desk.agents, floor, new Map(owners), at)
      const sharing = { agents: desk.agents, next: foresee(pulse, dealt, floor) }
      desk.since = Math.max(desk.since, at)
      const pacing = { workspace_id: workspaceId, worker, at, createPacer }
      for (const usage of paced) {
        const now = standingOf(usage, pulse, floor, sharing, at)
        if (now === null) continue
        const running = await hear(tx, pacing, desk.running.get(usage.id), now)
        desk.running.set(usage.id, running)
        desk.left.set(usage.id, await decide(tx, pacing, running, now))
      }
      return desk.left
    },
    spend(workspaceId, claims) {
      const left = desks.get(workspaceId)?.left
      for (const { campaign_id, session_id } of claims) {
        const calls = campaign_id === null ? undefined : left?.get(campaign_id)
        if (calls !== undefined && session_id === null) left?.set(campaign_id as string, Math.max(0, calls - 1))
      }
    },
    async attend(workspaceId, pulse) {
      const at = clock.now()
      if (!pulse.campaigns.some(isPredictive)) {
        if (asked.delete(workspaceId)) await locks.letGo(workspaceId)
        desks.delete(workspaceId)
        return { gained: false, beat: null }
      }
      const desk = desks.get(workspaceId)
      if (desk && locks.holds(workspaceId)) {
        const isFresh = desk.read_at === at || desk.read_at === null
        return { gained: false, beat: isFresh ? at + tickMs : (desk.read_at as number) + restMs }
      }
      desks.delete(workspaceId)
      const wait = Math.abs(at - (asked.get(workspaceId) ?? Number.NEGATIVE_INFINITY))
      if (wait < tickMs) return { gained: false, beat: at + tickMs - wait }
      asked.set(workspaceId, at)
      const gained = await locks.take(workspaceId)
      if (gained) {
        const fresh = { running: new Map(), agents: new Map(), since: at, read_at: null, left: new Map() }
        desks.set(workspaceId, fresh)
      }
      return { gained, beat: at + tickMs }
    },
    async handOver() {
      for (const [workspaceId, desk] of desks) {
        if (!locks.holds(workspaceId)) continue
        await inWorkspace(pool, { workspace_id: workspaceId }, (tx) => retire(tx, workspaceId, desk, []))
      }
      desks.clear()
      locks.close()
    },
    close: () => locks.close(),
  }
}

function isPredictive({ mode }: CampaignUsage): boolean {
  return mode === 'predictive'
}

/** Campaigns that have somebody to call or a call up, or had so a little while ago. */
function findPaced(desk: Desk, pulse: Pulse, at: number): CampaignUsage[] {
  return pulse.campaigns.filter(isPredictive).filter(({ id, due, in_use }) => {
    const running = desk.running.get(id)
    if (!due && in_use === 0) return running !== undefined && at - running.busy_at < quietMs
    if (running) running.busy_at = at
    return true
  })
}

function readFloor(
  tx: Tx,
  workspaceId: string,
  desk: Desk,
  pulse: Pulse,
  paced: CampaignUsage[],
  at: number,
): Promise<PacedFloor> {
  const ids = paced.map(({ id }) => id)
  const calls = [...desk.running.values()].flatMap(({ floor }) => openCalls(floor))
  const open = [...desk.agents].filter(([, { stays }]) => stays.at(-1)?.state !== 'off')
  const sessions = open.map(([session_id, { steps }]) => ({ session_id, steps }))
  // Where nobody was paced, only what is open now has to be told of.
  const since = desk.running.size === 0 ? at : desk.since
  const dialing = dialForAgents(pulse).map(({ id }) => id)
  const sharing = dialing.length > 1 ? dialing : []
  return readPacedFloor(tx, workspaceId, ids, { calls, sessions, since }, sharing, at)
}

/** Whose the agents in calls are once they are free, by session. */
function foresee(pulse: Pulse, dealt: Map<string, IdleSession[]>, { sessions }: PacedFloor): Map<string, string> {
  const idle = new Map([...dealt].map(([id, agents]) => [id, agents.length]))
  const busy = sessions.flatMap(({ session_id, campaign_id, serves, pause_pending }) =>
    campaign_id === null || pause_pending ? [] : [{ session_id, campaign_id, campaign_ids: serves }],
  )
  return foreseeAgents(dialForAgents(pulse), idle, busy)
}

/** Null for a campaign that is gone since the pulse. */
function standingOf(usage: CampaignUsage, pulse: Pulse, floor: PacedFloor, sharing: Sharing, at: number) {
  const campaign = floor.campaigns.find(({ id }) => id === usage.id)
  if (!campaign) return null
  const room = roomOf(pulse, at, new Map())
  const channels = pulse.trunks.find(({ id }) => id === usage.trunk_id)?.channels ?? 0
  const lines = {
    ...{ cap: usage.in_use + freeLines(usage, room), in_use: usage.in_use },
    most: Math.min(channels, usage.cap ?? channels),
  }
  const calls = floor.calls.filter(({ campaign_id }) => campaign_id === usage.id)
  const next = floor.next.filter(({ campaign_id }) => campaign_id === usage.id).map(({ facts }) => traitsOf(facts, at))
  return { usage, campaign, calls, sharing, next, lines }
}
