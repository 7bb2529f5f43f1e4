/** Which figure of a pacer has to be on which side of what. */
import { bestInHindsight, type CellFigures } from '#domain/pacing/simulation/compare-pacers.ts'
import type { Bar } from './kit.ts'
import { anchorOf } from './pacing-anchors.ts'

/** Of the pacer that is measured, against the anchors and the adaptive dialer's best setting. Percent, milliseconds. */
export function barsOf(pacer: string, cells: readonly CellFigures[]): Bar[] {
  const own = cells.filter((cell) => cell.pacer === pacer)
  const caps = [...new Set(own.map(({ cap }) => cap))]
  return [
    ...own.flatMap((cell) => [...useBars(cell), ...hindsightBars(cell, cells), ...strictBars(cell, cells)]),
    ...caps.map((cap) =>
      overCapBar(
        cap,
        own.filter((cell) => cell.cap === cap),
      ),
    ),
    ...own.flatMap(timeBars),
  ]
}

function useBars(cell: CellFigures): Bar[] {
  const anchor = anchorOf(cell.scenario, cell.agents)
  const reference = cell.cap === 0.03 ? anchor?.reference[3] : cell.cap === 0.01 ? anchor?.reference[1] : undefined
  const bars = reference === undefined ? {} : { floor: reference - 2, goal: reference + (cell.agents <= 20 ? 0.5 : 0) }
  return [
    { name: `${nameOf(cell)}: utilisation`, value: 100 * cell.utilisation, unit: '%', ...bars },
    { name: `${nameOf(cell)}: abandoned`, value: 100 * cell.abandon_rate, unit: '%' },
  ]
}

function hindsightBars(cell: CellFigures, cells: readonly CellFigures[]): Bar[] {
  const settings = adaptiveBeside(cell, cells)
  if (settings.length === 0) return []
  const more = 100 * (cell.utilisation - bestInHindsight(settings).utilisation)
  const goal = cell.agents <= 50 ? 3 : 2
  return [{ name: `${nameOf(cell)}: more than adaptive at its best`, value: more, unit: 'points', floor: 0, goal }]
}

/** Held to 1 %, against the adaptive dialer at its best when it is held to 3 %. */
function strictBars(cell: CellFigures, cells: readonly CellFigures[]): Bar[] {
  const settings = adaptiveBeside({ ...cell, cap: 0.03 }, cells)
  if (cell.cap !== 0.01 || settings.length === 0) return []
  const more = 100 * (cell.utilisation - bestInHindsight(settings).utilisation)
  const bars = cell.agents >= 100 ? { floor: 0, goal: 0 } : {}
  return [{ name: `${nameOf(cell)}: more than adaptive held to 3 %`, value: more, unit: 'points', ...bars }]
}

export function adaptiveBeside(cell: CellFigures, cells: readonly CellFigures[]): CellFigures[] {
  return cells.filter(
    ({ pacer, scenario, agents, cap }) =>
      pacer.startsWith('adaptive') && scenario === cell.scenario && agents === cell.agents && cap === cell.cap,
  )
}

/** Of all shifts at a cap: a campaign is over it or not, whatever its size. */
function overCapBar(cap: number, cells: readonly CellFigures[]): Bar {
  const shifts = cells.reduce((sum, cell) => sum + cell.shifts, 0)
  const over = cells.reduce((sum, cell) => sum + cell.over_cap * cell.shifts, 0)
  const name = `shifts over ${percent(cap)}`
  return { name, value: (100 * over) / shifts, unit: '%', floor: cap >= 0.03 ? 5 : 10, goal: 0, better: 'lower' }
}

/** Deciding has to be quick where there is most to decide about. */
function timeBars(cell: CellFigures): Bar[] {
  if (cell.decide_ms === null || cell.agents < 300) return []
  const { mean, p99 } = cell.decide_ms
  const better = 'lower'
  return [
    { name: `${nameOf(cell)}: decide, mean`, value: mean, unit: 'ms', floor: 1, goal: 0.1, better },
    { name: `${nameOf(cell)}: decide, p99`, value: p99, unit: 'ms', floor: 10, goal: 1, better },
  ]
}

function nameOf({ scenario, agents, cap }: CellFigures): string {
  return `${scenario} ${agents} at ${percent(cap)}`
}

export function percent(share: number): string {
  return `${Number((100 * share).toFixed(2))} %`
}
