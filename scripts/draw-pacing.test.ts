import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, it } from 'node:test'
import type { CellFigures } from '#domain/pacing/simulation/compare-pacers.ts'
import { type PacingFigures, tableOf, withFigures } from './pacing-figures.ts'
import { plotOf } from './pacing-plot.ts'

const read = (file: string) => readFileSync(new URL(`../docs/${file}`, import.meta.url), 'utf8')

function cell(pacer: string, changes: Partial<CellFigures> = {}): CellFigures {
  return {
    ...{ pacer, scenario: 'low', agents: 5, cap: 0.03, shifts: 4, utilisation: 0.5, utilisation_margin: 0.012 },
    ...{ abandon_rate: 0.01, over_cap: 0, worst: { seed: 3, abandon_rate: 0.02, utilisation: 0.5 }, decide_ms: null },
    ...changes,
  }
}
const figures: PacingFigures = {
  ...{ pacer: 'predictive', seeds: 4, first_seed: 1 },
  cells: [
    cell('predictive', { utilisation: 0.7, over_cap: 0.25, worst: { seed: 2, abandon_rate: 0.031, utilisation: 0.7 } }),
    cell('predictive', { utilisation: 0.6, cap: 0.01 }),
    cell('progressive', { utilisation: 0.48, abandon_rate: 0 }),
    cell('power3', { utilisation: 0.75, abandon_rate: 0.05 }),
    ...[cell('adaptive2', { utilisation: 0.61 }), cell('adaptive4', { utilisation: 0.66, abandon_rate: 0.04 })],
    cell('clairvoyant', { utilisation: 0.99, abandon_rate: 0 }),
  ],
}

describe("the page's figures", () => {
  it('tell of each size what every pacer made of it', () => {
    const row =
      '| low | 5 | 48.0 ± 1.2 / 0.0 | 75.0 ± 1.2 / 5.0 | 61.0 ± 1.2 / 1.0 (2) | 60.0 ± 1.2 / 1.0 | 70.0 ± 1.2 / 1.0 | 99.0 ± 1.2 / 0.0 |'
    const table = tableOf(figures).split('\n')
    assert.equal(table[2], row)
    assert.ok(
      table.some((line) => line.includes('over in 1 of 4 shifts; the worst abandoned 3.10 % (low, 5 agents, seed 2)')),
    )
  })

  it('are drawn with a line and a name for each, hollow where more is abandoned than the cap', () => {
    const svg = plotOf(figures)
    assert.equal(svg.match(/<polyline /g)?.length, 6)
    assert.equal(svg.match(/<circle [^>]*fill="#ffffff"/g)?.length, 1)
    for (const name of [
      'progressive',
      'power 3',
      'adaptive, best in hindsight',
      'predictive, 3 %',
      'clairvoyant bound',
    ])
      assert.ok(svg.includes(`>${name}</text>`), name)
    assert.doesNotMatch(svg, /NaN|Infinity|undefined/)
  })

  it('replace those before them, and are those that were kept', () => {
    const page = read('pacing.md')
    assert.equal(withFigures(withFigures(page, figures), figures), withFigures(page, figures))
    assert.notEqual(withFigures(page, figures), page)
    assert.throws(() => withFigures('# Pacing', figures), /no place for figures/)
    const kept = JSON.parse(read('pacing.data.json')) as PacingFigures
    assert.equal(withFigures(page, kept), page)
    assert.equal(plotOf(kept), read('pacing.svg'))
  })
})
