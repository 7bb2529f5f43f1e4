/**
 * What a day of a campaign would be with so many agents, such a cap, such hours and such a list: shifts are simulated with
 * the mode's own pacer as calls are believed to be, and days drawn about them. Pure and repeatable: equal plans, beliefs
 * and seeds give equal forecasts.
 */

import { standardRoster } from '../pacing/simulation/scenario.ts'
import { createRandom } from '../random.ts'
import { daysForList, parts } from './list-days.ts'
import { presenceOf } from './presence.ts'
import type { ShiftBelief } from './shift-belief.ts'
import { type DayModel, type DrawnDay, modelDays } from './shift-days.ts'
import type { ShiftPlan } from './shift-plan.ts'
import { effortFor, playShifts } from './shift-runs.ts'

/** The middle one of the drawn days, and what eight of ten lie within. */
export interface Range {
  low: number
  middle: number
  high: number
}

export interface ShiftForecast {
  /** Talk and wrap-up of the time agents are there and do not rest, from 0 to 1. */
  utilisation: Range
  /** Abandoned of live answers, from 0 to 1. */
  abandon_rate: Range
  /** Of a whole day. */
  live_answers: Range
  talks: Range
  dials: Range
  /** Working days until everybody is called as often as the rules say; infinite where it never ends. */
  days: Range
  /** Seconds of agents' shifts that a dial takes, rests and idle time with them. */
  agent_seconds_per_dial: Range
  simulated: { shifts: number; hours: number; days: number }
}

const drawnDays = 400
/** Days of one world that a list is played over; later ones begin with the first again. */
const daysOfWorld = 12

/** Yields now and then, so that whoever asks can let others work. */
export function* forecastShift(plan: ShiftPlan, belief: ShiftBelief, seed: number): Generator<void, ShiftForecast> {
  const effort = effortFor(plan)
  const shifts = yield* playShifts(plan, belief, effort, seed)
  const { staffed, shares } = presenceOf(standardRoster, plan.agents, plan.hours, parts)
  const model = modelDays(plan, belief, { roster: standardRoster, staffed }, shifts, effort)
  const random = createRandom(seed)
  const days: DrawnDay[] = []
  const lasts: number[] = []
  for (let draw = 0; draw < drawnDays; draw += 1) {
    const world = model.drawWorld(random)
    const ofWorld = Array.from({ length: daysOfWorld }, () => model.drawDay(random, world))
    days.push(ofWorld[0] as DrawnDay)
    lasts.push(lengthOf(plan, belief, world, ofWorld, shares))
    if (draw % 50 === 49) yield
  }
  const of = (name: keyof DrawnDay) => rangeOf(days.map((day) => day[name]))
  return {
    ...{ utilisation: of('utilisation'), abandon_rate: of('abandon_rate'), live_answers: of('live_answers') },
    ...{ talks: of('talks'), dials: of('dials'), days: widen(rangeOf(lasts)) },
    agent_seconds_per_dial: rangeOf(days.map(({ dials }) => (plan.agents * plan.hours * 3600) / dials)),
    simulated: { shifts: effort.runs, hours: effort.seconds / 3600, days: drawnDays },
  }
}

function lengthOf(
  plan: ShiftPlan,
  belief: ShiftBelief,
  world: ReturnType<DayModel['drawWorld']>,
  days: readonly DrawnDay[],
  spread: readonly number[],
): number {
  const { live, ...others } = belief.shares
  const answered = Math.min(0.95, live * Math.exp(world.answered))
  const rest = (1 - answered) / (1 - live)
  const shares = {
    live: answered,
    ...{ machine: others.machine * rest, busy: others.busy * rest },
    ...{ noanswer: others.noanswer * rest, failed: others.failed * rest },
  }
  return daysForList(plan, shares, (day) => (days[day % days.length] as DrawnDay).dials, spread)
}

function rangeOf(values: number[]): Range {
  const sorted = values.sort((a, b) => a - b)
  const at = (share: number) => sorted[Math.round(share * (sorted.length - 1))] as number
  return { low: at(0.1), middle: at(0.5), high: at(0.9) }
}

/** When the very last tries fall is a matter of few calls, which no stream tells. */
function widen({ low, middle, high }: Range): Range {
  return { low: Math.max(0, low - 0.5 / parts), middle, high: high + 0.5 / parts }
}
