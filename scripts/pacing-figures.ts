/** What `npm run bench -- pacing --write` kept, as lines of a plot and rows of a table. */
import { bestInHindsight, type CellFigures } from '#domain/pacing/simulation/compare-pacers.ts'

export interface PacingFigures {
  pacer: string
  seeds: number
  first_seed: number
  cells: CellFigures[]
}

export interface Line {
  label: string
  colour: string
  dash: string
  pick(figures: PacingFigures, scenario: string, agents: number): CellFigures | undefined
}

const of = (pacer: (figures: PacingFigures) => string, cap: number): Line['pick'] => {
  return (figures, scenario, agents) =>
    cellsOf(figures, scenario, agents, cap).find((cell) => cell.pacer === pacer(figures))
}

/** From the slowest to the bound, as they are told in tables and drawn. */
export const lines: readonly Line[] = [
  { label: 'progressive', colour: '#8a6d3b', dash: '', pick: of(() => 'progressive', 0.03) },
  { label: 'power 3', colour: '#c0392b', dash: '2 3', pick: of(() => 'power3', 0.03) },
  {
    ...{ label: 'adaptive, best in hindsight', colour: '#7d3c98', dash: '6 3' },
    pick: (figures, scenario, agents) => {
      const settings = cellsOf(figures, scenario, agents, 0.03).filter(({ pacer }) => pacer.startsWith('adaptive'))
      return settings.length === 0 ? undefined : bestInHindsight(settings)
    },
  },
  { label: 'predictive, 1 %', colour: '#2e86c1', dash: '5 2', pick: of(({ pacer }) => pacer, 0.01) },
  { label: 'predictive, 3 %', colour: '#154360', dash: '', pick: of(({ pacer }) => pacer, 0.03) },
  { label: 'clairvoyant bound', colour: '#566573', dash: '1 3', pick: of(() => 'clairvoyant', 0.03) },
]

function cellsOf({ cells }: PacingFigures, scenario: string, agents: number, cap: number): CellFigures[] {
  return cells.filter((cell) => cell.scenario === scenario && cell.agents === agents && cell.cap === cap)
}

export function scenariosOf({ cells }: PacingFigures): string[] {
  return [...new Set(cells.map(({ scenario }) => scenario))]
}

export function sizesOf({ cells }: PacingFigures): number[] {
  return [...new Set(cells.map(({ agents }) => agents))].sort((a, b) => a - b)
}

const begin = '<!-- figures: written by scripts/draw-pacing.ts -->'
const end = '<!-- end of figures -->'

/** The page with these figures in their place. */
export function withFigures(page: string, figures: PacingFigures): string {
  const [before, after] = [page.indexOf(begin), page.indexOf(end)]
  if (before < 0 || after < before) throw new Error(`the page has no place for figures: ${begin} … ${end}`)
  const { seeds, first_seed } = figures
  const how = `Each figure is the mean of ${seeds} shifts (seeds from ${first_seed}; of more than 20 agents fewer): utilisation with its 95 % interval / abandoned answers, both in percent.`
  const section = [begin, '![How busy agents are, by how many they are](pacing.svg)', how, tableOf(figures)].join(
    '\n\n',
  )
  return `${page.slice(0, before)}${section}\n\n${page.slice(after)}`
}

/** Utilisation with its 95 % interval / abandoned answers, both in percent. */
export function tableOf(figures: PacingFigures): string {
  const rows = scenariosOf(figures).flatMap((scenario) =>
    sizesOf(figures).map((agents) => {
      const cells = lines.map(({ pick }) => tell(pick(figures, scenario, agents)))
      return `| ${[scenario, agents, ...cells].join(' | ')} |`
    }),
  )
  const head = ['scenario', 'agents', ...lines.map(({ label }) => label)]
  return [`| ${head.join(' | ')} |`, `|${'---|'.repeat(head.length)}`, ...rows, '', ...overCaps(figures)].join('\n')
}

function tell(cell: CellFigures | undefined): string {
  if (cell === undefined) return ''
  const { pacer, utilisation, utilisation_margin, abandon_rate } = cell
  const level = pacer.startsWith('adaptive') ? ` (${pacer.slice('adaptive'.length)})` : ''
  return `${(100 * utilisation).toFixed(1)} ± ${(100 * utilisation_margin).toFixed(1)} / ${(100 * abandon_rate).toFixed(1)}${level}`
}

function overCaps({ pacer, cells }: PacingFigures): string[] {
  const own = cells.filter((cell) => cell.pacer === pacer)
  return [...new Set(own.map(({ cap }) => cap))].map((cap) => {
    const held = own.filter((cell) => cell.cap === cap)
    const shifts = held.reduce((sum, cell) => sum + cell.shifts, 0)
    const over = Math.round(held.reduce((sum, cell) => sum + cell.over_cap * cell.shifts, 0))
    const worst = held.reduce((most, cell) => (cell.worst.abandon_rate > most.worst.abandon_rate ? cell : most))
    const where = `${worst.scenario}, ${worst.agents} agents, seed ${worst.worst.seed}`
    return `- Held to ${(100 * cap).toFixed(0)} %, it was over in ${over} of ${shifts} shifts; the worst abandoned ${(100 * worst.worst.abandon_rate).toFixed(2)} % (${where}).`
  })
}
