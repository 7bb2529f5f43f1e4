/**
 * Foresees drawn campaigns and lets them run: `node test/foresight/run.ts --cases 10 --from 1`. Fails where somebody was
 * called who was not to be, or not called who was, or where a campaign took more than a tenth longer or shorter.
 */
import { isDeepStrictEqual, parseArgs } from 'node:util'
import { drawCase } from './cases.ts'
import { type Foreseen, foresee } from './foresee.ts'

const { values } = parseArgs({
  options: { cases: { type: 'string', default: '10' }, from: { type: 'string', default: '1' } },
})
const foreseen: Foreseen[] = []
for (let seed = Number(values.from); foreseen.length < Number(values.cases); seed += 1) {
  foreseen.push(await foresee(drawCase(seed)))
  console.log(JSON.stringify(foreseen.at(-1)))
}
const wrong = foreseen.filter((one) => one.callable !== one.dialed || !isDeepStrictEqual(one.reasons, one.found))
const far = foreseen.filter(({ off }) => Math.abs(off) > 0.1)
console.table(
  foreseen.map(({ seed, leads, callable, dialed, never, expected_hours, real_hours, off }) => ({
    ...{ seed, leads, callable, dialed, never },
    ...{ 'expected h': expected_hours.toFixed(2), 'real h': real_hours.toFixed(2), 'off %': (off * 100).toFixed(1) },
  })),
)
console.log(JSON.stringify({ foresight: { cases: foreseen.length, wrong: wrong.length, far: far.length } }))
process.exit(wrong.length + far.length > 0 ? 1 : 0)
