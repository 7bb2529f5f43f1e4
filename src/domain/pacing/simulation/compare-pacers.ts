/**
 * Pacers side by side: every one works the same shifts, seed by seed, and is judged by what its agents did and whom it
 * abandoned. Pure; whoever wants to know how long deciding takes brings the clock.
 */
import type { CreateSeer } from './future.ts'
import type { Scenario } from './scenario.ts'
import { playShift } from './simulate-shift.ts'

export interface CellPlan {
  pacer: string
  createSeer: CreateSeer
  scenario: Scenario
  agents: number
  /** From 0 to 1. */
  cap: number
  seeds: readonly number[]
  /** Milliseconds, from any beginning. */
  clock?: () => number
}

/** Of one pacer in one scenario with so many agents. Shares from 0 to 1. */
export interface CellFigures {
  pacer: string
  scenario: string
  agents: number
  cap: number
  shifts: number
  utilisation: number
  /** Half the width of the mean's 95 % confidence interval; 0 of a single shift. */
  utilisation_margin: number
  /** Mean of the shifts' shares of abandoned live answers. */
  abandon_rate: number
  /** Of shifts, that abandoned more than the cap. */
  over_cap: number
  worst: { seed: number; abandon_rate: number; utilisation: number }
  decide_ms: { mean: number; p99: number } | null
}

export function playCell({ createSeer, clock, seeds, ...cell }: CellPlan): CellFigures {
  const { pacer, scenario, agents, cap } = cell
  const samples: number[] = []
  const createTimed = clock === undefined ? createSeer : timed(createSeer, clock, samples)
  const shifts = seeds.map((seed) => {
    return { seed, ...playShift(createTimed, { scenario, agents, abandonCap: cap, seed }) }
  })
  const uses = shifts.map(({ utilisation }) => utilisation)
  const worst = shifts.reduce((most, shift) => (shift.abandonRate > most.abandonRate ? shift : most))
  return {
    ...{ pacer, scenario: scenario.name, agents, cap, shifts: shifts.length },
    utilisation: meanOf(uses),
    utilisation_margin: marginOf(uses),
    abandon_rate: meanOf(shifts.map(({ abandonRate }) => abandonRate)),
    over_cap:
      shifts.filter(({ abandoned, liveAnswers }) => abandoned > cap * liveAnswers + 1e-9).length / shifts.length,
    worst: { seed: worst.seed, abandon_rate: worst.abandonRate, utilisation: worst.utilisation },
    decide_ms: samples.length === 0 ? null : { mean: meanOf(samples), p99: percentileOf(samples, 0.99) },
  }
}

/**
 * The setting that somebody would have chosen who knew how each would turn out: the busiest agents of those whose mean
 * abandon rate stayed within the cap, or if none did, the one that abandoned least.
 */
export function bestInHindsight(settings: readonly CellFigures[]): CellFigures {
  const within = settings.filter(({ abandon_rate, cap }) => abandon_rate <= cap)
  if (within.length > 0) return within.reduce((best, each) => (each.utilisation > best.utilisation ? each : best))
  return settings.reduce((best, each) => (each.abandon_rate < best.abandon_rate ? each : best))
}

function timed(createSeer: CreateSeer, clock: () => number, samples: number[]): CreateSeer {
  return (config, future) => {
    const pacer = createSeer(config, future)
    return {
      observe: (event) => pacer.observe?.(event),
      decide(snapshot) {
        const began = clock()
        const dials = pacer.decide(snapshot)
        samples.push(clock() - began)
        return dials
      },
    }
  }
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

/** By Student's t, whose 97.5 % point is taken from Cornish and Fisher's expansion (within 2 % from five values on). */
function marginOf(values: readonly number[]): number {
  const freedom = values.length - 1
  if (freedom < 1) return 0
  const mean = meanOf(values)
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / freedom
  const t = 1.96 + 2.372 / freedom + 2.823 / freedom ** 2
  return t * Math.sqrt(variance / values.length)
}

function percentileOf(values: readonly number[], share: number): number {
  const sorted = Float64Array.from(values).sort()
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] as number
}
