/** Compares the product's windows with the oracle's: `npm run oracle -- --cases 1000000 --seed 1`. */
import { parseArgs } from 'node:util'
import { compare } from './compare.ts'

const { values } = parseArgs({
  options: { cases: { type: 'string', default: '1000000' }, seed: { type: 'string', default: '1' } },
})
const started = performance.now()
const { disagreements, ...found } = compare(Number(values.cases), Number(values.seed))
console.table(found)
for (const each of disagreements) console.log(JSON.stringify(each))
const seconds = Math.round((performance.now() - started) / 100) / 10
console.log(JSON.stringify({ oracle: { ...found, seed: Number(values.seed), seconds } }))
if (found.outside + found.needless > 0) process.exitCode = 1
