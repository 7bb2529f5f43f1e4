import type { ShiftResult } from '../pacing/simulation/shift-account.ts'
import { stepShift } from '../pacing/simulation/simulate-shift.ts'
import type { ShiftBelief } from './shift-belief.ts'
import { pacerOf, type ShiftPlan, scenarioFor } from './shift-plan.ts'

/** How much is simulated of a plan: so many shifts of so many agents, each so long, a decision each `tick`. Seconds. */
export interface Effort {
  agents: number
  runs: number
  seconds: number
  tick: number
}

/** What one setting of a predictive campaign may cost, in decisions of a small floor: about 0.7 s of one core. */
const decisions = 10_000

/** A larger floor is played with so many agents: beyond them little changes but the count. */
const mostAgents = 300

/**
 * A day of a small floor is played whole, for it is its own luck; of a large one a part says as much. The predictive mode's
 * decisions cost most, so it is asked every third second.
 */
export function effortFor({ mode, agents: all, hours }: ShiftPlan): Effort {
  const agents = Math.min(mostAgents, all)
  if (mode === 'predictive') {
    const seconds = 3600 * Math.min(hours, Math.max(agents > 100 ? 1 : 3, 40 / agents))
    const tick = 3
    const cost = (seconds / tick) * (0.9 + agents / 100)
    return { agents, runs: bounded(Math.floor(decisions / cost), 1, 8), seconds, tick }
  }
  const played = Math.min(hours, Math.max(1, 150 / agents))
  return { agents, runs: bounded(Math.floor(1200 / (agents * played)), 2, 8), seconds: 3600 * played, tick: 1 }
}

/** Plays the plan with its own pacer; yields now and then. */
export function* playShifts(
  plan: ShiftPlan,
  belief: ShiftBelief,
  { agents, runs, seconds, tick }: Effort,
  seed: number,
): Generator<void, ShiftResult[]> {
  const scenario = scenarioFor(plan, belief, tick, seconds)
  const { abandon_cap: abandonCap } = plan
  const played: ShiftResult[] = []
  for (let run = 0; run < runs; run += 1) {
    played.push(yield* stepShift(pacerOf(plan), { scenario, agents, abandonCap, seed: seed * 1000 + run }))
  }
  return played
}

function bounded(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, value))
}
