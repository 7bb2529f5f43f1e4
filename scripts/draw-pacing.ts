/**
 * `node scripts/draw-pacing.ts`: the figures of docs/pacing.md and docs/pacing.svg, from docs/pacing.data.json. With
 * `--run` the bench plays them anew first, and takes what else is said: `--run --seeds 50 --agents 2,3,5,10,20,50,100,300`.
 */
import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type PacingFigures, withFigures } from './pacing-figures.ts'
import { plotOf } from './pacing-plot.ts'

const root = join(import.meta.dirname, '..')
const kept = join(root, 'docs/pacing.data.json')
const page = join(root, 'docs/pacing.md')
const [mode, ...flags] = process.argv.slice(2)
if (mode !== undefined && mode !== '--run') {
  console.error('usage: node scripts/draw-pacing.ts [--run [flags of the bench]]')
  process.exit(1)
}
if (mode === '--run') play(flags)
const figures = JSON.parse(readFileSync(kept, 'utf8')) as PacingFigures
writeFileSync(join(root, 'docs/pacing.svg'), plotOf(figures))
writeFileSync(page, withFigures(readFileSync(page, 'utf8'), figures))

function play(more: string[]): void {
  const bench = [join(root, 'bench/pacing.ts'), '--cap', '3,1', ...more, '--write', kept]
  const { status } = spawnSync(process.execPath, bench, { stdio: 'inherit' })
  if (status !== 0) process.exit(status ?? 1)
}
