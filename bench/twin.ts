/**
 * One shift worked twice: by the real product over a real database on the virtual clock, and by the pure simulator. Both
 * meet the same people and the same agents; what differs is all that lies between the pacer and the world.
 */
import { createPacer } from '#domain/pacing/pacer.ts'
import { simulateShift } from '#domain/pacing/simulation/simulate-shift.ts'
import { twinScenario, workTwinShift } from '#kit/twin-shift.ts'
import { flag, report } from './kit.ts'

const [agents, hours, answers, cap] = [flag('agents', 50), flag('hours', 8), flag('answers', 35), flag('cap', 3)]
const [seed, simulated] = [flag('seed', 1), flag('simulated', 20)]

const scenario = twinScenario({ liveShare: () => answers / 100, shiftEnd: hours * 3600 })
const plan = { scenario, agents, abandonCap: cap / 100 }
const began = performance.now()
const pure = Array.from({ length: simulated }, (_, each) => simulateShift(createPacer, { ...plan, seed: seed + each }))
const mean = (of: (one: (typeof pure)[number]) => number) => pure.reduce((sum, one) => sum + of(one), 0) / pure.length
const most = Math.max(...pure.map(({ dialed }) => dialed))
const real = await workTwinShift(scenario, { agents, seed, leads: Math.ceil(most * 1.3) + 100, cap: cap / 100 })
const off = (a: number, b: number) => Math.abs(a - b) * 100

report('twin', [
  { name: 'utilisation, product', value: real.utilisation * 100, unit: '%' },
  { name: 'utilisation, simulator', value: mean(({ utilisation }) => utilisation) * 100, unit: '%' },
  {
    ...{
      name: 'utilisation apart',
      value: off(
        real.utilisation,
        mean(({ utilisation }) => utilisation),
      ),
    },
    ...{ unit: 'points', floor: 2, better: 'lower' },
  },
  { name: 'abandoned, product', value: real.abandon_rate * 100, unit: '%' },
  { name: 'abandoned, simulator', value: mean(({ abandonRate }) => abandonRate) * 100, unit: '%' },
  {
    ...{
      name: 'abandoned apart',
      value: off(
        real.abandon_rate,
        mean(({ abandonRate }) => abandonRate),
      ),
    },
    ...{ unit: 'points', floor: 0.3, better: 'lower' },
  },
  { name: 'dials, product', value: real.dials, unit: '' },
  { name: 'dials, simulator', value: mean(({ dialed }) => dialed), unit: '' },
  { name: 'live answers, product', value: real.live_answers, unit: '' },
  { name: 'took', value: (performance.now() - began) / 1000, unit: 's' },
])
process.exit(0)
