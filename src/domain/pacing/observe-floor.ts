/**
 * What happened on a campaign's floor between two readings of it, as its pacer hears it: every event once, in the order of
 * time, whenever the readings were taken. Pure; rows in, events in seconds of the shift and the next snapshot out.
 */
import type { AnswerOdds } from './answer-odds.ts'
import type { Followed, Stay } from './follow-agents.ts'
import { type FloorCall, type Lesson, lessonOf, type ToldCall, tellCall, viewCall } from './observe-calls.ts'
import type { AgentView, PacerEvent, Snapshot } from './pacer-contract.ts'

interface KnownAgent {
  id: number
  state: AgentView['state']
  since: number
  pause_pending: boolean
}

export interface ObservedFloor {
  campaign_id: string
  /** The pacer's zero, in epoch ms. */
  origin: number
  /** When the last event was told to have been. */
  told_until: number
  calls: Map<string, ToldCall>
  numbered: number
  agents: Map<string, KnownAgent>
  live_answers: number
  abandoned: number
  dialed: number
}

export interface FloorReading {
  at: number
  /** Every open call that nobody has, every one of which there is more to hear, and those that were dialed since. */
  calls: readonly FloorCall[]
  agents: ReadonlyMap<string, Followed>
}

/** A floor that nothing is known of yet. */
export function beginFloor(campaign_id: string, at: number): ObservedFloor {
  return {
    ...{ campaign_id, origin: at, told_until: at, calls: new Map(), numbered: 0, agents: new Map() },
    ...{ live_answers: 0, abandoned: 0, dialed: 0 },
  }
}

/** What is new since `before`. `began`: nothing was told yet, and only what is open is. */
export function observeFloor(
  before: ObservedFloor,
  reading: FloorReading,
  began = false,
): { floor: ObservedFloor; events: PacerEvent[]; lessons: Lesson[] } {
  const floor = { ...before, calls: new Map<string, ToldCall>() }
  const strands: PacerEvent[][] = []
  const lessons: Lesson[] = []
  for (const row of reading.calls) {
    if (began && row.ended_at !== null) continue
    const known = before.calls.get(row.id)
    if (!known) floor.numbered += 1
    const { call, events } = tellCall(known, row, {
      number: floor.numbered,
      at: reading.at,
      began,
      agents: reading.agents,
    })
    // A call that is over is read once more where it was dialed in the same instant.
    if (row.ended_at === null || row.claimed_at >= reading.at) floor.calls.set(row.id, call)
    strands.push(events)
    const lesson = lessonOf(call, events)
    if (lesson) lessons.push(lesson)
  }
  floor.agents = new Map(before.agents)
  for (const [id, followed] of reading.agents) strands.push(tellAgent(floor, id, followed))
  const until = Math.max(before.told_until, reading.at)
  const events = strands.flatMap((strand) => settleTimes(strand, before.told_until, until)).sort((a, b) => a.t - b.t)
  for (const event of events) {
    if (event.type === 'dialed') floor.dialed += 1
    else if (event.type === 'abandoned') floor.abandoned += 1
    else if (event.type === 'outcome' && event.result === 'live') floor.live_answers += 1
  }
  floor.told_until = until
  return { floor, events: events.map((event) => toShift(event, before.origin)), lessons }
}

/** The campaign's part of what an agent did: elsewhere is off. */
function tellAgent(floor: ObservedFloor, id: string, { agent, pause_pending, stays }: Followed): PacerEvent[] {
  const events: PacerEvent[] = []
  let known = floor.agents.get(id)
  for (const stay of stays) {
    const state = stateIn(floor.campaign_id, stay)
    const from = known?.state ?? 'off'
    if (state !== from) {
      const duration = known ? Math.max(0, stay.at - known.since) / 1000 : 0
      events.push({ type: 'agent', t: stay.at, agentId: agent, from, to: state, duration })
      known = { id: agent, state, since: stay.at, pause_pending }
    }
  }
  if (known) floor.agents.set(id, { ...known, pause_pending })
  if (stays.at(-1)?.state === 'off') floor.agents.delete(id)
  return events
}

