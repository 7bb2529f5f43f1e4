/**
 * `outdial simulate`: pacers side by side over the same simulated shifts, with a campaign's own figures and, if one likes, a
 * pacer of one's own. In: words. Out: a table, or JSON. Needs no server and no database.
 */
import { defineCommand } from 'citty'
import { bestInHindsight, type CellFigures } from '#domain/pacing/simulation/compare-pacers.ts'
import { adaptiveNames } from '#domain/pacing/simulation/contenders.ts'
import { scenarioWords } from '#domain/pacing/simulation/find-scenario.ts'
import type { Scenario } from '#domain/pacing/simulation/scenario.ts'
import { refuse } from '#store/command-line.ts'
import { type CellWords, scenarioOfWords } from './cell-words.ts'
import { loadPacer } from './load-pacer.ts'
import { playCells } from './play-cells.ts'
import { readShiftWords } from './shift-words.ts'

const usual = 'progressive,power3,adaptive,predictive,clairvoyant'

const hindsight = `(adaptive: the best of its ${adaptiveNames.length} settings, in hindsight)`

export default defineCommand({
  meta: {
    name: 'simulate',
    description: 'how busy pacers would keep agents, and whom they would abandon; calls nobody',
  },
  args: {
    agents: { type: 'string', default: '10', description: 'how many' },
    scenario: { type: 'string', default: 'standard', description: scenarioWords.join(', ') },
    'answer-rate': { type: 'string', description: 'of dials that a person answers', valueHint: '0.18' },
    'talk-seconds': { type: 'string', description: 'of a talk, in the mean' },
    'wrap-seconds': { type: 'string', description: 'of its wrap-up, in the mean' },
    hours: { type: 'string', description: 'of a shift' },
    cap: { type: 'string', default: '3', description: 'abandoned of live answers, in percent' },
    seeds: { type: 'string', default: '10', description: 'how many shifts' },
    'first-seed': { type: 'string', default: '1', description: 'other seeds are other shifts' },
    pacer: { type: 'string', description: 'a module that exports createPacer', valueHint: 'FILE' },
    against: { type: 'string', default: usual, description: 'the others' },
    json: { type: 'boolean', description: 'print the answer as JSON' },
  },
  async run({ args }) {
    const read = readShiftWords(args)
    if (!read.ok) refuse(read.refusal)
    const { shifts } = read
    const pacers = await readPacers(args.pacer, args.against)
    const cells = pacers.map((pacer): CellWords => ({ pacer, ...shifts }))
    const played = await playCells(cells)
    if (!played.ok) refuse(played.refusal)
    const shown = withBestAdaptive(played.cells, args.against)
    const scenario = scenarioOfWords(shifts)
    if (args.json) console.log(JSON.stringify({ ...shifts, scenario: scenario.name, pacers: shown }))
    else show(scenario, shifts, shown)
    if (!args.json && shown.length < cells.length) console.log(hindsight)
  },
})

async function readPacers(own: string | undefined, against: string): Promise<string[]> {
  const others = against.split(',').filter((name) => name !== '' && name !== own)
  const pacers = [
    ...(own === undefined ? [] : [own]),
    ...others.flatMap((name) => (name === 'adaptive' ? adaptiveNames : name)),
  ]
  for (const pacer of pacers) {
    const loaded = await loadPacer(pacer)
    if (!loaded.ok) refuse(loaded.refusal)
  }
  return pacers.length > 0 ? pacers : refuse('There is no pacer to simulate: say --pacer or --against.')
}

/** The adaptive dialer's settings are told as one: the best of them in hindsight. */
function withBestAdaptive(cells: CellFigures[], against: string): CellFigures[] {
  if (!against.split(',').includes('adaptive')) return cells
  const best = bestInHindsight(cells.filter(({ pacer }) => adaptiveNames.includes(pacer)))
  return cells.filter((cell) => cell === best || !adaptiveNames.includes(cell.pacer))
}

function show(
  { name, shiftEnd }: Scenario,
  { agents, seeds, cap }: Omit<CellWords, 'pacer'>,
  cells: CellFigures[],
): void {
  const percent = (share: number, digits = 1) => `${(100 * share).toFixed(digits)} %`
  console.log(`${agents} agents, ${seeds} shifts of ${shiftEnd / 3600} h, scenario "${name}", cap ${percent(cap)}`)
  const rows = cells.map(({ pacer, utilisation, utilisation_margin, abandon_rate, over_cap, worst }) => {
    const busy = `${percent(utilisation)} ± ${(100 * utilisation_margin).toFixed(1)}`
    return [
      pacer,
      busy,
      percent(abandon_rate, 2),
      `${Math.round(over_cap * seeds)} of ${seeds}`,
      percent(worst.abandon_rate, 2),
    ]
  })
  const table = [['pacer', 'agents busy', 'abandoned', 'shifts over the cap', 'worst shift'], ...rows]
  const widths = (table[0] as string[]).map((_, column) =>
    Math.max(...table.map((row) => (row[column] as string).length)),
  )
  for (const row of table)
    console.log(
      row
        .map((cell, column) => cell.padEnd(widths[column] as number))
        .join('   ')
        .trimEnd(),
    )
}
