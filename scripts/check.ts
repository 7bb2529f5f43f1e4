/**
 * Duty: `npm run check`, everything that is wrong without running the product: types, style, direction, dead code, and
 * generated files that no longer match. Runs all of it, then fails if any part did. Never: changes a file.
 */
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'

interface Step {
  name: string
  command: string
  args: string[]
}

const root = join(import.meta.dirname, '..')
const node = process.execPath

/** The command line of an installed package, under this very Node. */
function runPackage(name: string, script: string, ...args: string[]): Step {
  return { name, command: node, args: [join(root, 'node_modules', script), ...args] }
}

/** A generator compares its output with the committed file. */
function compareGenerated(name: string, script: string): Step[] {
  return existsSync(join(root, script)) ? [{ name, command: node, args: [script, '--check'] }] : []
}

const steps: Step[] = [
  runPackage('types', 'typescript/bin/tsc', '-p', '.'),
  runPackage('types of the console', 'typescript/bin/tsc', '-p', 'console'),
  runPackage('style', '@biomejs/biome/bin/biome', 'ci', '--colors=off', '.'),
  { name: 'architecture', command: node, args: ['--test', '--test-reporter=dot', 'test/architecture.test.ts'] },
  runPackage('dead code', 'knip/bin/knip.js', '--no-progress'),
  ...compareGenerated('schema drift', 'src/store/dump-schema.ts'),
  ...compareGenerated('OpenAPI drift', 'scripts/openapi.ts'),
  ...compareGenerated('SDK drift', 'sdk/generate.ts'),
]

function run(step: Step): boolean {
  const started = performance.now()
  const { status, stdout, stderr, error } = spawnSync(step.command, step.args, {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  })
  if (error !== undefined) throw error
  const seconds = ((performance.now() - started) / 1000).toFixed(1)
  console.log(`${status === 0 ? '✔' : '✖'} ${step.name} (${seconds} s)`)
  if (status !== 0) console.log(`${stdout}${stderr}`.trimEnd())
  return status === 0
}

const failed = steps.filter((step) => !run(step)).map((step) => step.name)
if (failed.length > 0) {
  console.error(`check failed: ${failed.join(', ')}`)
  process.exit(1)
}
