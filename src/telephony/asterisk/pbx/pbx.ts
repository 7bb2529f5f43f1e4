/** An Asterisk of one's own, as a process that outlives whoever started it. */
import { execFile, spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { promisify } from 'node:util'
import { writeConfiguration } from './configuration.ts'
import { type Unpacked, unpackAsterisk } from './packages.ts'
import { type PbxSettings, readPbxSettings } from './settings.ts'

const run = promisify(execFile)

const boots_within_ms = 60_000
const ends_within_ms = 10_000
const look_ms = 100

export interface PbxOptions {
  /** Where it is kept: programs, settings, state. */
  folder: string
  say(line: string): void
  /** Words before its own command line, such as `ip netns exec tel`. */
  within?: string[]
}

/** What runs, as it is written down for whoever stops it. */
interface Running {
  pid: number
  configuration: string
  run: string
}

export type PbxStart = { ok: true; settings: PbxSettings; pid: number } | { ok: false; refusal: string }

/** Resolves once it takes calls and commands; one that runs already is left as it is. */
export async function startPbx({ folder: given, say, within = [] }: PbxOptions): Promise<PbxStart> {
  const folder = resolve(given)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const reading = readPbxSettings(folder)
  if (!reading.ok) return reading
  const { settings } = reading
  const known = findPbx(folder)
  if (known !== null) return { ok: true, settings, pid: known.pid }
  const unpacking = await unpackAsterisk(folder, say)
  if (!unpacking.ok) return unpacking
  const { unpacked } = unpacking
  const place = mkdtempSync(join(tmpdir(), 'pbx-'))
  const places = { state: join(folder, 'state'), run: place, messages: join(folder, 'messages') }
  const configuration = writeConfiguration(settings, unpacked, places)
  const [program = '', ...words] = [...within, ...commandLine(unpacked, configuration), '-f', '-n']
  const output = openSync(join(folder, 'pbx.log'), 'w', 0o600)
  const child = spawn(program, words, { detached: true, stdio: ['ignore', output, output] })
  const ended = new Promise<string>((tell) => {
    child.once('error', ({ message }) => tell(message))
    child.once('exit', (code, signal) => tell(`it ended with ${code ?? signal}`))
  })
  child.unref()
  if (child.pid === undefined) return { ok: false, refusal: `Asterisk did not start: ${await ended}` }
  const running: Running = { pid: child.pid, configuration, run: place }
  writeFileSync(join(folder, 'running.json'), JSON.stringify(running), { mode: 0o600 })
  const fault = await Promise.race([ended, waitUntilBooted([...within, ...commandLine(unpacked, configuration)])])
  if (fault === null) return { ok: true, settings, pid: child.pid }
  await stopPbx(folder)
  return {
    ok: false,
    refusal: `Asterisk did not start: ${fault}; see ${join(folder, 'pbx.log')} and ${join(folder, 'state/log')}`,
  }
}

/** False when none ran. */
export async function stopPbx(given: string): Promise<boolean> {
  const folder = resolve(given)
  const running = findPbx(folder)
  if (running !== null) {
    process.kill(running.pid, 'SIGTERM')
    for (let waited = 0; isAlive(running) && waited < ends_within_ms; waited += look_ms) await wait(look_ms)
    if (isAlive(running)) process.kill(running.pid, 'SIGKILL')
    rmSync(running.run, { recursive: true, force: true })
  }
  rmSync(join(folder, 'running.json'), { force: true })
  return running !== null
}

/** The PBX that runs from this folder. */
export function findPbx(given: string): Running | null {
  const file = join(resolve(given), 'running.json')
  if (!existsSync(file)) return null
  const running = JSON.parse(readFileSync(file, 'utf8')) as Running
  return isAlive(running) ? running : null
}

/** Its number may be another process's by now; its command line can't be. */
function isAlive({ pid, configuration }: Running): boolean {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').includes(configuration)
  } catch {
    return false
  }
}

/** No chroot and no root: its own loader, told where its libraries lie. */
function commandLine({ root, loader, libraries }: Unpacked, configuration: string): string[] {
  return [loader, '--library-path', libraries.join(':'), join(root, 'usr/sbin/asterisk'), '-C', configuration]
}

/** Asked over its own socket: its control interface answers before its events can be heard. */
async function waitUntilBooted([program = '', ...words]: string[]): Promise<string | null> {
  const deadline = performance.now() + boots_within_ms
  while (performance.now() < deadline) {
    const { stdout } = await run(program, [...words, '-rx', 'core waitfullybooted']).catch(() => ({ stdout: '' }))
    if (stdout.includes('fully booted')) return null
    await wait(look_ms)
  }
  return 'it did not boot in time'
}
