/** `docs/pacing.svg`: utilisation by the number of agents, a panel for each scenario. */
import { type Line, lines, type PacingFigures, scenariosOf, sizesOf } from './pacing-figures.ts'

const panel = { width: 550, height: 330, left: 44, right: 186, top: 34, bottom: 40 }
const inner = { width: panel.width - panel.left - panel.right, height: panel.height - panel.top - panel.bottom }
const head = 46

export function plotOf(figures: PacingFigures): string {
  const scenarios = scenariosOf(figures)
  const columns = Math.min(2, scenarios.length)
  const width = columns * panel.width
  const height = head + Math.ceil(scenarios.length / columns) * panel.height
  const floor = floorOf(figures, scenarios)
  const panels = scenarios.map((scenario, index) => {
    const place = `${(index % columns) * panel.width} ${head + Math.floor(index / columns) * panel.height}`
    return `<g transform="translate(${place})">\n${panelOf(figures, scenario, floor)}\n</g>`
  })
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-family="system-ui, sans-serif" font-size="12">`,
    '<title>How busy agents are, by how many they are</title>',
    `<rect width="${width}" height="${height}" fill="#ffffff"/>`,
    text(14, 22, 'How busy agents are, by how many they are', 'font-size="16" font-weight="600" fill="#1b2631"'),
    text(14, 39, hint(figures), 'fill="#566573"'),
    ...panels,
    '</svg>\n',
  ].join('\n')
}

function hint({ seeds }: PacingFigures): string {
  return `Talk and wrap-up, % of staffed time; mean of ${seeds} shifts. A hollow mark abandons more than its cap.`
}

/** One for all panels, so that they can be compared. */
function floorOf(figures: PacingFigures, scenarios: string[]): number {
  const drawn = scenarios.flatMap((scenario) =>
    lines.flatMap((line) => pointsOf(line, figures, scenario, sizesOf(figures)).points),
  )
  return Math.floor(Math.min(...drawn.map(({ value }) => value)) / 10) * 10
}

function panelOf(figures: PacingFigures, scenario: string, floor: number): string {
  const sizes = sizesOf(figures)
  const drawn = lines.map((line) => pointsOf(line, figures, scenario, sizes)).filter(({ points }) => points.length > 0)
  const x = (index: number) => panel.left + (sizes.length === 1 ? 0.5 : index / (sizes.length - 1)) * inner.width
  const y = (value: number) => panel.top + (1 - (value - floor) / (100 - floor)) * inner.height
  const grid = Array.from({ length: (100 - floor) / 10 + 1 }, (_, step) => floor + 10 * step).flatMap((value) => [
    `<line x1="${panel.left}" x2="${panel.left + inner.width}" y1="${tidy(y(value))}" y2="${tidy(y(value))}" stroke="#e5e8eb"/>`,
    text(panel.left - 8, y(value) + 4, `${value}`, 'text-anchor="end" fill="#566573"'),
  ])
  const marks = sizes.map((agents, index) => {
    return text(x(index), panel.height - panel.bottom + 18, `${agents}`, 'text-anchor="middle" fill="#566573"')
  })
  const labels = spread(drawn.map(({ points }) => y((points.at(-1) as Point).value)))
  return [
    text(panel.left, 20, scenario, 'font-size="14" font-weight="600" fill="#1b2631"'),
    ...grid,
    ...marks,
    text(panel.left + inner.width / 2, panel.height - 6, 'agents', 'text-anchor="middle" fill="#566573"'),
    ...drawn.flatMap(({ line, points }, index) => draw(line, points, { x, y, label: labels[index] as number })),
  ].join('\n')
}

interface Point {
  index: number
  value: number
  isOver: boolean
}

function pointsOf(line: Line, figures: PacingFigures, scenario: string, sizes: number[]) {
  const points = sizes.flatMap((agents, index): Point[] => {
    const cell = line.pick(figures, scenario, agents)
    if (cell === undefined) return []
    return [{ index, value: 100 * cell.utilisation, isOver: cell.abandon_rate > cell.cap }]
  })
  return { line, points }
}

interface Scale {
  x(index: number): number
  y(value: number): number
  /** The height of the line's name. */
  label: number
}

function draw({ label: name, colour, dash }: Line, points: Point[], { x, y, label }: Scale): string[] {
  const path = points.map(({ index, value }) => `${tidy(x(index))},${tidy(y(value))}`).join(' ')
  const last = points.at(-1) as Point
  const edge = panel.left + inner.width
  return [
    `<polyline points="${path}" fill="none" stroke="${colour}" stroke-width="2"${dash === '' ? '' : ` stroke-dasharray="${dash}"`}/>`,
    ...points.map(({ index, value, isOver }) => {
      const fill = isOver ? '#ffffff' : colour
      return `<circle cx="${tidy(x(index))}" cy="${tidy(y(value))}" r="3" fill="${fill}" stroke="${colour}" stroke-width="1.5"/>`
    }),
    `<line x1="${tidy(x(last.index) + 4)}" y1="${tidy(y(last.value))}" x2="${edge + 14}" y2="${tidy(label)}" stroke="${colour}" stroke-width="0.7"/>`,
    text(edge + 18, label + 4, name, `fill="${colour}"`),
  ]
}

/** Names lie beside their lines' ends, moved apart where they would cover each other. */
function spread(heights: number[]): number[] {
  const gap = 15
  const order = heights.map((height, index) => ({ height, index })).sort((a, b) => a.height - b.height)
  let next = Number.NEGATIVE_INFINITY
  for (const each of order) {
    each.height = Math.max(each.height, next)
    next = each.height + gap
  }
  let limit = panel.height - panel.bottom + 6
  for (const each of order.toReversed()) {
    each.height = Math.min(each.height, limit)
    limit = each.height - gap
  }
  return order.sort((a, b) => a.index - b.index).map(({ height }) => height)
}

function text(x: number, y: number, words: string, more: string): string {
  const safe = words.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
  return `<text x="${tidy(x)}" y="${tidy(y)}" ${more}>${safe}</text>`
}

function tidy(value: number): number {
  return Number(value.toFixed(1))
}
