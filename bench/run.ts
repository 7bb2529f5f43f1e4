/**
 * `npm run bench -- <name> [flags]`: one figure of docs/performance.md, measured from nothing by one command. Each bench
 * sets itself up, prints a table for people and, as its last line, one JSON object.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

const [name = '', ...flags] = process.argv.slice(2)
const file = join(import.meta.dirname, `${name}.ts`)
const apart = new Set([
  'run',
  'kit',
  'call-history',
  'claim-log',
  'upload-time',
  'forecast-day',
  'pacing-anchors',
  'pacing-bars',
])
const names = readdirSync(import.meta.dirname)
  .filter((entry) => entry.endsWith('.ts') && !entry.endsWith('.test.ts'))
  .map((entry) => entry.slice(0, -'.ts'.length))
  .filter((entry) => !apart.has(entry))

if (!/^[a-z]+$/.test(name) || apart.has(name) || !existsSync(file)) {
  console.error(`npm run bench -- <name>, where <name> is one of: ${names.join(', ')}`)
  process.exit(1)
}
const { status } = spawnSync(process.execPath, [file, ...flags], { stdio: 'inherit' })
process.exit(status ?? 1)
