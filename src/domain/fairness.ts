/**
 * Who is dialed next when lines are short. Owners take turns; inside an owner the order is campaign weight, then
 * callbacks, then priority, then named people, then who has been due longest (the lead's `rank` packs the middle
 * three, and the store hands the leads in that order).
 */
import type { Route } from './routing.ts'

export interface Candidate {
  lead_id: string
  owner_user_id: string
  campaign_id: string
  trunk_id: string
  agentless: boolean
  /** Its agent is known, and kept for it. */
  bound: boolean
  /** Of a campaign that chooses: the trunks that may carry it, the best first; then `trunk_id` says which one does. */
  route?: Route
  /** Trunks before that one, and the limit that each had reached. */
  passed?: { trunk_id: string; limit: LimitName }[]
}

/** Lines in use and allowed, read under the lock of the limits row. `null` means no such limit. */
export interface Room {
  installation: number | null
  workspace: number
  /** Whole calls the workspace's own token bucket allows now. */
  workspace_tokens: number
  /** Money left of the day. */
  money: number | null
  /** What a call on a trunk keeps back of it; null where nobody knows. */
  reserves: ReadonlyMap<string, number | null>
  trunk: Map<string, number>
  /** Whole calls the trunk's token bucket allows now. */
  trunk_tokens: Map<string, number>
  owner: Map<string, number>
  campaign: Map<string, number | null>
  /** Dials the campaign may still start today. */
  campaign_today: Map<string, number | null>
  /** Calls left of a campaign's run of a few. */
  campaign_run: Map<string, number | null>
  /** Calls that a campaign's agents can answer besides those under way; agentless campaigns are absent. */
  agents: Map<string, number>
}

/** When each owner was last served: a counter, larger is later; owners never served are absent. */
export type Turns = Map<string, number>

export interface Admission<C extends Candidate> {
  admitted: C[]
  /** The limit that refused each of the others; names the bottleneck in the diagnosis. */
  refused: { candidate: C; limit: LimitName }[]
}
export type LimitName =
  | 'installation'
  | 'workspace'
  | 'workspace_calls_per_second'
  | 'spend'
  | 'owner'
  | 'campaign'
  | 'daily_limit'
  | 'run'
  | 'agents'
  | 'trunk_channels'
  | 'trunk_calls_per_second'

const neverServed = -1

/** Takes candidates in turn over their owners while the room lasts; never passes any limit. */
export function admitFairly<C extends Candidate>(candidates: readonly C[], room: Room, turns: Turns): Admission<C> {
  const left = copyRoom(room)
  const queues = queuesByOwner(candidates)
  const owners = [...queues.keys()].sort((a, b) => (turns.get(a) ?? neverServed) - (turns.get(b) ?? neverServed))
  const admission: Admission<C> = { admitted: [], refused: [] }
  while (owners.length > 0) {
    const owner = owners.shift() as string
    const queue = queues.get(owner) as C[]
    if (takeOne(queue, left, admission)) owners.push(owner)
  }
  return admission
}

/** Admits the owner's first candidate that fits; false when the owner has none left. */
function takeOne<C extends Candidate>(queue: C[], left: Room, admission: Admission<C>): boolean {
  for (let candidate = queue.shift(); candidate; candidate = queue.shift()) {
    const fit = fitOne(candidate, left)
    if ('candidate' in fit) {
      spend(fit.candidate, left)
      admission.admitted.push(fit.candidate)
      return true
    }
    admission.refused.push({ candidate, limit: fit.limit })
  }
  return false
}

/** The candidate on a trunk where it fits: its own, or the first of its route. */
function fitOne<C extends Candidate>(candidate: C, left: Room): { candidate: C } | { limit: LimitName } {
  if (!candidate.route) {
    const limit = bindingLimit(candidate, left)
    return limit === null ? { candidate } : { limit }
  }
  const passed: { trunk_id: string; limit: LimitName }[] = []
  for (const { trunk_id } of candidate.route.trunks) {
    const limit = bindingLimit({ ...candidate, trunk_id }, left)
    if (limit === null) return { candidate: { ...candidate, trunk_id, passed } }
    passed.push({ trunk_id, limit })
  }
  return { limit: passed[0]?.limit ?? 'trunk_channels' }
}

function bindingLimit(c: Candidate, left: Room): LimitName | null {
  if (left.installation !== null && left.installation < 1) return 'installation'
  if (c.agentless && left.workspace < 1) return 'workspace'
  if (left.workspace_tokens < 1) return 'workspace_calls_per_second'
  if (left.money !== null && left.money < reserveOf(c, left)) return 'spend'
  if (c.agentless && (left.owner.get(c.owner_user_id) ?? 0) < 1) return 'owner'
  // A campaign that stopped while the gate was asked is no longer in the room at all.
  if (!left.campaign.has(c.campaign_id) || (left.campaign.get(c.campaign_id) ?? 1) < 1) return 'campaign'
  if ((left.campaign_today.get(c.campaign_id) ?? 1) < 1) return 'daily_limit'
  if ((left.campaign_run.get(c.campaign_id) ?? 1) < 1) return 'run'
  if (needsAgent(c) && (left.agents.get(c.campaign_id) ?? 0) < 1) return 'agents'
  if ((left.trunk.get(c.trunk_id) ?? 0) < 1) return 'trunk_channels'
  if ((left.trunk_tokens.get(c.trunk_id) ?? 0) < 1) return 'trunk_calls_per_second'
  return null
}

function spend(c: Candidate, left: Room): void {
  if (left.installation !== null) left.installation -= 1
  if (c.agentless) {
    left.workspace -= 1
    lower(left.owner, c.owner_user_id)
  }
  left.workspace_tokens -= 1
  if (left.money !== null) left.money -= reserveOf(c, left)
  lower(left.campaign, c.campaign_id)
  lower(left.campaign_today, c.campaign_id)
  lower(left.campaign_run, c.campaign_id)
  if (needsAgent(c)) lower(left.agents, c.campaign_id)
  lower(left.trunk, c.trunk_id)
  lower(left.trunk_tokens, c.trunk_id)
}

/** Under a limit of money nothing is dialed at a price that nobody knows. */
function reserveOf({ trunk_id }: Candidate, { reserves }: Room): number {
  return reserves.get(trunk_id) ?? Number.POSITIVE_INFINITY
}

function needsAgent({ agentless, bound }: Candidate): boolean {
  return !agentless && !bound
}

function lower(counts: Map<string, number | null>, key: string): void {
  const count = counts.get(key)
  if (typeof count === 'number') counts.set(key, count - 1)
}

function queuesByOwner<C extends Candidate>(candidates: readonly C[]): Map<string, C[]> {
  const queues = new Map<string, C[]>()
  for (const c of candidates) {
    const queue = queues.get(c.owner_user_id)
    if (queue) queue.push(c)
    else queues.set(c.owner_user_id, [c])
  }
  return queues
}

function copyRoom(room: Room): Room {
  return {
    installation: room.installation,
    workspace: room.workspace,
    workspace_tokens: room.workspace_tokens,
    money: room.money,
    reserves: room.reserves,
    trunk: new Map(room.trunk),
    trunk_tokens: new Map(room.trunk_tokens),
    owner: new Map(room.owner),
    campaign: new Map(room.campaign),
    campaign_today: new Map(room.campaign_today),
    campaign_run: new Map(room.campaign_run),
    agents: new Map(room.agents),
  }
}
