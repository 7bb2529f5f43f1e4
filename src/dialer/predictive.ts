/**
 * One campaign's pacer in this process: told what happened on its floor, asked how many calls more, and kept for whoever
 * paces the campaign next. In: readings of the floor. Out: a number. It must never hear of an event twice.
 */
import { patienceMs } from '#domain/live-answer.ts'
import { AnswerOdds } from '#domain/pacing/answer-odds.ts'
import {
  beginFloor,
  type FloorReading,
  type ObservedFloor,
  observeFloor,
  type Sharing,
  showFloor,
} from '#domain/pacing/observe-floor.ts'
import type { CreatePacer, Pacer, PacerDoubt } from '#domain/pacing/pacer-contract.ts'
import { endOfShift } from '#domain/pacing/shift-end.ts'
import { countCrew } from '#store/campaign-agents.ts'
import type { PacedCampaign, PacedFloor } from '#store/paced-floor.ts'
import { beginPacing, savePacer } from '#store/pacer-states.ts'
import type { Tx } from '#store/tx.ts'
import type { CampaignUsage } from '#store/usage.ts'

/** Between two decisions: what the pacer is told, and the least there is. */
export const tickMs = 1_000
/** As often its memory is written down; a process that dies loses no more. */
const saveEveryMs = 60_000

export interface RunningPacer {
  pacer: Pacer
  /** Of the campaign's leads, learned from its calls. */
  odds: AnswerOdds
  floor: ObservedFloor
  ends_at: number
  /** The settings it was made for. */
  made_for: string
  saved_at: number
  /** When the campaign last had somebody to call, or a call up. */
  busy_at: number
  doubt: PacerDoubt | null
  doubt_since: number | null
  calls: number
}

export interface Pacing {
  workspace_id: string
  worker: string
  at: number
  createPacer: CreatePacer
}

/** How a campaign stands at this moment. */
export interface Standing {
  usage: CampaignUsage
  campaign: PacedCampaign
  calls: PacedFloor['calls']
  sharing: Sharing
  /** Traits of the leads that are dialed next, in order. */
  next: string[][]
  lines: { cap: number; in_use: number; most: number }
}

/** Tells the campaign's pacer what happened since it was asked last, and makes one where there is none for this shift. */
export async function hear(
  tx: Tx,
  pacing: Pacing,
  known: RunningPacer | undefined,
  now: Standing,
): Promise<RunningPacer> {
  const { at } = pacing
  const reading: FloorReading = { at, calls: now.calls, agents: now.sharing.agents }
  if (known) {
    const { floor, events, lessons } = observeFloor(known.floor, reading)
    known.floor = floor
    for (const { traits, live } of lessons) known.odds.learn(traits, live)
    for (const event of events) known.pacer.observe?.(event)
    if (at < known.ends_at && known.made_for === settingsOf(now)) return known
    await keep(tx, pacing, known)
  }
  return begin(tx, pacing, now, reading)
}

async function begin(tx: Tx, pacing: Pacing, now: Standing, reading: FloorReading): Promise<RunningPacer> {
  const { workspace_id, worker, at } = pacing
  const { id, abandon_cap, live_answers, abandoned } = now.usage
  const [memory, crew] = await Promise.all([
    beginPacing(tx, workspace_id, id, worker, at),
    countCrew(tx, workspace_id, id),
  ])
  const { floor, events } = observeFloor(beginFloor(id, at), reading, true)
  const ends_at = endOfShift(now.campaign, at)
  const pacer = pacing.createPacer({
    ...{ abandonCap: abandon_cap, patience: patienceMs / 1000, tick: tickMs / 1000 },
    ...{ ringTimeout: now.campaign.ring_timeout_seconds, shiftEnd: (ends_at - at) / 1000 },
    ...{ lineCap: now.lines.most, maxAgents: crew.assigned, segments: 1 },
    // Whoever waits at this moment is told of as the shift's.
    before: {
      liveAnswers: Math.max(0, live_answers - floor.live_answers),
      abandoned: Math.max(0, abandoned - floor.abandoned),
    },
    ...(memory.pacer === null ? {} : { memory: memory.pacer }),
  })
  for (const event of events) pacer.observe?.(event)
  const fresh = { saved_at: at, busy_at: at, doubt: null, doubt_since: null, calls: 0 }
  const odds = new AnswerOdds(memory.odds)
  return { pacer, odds, floor, ends_at, made_for: settingsOf(now), ...fresh }
}

function settingsOf({ usage, campaign }: Standing): string {
  return `${usage.abandon_cap} ${campaign.ring_timeout_seconds}`
}

/** How many calls more, as far as the lines go; what it knows is written down now and then, and a change of doubt at once. */
export async function decide(
  tx: Tx,
  pacing: Pacing,
  running: RunningPacer,
  { lines, next, sharing }: Standing,
): Promise<number> {
  const { at } = pacing
  const shown = showFloor(running.floor, at, lines, { odds: running.odds, next }, sharing)
  const asked = Math.floor(running.pacer.decide(shown))
  // What is no number is no call.
  running.calls = Math.max(0, Math.min(asked, lines.cap - lines.in_use)) || 0
  const doubt = running.pacer.doubt?.() ?? null
  const isDue = Math.abs(at - running.saved_at) >= saveEveryMs
  if (doubt !== running.doubt) {
    running.doubt = doubt
    running.doubt_since = doubt === null ? null : at
    await keep(tx, pacing, running)
  } else if (isDue) await keep(tx, pacing, running)
  return running.calls
}

/** Writes down what the pacer knows. */
export async function keep(
  tx: Tx,
  { workspace_id, worker, at }: Omit<Pacing, 'createPacer'>,
  running: RunningPacer,
): Promise<void> {
  const { pacer, odds, floor, doubt, doubt_since, calls } = running
  running.saved_at = at
  const memory = { pacer: pacer.memory?.() ?? null, odds: odds.memory() }
  const state = { memory, doubt, doubt_since, calls }
  await savePacer(tx, workspace_id, floor.campaign_id, state, { worker, at })
}
