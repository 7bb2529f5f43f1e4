/**
 * Duty: `npm test`. In: words that choose test files by path (none: all), `--store` for the store's alone, and flags
 * for node's runner. Out: its report and its exit code. Never: passes because nothing ran.
 */
import { spawn, spawnSync } from 'node:child_process'
import { globSync } from 'node:fs'
import { join } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { startTestServer } from './kit/test-server.ts'
import { describeMissing, findTool, TOOLS, type ToolName } from './kit/tools.ts'

/**
 * The whole suite has had at least this many tests; raised when it grows, so that files that stop being found are noticed.
 * A file without a test counts as one passed, and no file at all would pass too.
 */
const FLOOR = 1500
const STORE_FLOOR = 30

const root = join(import.meta.dirname, '..')
const given = process.argv.slice(2)
const onlyStore = given.includes('--store')
const flags = given.filter((word) => word.startsWith('-') && word !== '--store')
const words = given.filter((word) => !word.startsWith('-'))

function listFiles(): string[] {
  const patterns = onlyStore ? ['src/store/**/*.test.ts'] : ['{src,test,cli,sdk,bench,scripts,docs}/**/*.test.ts']
  const files = globSync(patterns, { cwd: root, exclude: (name) => name === 'node_modules' }).sort()
  return words.length === 0 ? files : files.filter((file) => words.some((word) => file.includes(word)))
}

interface Counts {
  tests: number
  fail: number
  skipped: number
}

/** The runner's own closing lines. */
function readCounts(report: string): Counts {
  const count = (what: string) => Number(new RegExp(`^(?:ℹ|#) ${what} (\\d+)$`, 'm').exec(report)?.[1] ?? 0)
  return { tests: count('tests'), fail: count('fail'), skipped: count('skipped') }
}

async function runNode(files: string[], env: NodeJS.ProcessEnv): Promise<{ code: number; report: string }> {
  const runner = [
    '--test',
    '--test-force-exit',
    '--test-concurrency=2',
    '--test-timeout=300000',
    '--test-reporter=spec',
  ]
  const child = spawn(process.execPath, [...runner, ...flags, ...files], {
    cwd: root,
    env,
    stdio: ['inherit', 'pipe', 'inherit'],
  })
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.on(name, () => child.kill(name))
  let report = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    report += text
    process.stdout.write(text)
  })
  const code = await new Promise<number>((resolve) => child.on('close', (status) => resolve(status ?? 1)))
  return { code, report }
}

/** What makes a green run no pass. */
function findFault(counts: Counts): string | null {
  const floor = words.length > 0 || flags.length > 0 ? 1 : onlyStore ? STORE_FLOOR : FLOOR
  if (counts.tests < floor) return `only ${counts.tests} tests ran; there are at least ${floor}`
  if (process.env.CI === 'true' && counts.skipped > 0)
    return `${counts.skipped} tests were skipped; under CI none may be`
  return null
}

function tellMissingTools(report: string): void {
  const names = Object.keys(TOOLS) as ToolName[]
  const missing = names.filter((name) => findTool(name) === null && report.includes(describeMissing(name)))
  if (missing.length === 0) return
  console.error(`To run what was skipped: apt-get install -y ${missing.map((name) => TOOLS[name].debian).join(' ')}`)
}

const files = listFiles()
if (files.length === 0) {
  console.error(`No test file matches ${words.join(' ')}`)
  process.exit(1)
}
// What several files would else fetch at once; each of them says for itself why it can't be had.
if (files.some((file) => file.startsWith('test/calls/'))) {
  const { prepareCalls } = await import('./calls/far-end.ts')
  await prepareCalls().catch(() => {})
}
// Once for all files that look at it.
if (files.some((file) => file.startsWith('test/console/')) && findTool('chromium') !== null) {
  const built = spawnSync(process.execPath, [join(root, 'scripts/setup.cjs')], { stdio: 'inherit' })
  if (built.status !== 0) process.exit(1)
}
const server = await startTestServer()
const colour = process.stdout.isTTY ? { FORCE_COLOR: '1' } : {}
// Hundreds of processes load the same files: what the first has compiled, the others need not.
const NODE_COMPILE_CACHE = join(root, 'node_modules/.cache/node')
const env = { ...process.env, ...colour, NODE_COMPILE_CACHE, OUTDIAL_TEST_PG: JSON.stringify(server) }
const { code, report } = await runNode(files, env)
const plain = stripVTControlCharacters(report)
tellMissingTools(plain)
const fault = findFault(readCounts(plain))
if (fault !== null) console.error(fault)
process.exit(code !== 0 ? code : fault === null ? 0 : 1)
