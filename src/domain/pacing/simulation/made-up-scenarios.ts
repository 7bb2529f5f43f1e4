/**
 * Shifts unlike the public ones. No pacer may be tuned on them: they are there to show what a pacer makes of a campaign that
 * nobody thought of when it was written.
 */
import { drawsOf } from './chance.ts'
import { type Scenario, scenarioOf, standardRoster, steps } from './scenario.ts'

const hour = 3600
const talkOf = (mean: number, cv = 0.9) => [{ share: 1, mean, cv }]

/** From one share to another every 40 minutes, with nothing between. */
const jumps = [0.1, 0.45, 0.07, 0.3, 0.05, 0.5, 0.2, 0.06, 0.4, 0.12, 0.35, 0.08].map((from, index) => {
  return { until: (index + 1) * 2400, from }
})

export const madeUpScenarios: readonly Scenario[] = [
  scenarioOf({ name: 'scarce', liveShare: () => 0.04, linesPerAgent: 10 }),
  scenarioOf({ name: 'plenty', liveShare: () => 0.6 }),
  scenarioOf({ name: 'short-talks', talk: talkOf(40), wrap: [{ share: 1, mean: 8, cv: 0.6 }] }),
  scenarioOf({ name: 'long-talks', talk: talkOf(420, 1.2), wrap: [{ share: 1, mean: 60, cv: 0.6 }] }),
  scenarioOf({ name: 'slow-rings', ring: { mean: 14, cv: 0.4 }, machineRing: { mean: 21, sd: 2 }, ringTimeout: 35 }),
  scenarioOf({ name: 'few-lines', linesPerAgent: 1.6 }),
  scenarioOf({ name: 'jumps', liveShare: steps(...jumps) }),
  scenarioOf({ name: 'undetected', detection: null, machineShare: 0.25, machineTalk: 12 }),
  scenarioOf({
    ...{ name: 'three-lists', segments: 3, segmentBlock: 25 },
    segmentOfBlock: (block) => Math.floor(3 * drawsOf(20_261, block)(0)),
    liveShare: (segment) => [0.05, 0.2, 0.5][segment] as number,
  }),
  scenarioOf({ name: 'tireless', roster: { ...standardRoster, breaks: [], pausesPerHour: 0.1, speedSd: 0.05 } }),
  scenarioOf({ name: 'restless', roster: { ...standardRoster, pausesPerHour: 4, pauseMean: 120, speedSd: 0.35 } }),
  scenarioOf({
    name: 'half-day',
    shiftEnd: 4 * hour,
    roster: { ...standardRoster, breaks: standardRoster.breaks.slice(0, 1) },
  }),
  scenarioOf({ name: 'busy-network', failedShare: 0.3, busyShare: 0.12 }),
  scenarioOf({ name: 'slow-setup', setup: { mean: 4, cv: 0.7 } }),
  scenarioOf({ name: 'impatient', patience: 0.5 }),
  scenarioOf({ name: 'slow-clock', tick: 2, patience: 3 }),
]
