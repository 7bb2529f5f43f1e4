/**
 * When a campaign is expected to have called everybody, and what it takes: it is played forward some times, each time with
 * other chance. Pure and repeatable: equal plans and seeds give equal forecasts.
 */
import { createRandom } from '../random.ts'
import { type CampaignPlan, type Played, playCampaign } from './play-campaign.ts'

export interface Forecast {
  /** The middle one of the runs, and the range that nine of ten lie within; null where it does not finish. */
  finishes_at: number | null
  earliest: number | null
  latest: number | null
  unfinished: 'nobody_callable' | 'no_capacity' | 'beyond_horizon' | null
  /** Means of the runs. */
  dials: number
  talk_minutes: number
  unreached: number
  runs: number
}

/** More leads than these are not played; each then stands for several. */
export const mostPlayed = 20_000
/** A daily limit asks every lead anew each day. */
export const mostPlayedByDay = 2_000
/** Leads played in all runs together, unless a single run has more. */
const playedInAll = 10_000
const mostRuns = 25

/** Yields now and then, so that whoever asks can let others work. */
export function* forecastCampaign(plan: CampaignPlan, seed: number): Generator<void, Forecast> {
  const { leads, capacity } = plan
  if (leads.length === 0) return giveUp('nobody_callable')
  if (!(capacity.lines >= 1) || capacity.daily?.limit === 0) return giveUp('no_capacity')
  const runs = Math.max(1, Math.min(mostRuns, Math.floor(playedInAll / leads.length)))
  const played: Played[] = []
  for (let run = 0; run < runs; run += 1) {
    // Evenly over how agents may be, so that the middle run has them as usual; a single one is the middle one.
    const share = (run + 0.5) / runs
    const pace = plan.pace?.(Math.log(share / (1 - share)) / 1.702) ?? 1
    const holdMs: typeof capacity.holdMs = (sample) => pace * capacity.holdMs(sample)
    played.push(yield* playCampaign({ ...plan, capacity: { ...capacity, holdMs } }, createRandom(seed + run)))
  }
  const ends = played.map(({ finishes }) => finishes).sort((a, b) => a - b)
  const at = (share: number) => {
    const end = ends[Math.round(share * (runs - 1))] as number
    return Number.isFinite(end) ? end : null
  }
  const mean = (of: (one: Played) => number) => played.reduce((sum, one) => sum + of(one), 0) / runs
  return {
    ...{ finishes_at: at(0.5), earliest: at(0.05), latest: at(0.95), runs },
    unfinished: at(0.5) === null ? 'beyond_horizon' : null,
    dials: mean((one) => one.dials),
    talk_minutes: mean((one) => one.talk_minutes),
    unreached: mean((one) => one.unreached),
  }
}

function giveUp(unfinished: Forecast['unfinished']): Forecast {
  const nothing = { dials: 0, talk_minutes: 0, unreached: 0, runs: 0 }
  return { finishes_at: null, earliest: null, latest: null, unfinished, ...nothing }
}
