/**
 * What answer odds are worth to the predictive pacer: the same simulated shifts, with the same leads, agents and calls, where
 * it is shown how likely each lead is to answer and where it is not. Leads differ by `--spread`, the sd of their log odds.
 */
import { createPacer } from '#domain/pacing/pacer.ts'
import { scenarioOf } from '#domain/pacing/simulation/scenario.ts'
import { simulateShift } from '#domain/pacing/simulation/simulate-shift.ts'
import { flag, report } from './kit.ts'

const shifts = flag('shifts', 12)
const spread = flag('spread', 1.5)
const share = flag('share', 0.1)
const abandonCap = flag('cap', 3) / 100

const scenario = scenarioOf({ name: 'spread', liveShare: () => share, oddsSpread: spread })
const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length

function measure(agents: number) {
  const shiftsOf = (showsOdds: boolean) =>
    Array.from({ length: shifts }, (_, seed) => {
      return simulateShift(createPacer, { scenario, agents, abandonCap, seed: seed + 1, showsOdds })
    })
  const [without, shown] = [shiftsOf(false), shiftsOf(true)]
  const gains = shown.map(({ utilisation }, seed) => 100 * (utilisation - (without[seed]?.utilisation ?? 0)))
  const gain = mean(gains)
  const error = Math.sqrt(mean(gains.map((each) => (each - gain) ** 2)) / (shifts - 1))
  const percent = (part: (shift: (typeof shown)[number]) => number) =>
    [without, shown].map((all) => 100 * mean(all.map(part)))
  const [used, usedShown] = percent(({ utilisation }) => utilisation)
  const [lost, lostShown] = percent(({ abandonRate }) => abandonRate)
  return [
    { name: `${agents} agents, utilisation`, value: used as number, unit: '%' },
    { name: `${agents} agents, with odds`, value: usedShown as number, unit: '%' },
    { name: `${agents} agents, gain`, value: gain, unit: 'points' },
    { name: `${agents} agents, twice its standard error`, value: 2 * error, unit: 'points' },
    { name: `${agents} agents, abandoned`, value: lost as number, unit: '%' },
    { name: `${agents} agents, abandoned with odds`, value: lostShown as number, unit: '%' },
  ]
}

const teams = [5, 10, 20, 50].filter((agents) => agents <= flag('largest', 50))
report('odds', teams.flatMap(measure))
