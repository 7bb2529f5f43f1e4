import type { CreatePacer } from '../pacing/pacer-contract.ts'
import { powerPacerOf } from '../pacing/power.ts'
import { createPacer as predictive } from '../pacing/predictive.ts'
import { createPacer as progressive } from '../pacing/progressive.ts'
import { type Scenario, scenarioOf, standardRoster } from '../pacing/simulation/scenario.ts'
import type { CallResult, ShiftBelief } from './shift-belief.ts'

export type PacedMode = 'progressive' | 'power' | 'predictive'

/** What a campaign would be. Times in seconds. */
export interface ShiftPlan {
  mode: PacedMode
  /** Of power campaigns. */
  calls_per_agent: number
  agents: number
  /** From 0 to 1. */
  abandon_cap: number
  /** Of a day. */
  hours: number
  /** Calls at once, dialing and talking. */
  lines: number
  calls_per_second: number | null
  daily_limit: number | null
  ring_timeout: number
  detects_machines: boolean
  leads: number
  max_attempts: number
  /** After which a try is made again; null where that outcome ends the lead. */
  retries: Record<CallResult, number | null>
}

/** A shift of the plan, if calls are as believed. */
export function scenarioFor(plan: ShiftPlan, belief: ShiftBelief, tick: number, seconds: number): Scenario {
  const { shares, ring, heard, talk, wrap } = belief
  const { live, machine, busy, failed, noanswer } = shares
  const setup = 1.5
  const rings = (of: 'live' | 'machine') => Math.max(0.5, ring[of].mean - setup)
  const cv = Math.min(1, ring.live.sd / rings('live'))
  return scenarioOf({
    name: 'forecast',
    // The simulator lets some of them ring too long; those who were seen live did not.
    liveShare: () => Math.min(0.95, live / shareWithin(plan.ring_timeout, rings('live'), cv)),
    ...{ busyShare: busy, failedShare: failed, machineShare: machine / Math.max(1e-9, machine + noanswer) },
    ...{ talk: talk.parts, wrap: wrap.parts, setup: { mean: setup, cv: 0.5 } },
    ring: { mean: rings('live'), cv },
    machineRing: { mean: rings('machine'), sd: ring.machine.sd },
    ringTimeout: plan.ring_timeout,
    // Whoever is misheard is counted among those seen live, or not, already.
    detection: plan.detects_machines
      ? { person: heard.live, machine: heard.machine, personsLost: 0, machinesPassed: 0 }
      : { person: 0, machine: 0, personsLost: 0, machinesPassed: 0 },
    ...{ linesPerAgent: plan.lines / plan.agents, tick, shiftEnd: seconds, roster: standardRoster },
  })
}

/** The mode's own pacer, within the trunk's rate. */
export function pacerOf({ mode, calls_per_agent, calls_per_second }: ShiftPlan): CreatePacer {
  const create = mode === 'predictive' ? predictive : mode === 'power' ? powerPacerOf(calls_per_agent) : progressive
  return (config) => {
    const pacer = create(config)
    if (calls_per_second === null) return pacer
    let tokens = 0
    const decide: typeof pacer.decide = (snapshot) => {
      tokens = Math.min(Math.max(1, calls_per_second * config.tick), tokens + calls_per_second * config.tick)
      const dials = Math.min(Math.floor(tokens), pacer.decide(snapshot))
      tokens -= dials
      return dials
    }
    return { decide, observe: (event) => pacer.observe?.(event) }
  }
}

/** Of lognormal times; by the logistic curve, off by less than a hundredth. */
function shareWithin(most: number, mean: number, cv: number): number {
  const variance = Math.log(1 + cv * cv)
  const x = (Math.log(most / mean) + variance / 2) / Math.sqrt(variance + 1e-9)
  return 1 / (1 + Math.exp(-1.702 * x))
}
