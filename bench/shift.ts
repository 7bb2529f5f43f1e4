/**
 * A whole shift of a floor on the virtual clock: the real dialer, matcher and legs over a real database, and a carrier in the
 * same process. Every fault is one that a recount of the events found; the figures are of this floor, not of a machine.
 */
import { workShift } from '#kit/shift.ts'
import { recountShift } from '#kit/shift-recount.ts'
import { choice, flag, report } from './kit.ts'

const agents = flag('agents', 50)
const hours = flag('hours', 8)
const ratio = flag('ratio', 2)
const mode = choice('mode', ['power', 'predictive', 'progressive'])

const began = performance.now()
const shift = await workShift({
  agents,
  hours,
  leads: Math.ceil(agents * hours * 60),
  settings: { mode, power_ratio: ratio },
})
const { figures, faults } = await recountShift(shift)
for (const fault of faults.slice(0, 20)) console.log(fault)
await shift.floor.close()
report('shift', [
  { name: 'faults found by the recount', value: faults.length, unit: '', floor: 0, better: 'lower' },
  { name: 'dials', value: figures.dials, unit: '' },
  { name: 'live answers', value: figures.live_answers, unit: '' },
  { name: 'abandoned', value: figures.abandoned_percent, unit: '%' },
  { name: 'utilisation', value: figures.utilisation_percent, unit: '%' },
  { name: 'took', value: (performance.now() - began) / 1000, unit: 's' },
])
process.exit(0)
