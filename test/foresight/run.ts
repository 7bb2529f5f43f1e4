/**
 * Foresees drawn campaigns and lets them run: `node test/foresight/run.ts --cases 10 --from 1`. Fails where somebody was
 * called who was not to be, or not called who was, or where a campaign took more than a tenth longer or shorter than a dry
 * run said that was sure of it. A last try that falls about a closing ends today or tomorrow: of such campaigns, played
 * besides, it is told how many ended within the range that was given.
 */
import { isDeepStrictEqual, parseArgs } from 'node:util'
import { drawCase } from './cases.ts'
import { type Foreseen, foresee } from './foresee.ts'

const { values } = parseArgs({
  options: { cases: { type: 'string', default: '10' }, from: { type: 'string', default: '1' } },
})
const foreseen: Foreseen[] = []
const countSure = () => foreseen.filter(({ sure }) => sure).length
for (let seed = Number(values.from); countSure() < Number(values.cases); seed += 1) {
  const one = await foresee(drawCase(seed))
  foreseen.push(one)
  console.log(JSON.stringify(one))
}
const wrong = foreseen.filter((one) => one.callable !== one.dialed || !isDeepStrictEqual(one.reasons, one.found))
const far = foreseen.filter(({ off, sure }) => sure && Math.abs(off) > 0.1)
const unsure = foreseen.filter(({ sure }) => !sure)
console.table(
  foreseen.map(({ seed, leads, callable, dialed, never, expected_hours, real_hours, off, sure }) => ({
    ...{ seed, leads, callable, dialed, never },
    ...{
      'expected h': expected_hours.toFixed(2),
      'real h': real_hours.toFixed(2),
      'off %': (off * 100).toFixed(1),
      sure,
    },
  })),
)
const counts = { sure: countSure(), wrong: wrong.length, far: far.length }
const open = { unsure: unsure.length, unsure_within_range: unsure.filter(({ within }) => within).length }
console.log(JSON.stringify({ foresight: { ...counts, ...open } }))
process.exit(wrong.length + far.length > 0 ? 1 : 0)
