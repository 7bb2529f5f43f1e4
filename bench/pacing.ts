/**
 * Pacers side by side over simulated shifts: how busy each keeps its agents and whom it abandons. The shifts are the same for
 * all, so a difference is the pacer's. `--write FILE` keeps the JSON for scripts/draw-pacing.ts.
 */
import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { loadPacer } from '#analytics/simulation/load-pacer.ts'
import { playCells } from '#analytics/simulation/play-cells.ts'
import { bestInHindsight, type CellFigures } from '#domain/pacing/simulation/compare-pacers.ts'
import { adaptiveNames } from '#domain/pacing/simulation/contenders.ts'
import { findScenarios, scenarioWords } from '#domain/pacing/simulation/find-scenario.ts'
import { report } from './kit.ts'
import { adaptiveBeside, barsOf, percent } from './pacing-bars.ts'

const { values } = parseArgs({
  options: {
    agents: { type: 'string', default: '5,10,20,50' },
    scenarios: { type: 'string', default: 'public' },
    seeds: { type: 'string', default: '20' },
    'first-seed': { type: 'string', default: '1001' },
    cap: { type: 'string', default: '3' },
    pacer: { type: 'string', default: 'predictive' },
    against: { type: 'string', default: 'power3,adaptive,progressive,clairvoyant' },
    write: { type: 'string' },
  },
})
const pacer = values.pacer
const scenarios = values.scenarios.split(',').flatMap((word) => {
  return findScenarios(word) ?? refuse(`There is no scenario "${word}": say one of ${scenarioWords.join(', ')}.`)
})
const against = values.against.split(',').filter((name) => name !== '' && name !== pacer)
const pacers = [pacer, ...against.flatMap((name) => (name === 'adaptive' ? adaptiveNames : [name]))]
for (const name of pacers) {
  const loaded = await loadPacer(name)
  if (!loaded.ok) refuse(loaded.refusal)
}
const seeds = numbersOf('seeds', { whole: true, most: 100_000 })[0] as number
const first_seed = numbersOf('first-seed', { whole: true, most: 1_000_000_000 })[0] as number
const caps = numbersOf('cap', { whole: false, most: 100 })
const widest = Math.max(...caps)
/** Shifts of large teams are alike, and cost the most: of more than twenty agents so many fewer are played. */
const shiftsOf = (agents: number) => Math.max(Math.min(seeds, 6), Math.round(seeds * Math.min(1, 20 / agents)))
const words = scenarios.flatMap(({ name: scenario }) =>
  numbersOf('agents', { whole: true, most: 2000 }).flatMap((agents) =>
    caps.flatMap((cap) =>
      // What the others do is asked once: none of them is compared at its strictest.
      (cap === widest ? pacers : [pacer]).map((each) => {
        const shifts = { first_seed, seeds: shiftsOf(agents), timed: each === pacer }
        return { pacer: each, scenario, agents, cap: cap / 100, ...shifts }
      }),
    ),
  ),
)

const began = performance.now()
const played = await playCells(words, (done) => {
  if (process.stderr.isTTY) process.stderr.write(`\r${done} of ${words.length} cells `)
})
if (process.stderr.isTTY) process.stderr.write('\r')
if (!played.ok) refuse(played.refusal)
const { cells } = played
console.table(cells.filter(isShown).map(rowOf))
const answer = { pacer, seeds, first_seed, seconds: Math.round((performance.now() - began) / 1000) }
if (values.write) writeFileSync(values.write, keep({ ...answer, cells: cells.filter(isShown) }))
report('pacing', barsOf(pacer, cells), { ...answer, cells })

/** Of the adaptive dialer only the setting that was best in hindsight. */
function isShown(cell: CellFigures): boolean {
  return !cell.pacer.startsWith('adaptive') || bestInHindsight(adaptiveBeside(cell, cells)) === cell
}

function rowOf(cell: CellFigures) {
  const { scenario, agents, cap, utilisation, utilisation_margin, abandon_rate, over_cap, worst, decide_ms } = cell
  return {
    ...{ scenario, agents, cap: percent(cap), pacer: cell.pacer },
    utilisation: `${(100 * utilisation).toFixed(1)} ± ${(100 * utilisation_margin).toFixed(1)}`,
    'abandoned %': Number((100 * abandon_rate).toFixed(2)),
    'over the cap %': Number((100 * over_cap).toFixed(1)),
    worst: `${percent(worst.abandon_rate)} (seed ${worst.seed})`,
    'decide ms, mean · p99': decide_ms === null ? '' : `${decide_ms.mean.toFixed(3)} · ${decide_ms.p99.toFixed(3)}`,
  }
}

function numbersOf(name: 'agents' | 'cap' | 'seeds' | 'first-seed', { whole, most }: { whole: boolean; most: number }) {
  return values[name].split(',').map((word) => {
    const value = Number(word)
    const isPossible = word.trim() !== '' && value > 0 && value <= most && (!whole || Number.isInteger(value))
    return isPossible
      ? value
      : refuse(`--${name} takes ${whole ? 'whole ' : ''}numbers over 0, up to ${most}, not "${word}".`)
  })
}

/** A cell to a line, so that a change of one is seen as that. */
function keep({ cells, ...rest }: { cells: CellFigures[] }): string {
  const short = (_: string, value: unknown) => (typeof value === 'number' ? Number(value.toFixed(5)) : value)
  const rows = cells.map((cell) => JSON.stringify(cell, short)).join(',\n')
  return `${JSON.stringify(rest).slice(0, -1)},"cells":[\n${rows}\n]}\n`
}

function refuse(reason: string): never {
  console.error(reason)
  process.exit(1)
}
