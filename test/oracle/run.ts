/**
 * Compares the product's windows with the oracle's, and asks verdicts again from what is stored of them:
 * `npm run oracle -- --cases 1000000 --replays 100000 --seed 1`.
 */
import { parseArgs } from 'node:util'
import { compare } from './compare.ts'
import { replayVerdicts } from './replay.ts'

const { values } = parseArgs({
  options: {
    cases: { type: 'string', default: '1000000' },
    replays: { type: 'string', default: '100000' },
    seed: { type: 'string', default: '1' },
  },
})
const started = performance.now()
const { disagreements, ...found } = compare(Number(values.cases), Number(values.seed))
console.table(found)
const replay = replayVerdicts(Number(values.replays), Number(values.seed))
console.table(replay)
for (const each of disagreements) console.log(JSON.stringify(each))
const seconds = Math.round((performance.now() - started) / 100) / 10
console.log(JSON.stringify({ oracle: { ...found, replay, seed: Number(values.seed), seconds } }))
if (found.outside + found.needless + replay.differing > 0) process.exitCode = 1