function stateIn(campaignId: string, { campaign_id, state }: Stay): AgentView['state'] {
  return campaign_id === campaignId ? state : 'off'
}

/** Within the time that has not been told of yet, none before the one before it; whose clock says so is another's. */
function settleTimes(strand: PacerEvent[], from: number, until: number): PacerEvent[] {
  let last = from
  return strand.map((event) => {
    last = Math.max(last, Math.min(event.t, until))
    return { ...event, t: last }
  })
}

function toShift(event: PacerEvent, origin: number): PacerEvent {
  const seconds = (ms: number) => (ms - origin) / 1000
  const told = { ...event, t: seconds(event.t) }
  if ('dialedAt' in told) told.dialedAt = Math.min(seconds(told.dialedAt), told.t)
  if ('pickedUpAt' in told && told.pickedUpAt !== undefined)
    told.pickedUpAt = Math.min(seconds(told.pickedUpAt), told.t)
  return told
}

/** Calls of which there is more to hear. */
export function openCalls({ calls }: ObservedFloor): string[] {
  return [...calls].flatMap(([id, { told }]) => (told === 'all' ? [] : [id]))
}

/** What is foreseen of leads: of those in call, and of those to be dialed next, by their traits and in order. */
export interface Foresight {
  odds: AnswerOdds
  next: readonly (readonly string[])[]
}

/** Agents in calls, and whose they are once free; who is not named stays where the call is. */
export interface Sharing {
  agents: ReadonlyMap<string, Followed>
  next: ReadonlyMap<string, string>
}

/** Those in the campaign's calls who stay, and those in others' calls who come. */
function crewOf(floor: ObservedFloor, { agents, next }: Sharing): Iterable<KnownAgent> {
  const isNext = (id: string) => (next.get(id) ?? floor.campaign_id) === floor.campaign_id
  const crew = new Map([...floor.agents].filter(([id, { state }]) => state !== 'off' && isNext(id)))
  for (const [id, campaignId] of next) {
    const followed = agents.get(id)
    if (campaignId !== floor.campaign_id || crew.has(id) || !followed) continue
    const { agent, pause_pending, stays } = followed
    const { state, at: since } = stays.at(-1) as Stay
    crew.set(id, { id: agent, state, since, pause_pending })
  }
  return crew.values()
}

const nobodyShared: Sharing = { agents: new Map(), next: new Map() }

/** The floor as its pacer is shown it at `at`. */
export function showFloor(
  floor: ObservedFloor,
  at: number,
  lines: { cap: number; in_use: number },
  foresight?: Foresight,
  sharing = nobodyShared,
): Snapshot {
  // A carrier whose clock is ahead of ours tells of what is yet to come.
  const seconds = (ms: number) => (Math.min(ms, at) - floor.origin) / 1000
  const agents = [...crewOf(floor, sharing)]
  const views = [...floor.calls.values()].flatMap((call) => viewCall(call, foresight?.odds) ?? [])
  return {
    ...{ now: (at - floor.origin) / 1000, lineCap: lines.cap, linesInUse: lines.in_use },
    ...{ liveAnswers: floor.live_answers, abandoned: floor.abandoned, dialed: floor.dialed },
    agents: agents.map(({ id, state, since, pause_pending }) => {
      return { id, state, since: seconds(since), pausePending: pause_pending }
    }),
    calls: views.map((view) => ({ ...view, dialedAt: seconds(view.dialedAt), since: seconds(view.since) })),
    upcomingSegment: () => 0,
    ...(foresight && foresight.next.length > 0 ? { upcomingOdds: foretell(foresight) } : {}),
  }
}

/** Of leads behind those that are known, what these have on the average. */
function foretell({ odds, next }: Foresight): (k: number) => number {
  const chances = next.map((lead) => odds.odds(lead))
  const mean = chances.reduce((sum, chance) => sum + chance, 0) / chances.length
  return (k) => chances[k] ?? mean
}
