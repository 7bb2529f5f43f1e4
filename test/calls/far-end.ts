/**
 * Real calls that leave nothing: an Asterisk and the people it calls, in a network namespace with no way out; where the
 * system gives none, on its loopback. What rang is the callee's own account. Tests reach the PBX through a tunnel, which can
 * be cut.
 */
import { type ChildProcessByStdio, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { networkInterfaces, tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Readable, Writable } from 'node:stream'
import { setTimeout as wait } from 'node:timers/promises'
import { requireTool } from '#kit/tools.ts'
import { unpackAsterisk } from '#telephony/asterisk/pbx/packages.ts'
import { startPbx, stopPbx } from '#telephony/asterisk/pbx/pbx.ts'

const pbx = join(import.meta.dirname, '../../.pbx')
const root = join(pbx, 'root')

/** For a suite's `skip` option. */
export async function requireCalls(): Promise<false | string> {
  const lack = await prepareCalls()
  if (!lack && !namespaces) await takeLoopback()
  return lack
}

/** The same of calls with a browser: it and the PBX hear each other by an address that is no loopback. */
export async function requireBrowserCalls(): Promise<false | string> {
  const lack = (await requireCalls()) || requireTool('chromium')
  if (lack || namespaces) return lack
  const addresses = Object.values(networkInterfaces()).flatMap((each) => each ?? [])
  if (addresses.some(({ internal, family }) => !internal && family === 'IPv4')) return false
  return refuse('calls with a browser need a network namespace, or an address that is no loopback')
}

/** Fetches the PBX where it is asked for by name or nothing may be skipped. */
export async function prepareCalls(): Promise<false | string> {
  const lack = requireTool('sipp') || requireTool('ip')
  if (lack) return lack
  if (process.getuid?.() !== 0) return refuse('calls need root, for a network of their own')
  if (process.env.CI !== 'true' && process.env.OUTDIAL_TEST_CALLS !== '1' && !existsSync(root)) {
    return 'needs an Asterisk, which `npm run test:calls` fetches'
  }
  mkdirSync(pbx, { recursive: true })
  const unpacking = await unpackAsterisk(pbx, console.log)
  return unpacking.ok ? false : refuse(unpacking.refusal)
}

const namespaces = process.env.NO_NS !== '1' && givesNamespaces()

function givesNamespaces(): boolean {
  const probe = `outdial-probe-${process.pid}`
  try {
    execFileSync('ip', ['netns', 'add', probe], { stdio: 'ignore' })
    execFileSync('ip', ['netns', 'del', probe], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

/** One process at a time has its PBX there. */
async function takeLoopback(): Promise<void> {
  for (;;) {
    const lock = createServer().listen(5099, '127.0.0.1')
    const taken = await once(lock, 'listening').then(
      () => true,
      () => false,
    )
    if (taken) {
      lock.unref()
      return
    }
    await wait(250)
  }
}

function refuse(reason: string): string {
  if (process.env.CI === 'true') throw new Error(`${reason}; under CI nothing is skipped`)
  return reason
}

/** A phone that registers at the PBX. */
export const desk_phone = '201'

export interface FarEnd {
  /** Words before a command that is to run where the calls are. */
  within: string[]
  /** Runs one of the programs of this folder where the calls are, for as long as it is open. */
  start(program: string, ...words: string[]): Promise<Ask>
  /** Its PBX loses all that it had in memory. */
  startAnew(): Promise<void>
  /** Lets whoever is there reach this port of 127.0.0.1, too. */
  letIn(port: number): Promise<void>
  url: string
  secret: string
  phones: Phones
  /** Where its PBX lies. */
  folder: string
  /** Numbers that the callee was rung at, in order. */
  rung(): string[]
  /** Breaks every connection to the PBX, and lets no new one come up until it is mended. */
  cut(): void
  mend(): void
  close(): Promise<void>
}

type Place = { port: number; host: string } | { path: string }

/** Carries what comes in at one place to another one; a socket file is in both worlds. */
const doorman = (at: Place, to: Place) =>
  `require('node:net').createServer((from) => {
     const to = require('node:net').connect(${JSON.stringify(to)})
     from.on('error', () => to.destroy()).pipe(to).on('error', () => from.destroy()).pipe(from)
   }).listen(${JSON.stringify(at)}, () => console.log('open'))`

/** `with_address`: for browsers, too. */
export async function openFarEnd({ with_address = false } = {}): Promise<FarEnd> {
  /** What undoes what was done so far, the last first. */
  const undo: (() => unknown)[] = []
  const close = async () => {
    for (const step of undo.splice(0).reverse()) await step()
  }
  try {
    return { ...(await setUp(undo, with_address)), close }
  } catch (error) {
    await close()
    throw error
  }
}

async function setUp(undo: (() => unknown)[], with_address: boolean): Promise<Omit<FarEnd, 'close'>> {
  const name = `outdial-calls-${process.pid}`
  const within = namespaces ? ['ip', 'netns', 'exec', name] : []
  const folder = mkdtempSync(join(tmpdir(), 'calls-'))
  undo.push(() => rmSync(folder, { recursive: true, force: true }))
  const ip = (...words: string[]) => execFileSync('ip', words)
  if (namespaces) {
    ip('netns', 'add', name)
    undo.push(() => ip('netns', 'del', name))
    ip('-n', name, 'link', 'set', 'lo', 'up')
    if (with_address) {
      // At the other end of this pair is nobody.
      ip('-n', name, 'link', 'add', 'v0', 'type', 'veth', 'peer', 'name', 'v1')
      ip('-n', name, 'addr', 'add', '10.77.0.1/24', 'dev', 'v0')
      for (const end of ['v0', 'v1']) ip('-n', name, 'link', 'set', end, 'up')
    }
  }
  symlinkSync(root, join(folder, 'root'))
  const secret = 'only-in-a-namespace'
  const settings = {
    ...{ http_port: 8088, manager_port: 5038, password: secret, sip: { address: '127.0.0.1', port: 5060 } },
    rtp: { first: 20_000, last: 21_000 },
    trunks: [
      { name: 'out', host: '127.0.0.2', port: 5080 },
      { name: 'nobody', host: '127.0.0.3', port: 5999 },
      { name: 'phones', host: '127.0.0.4', port: 5090 },
    ],
    phones: [
      { name: desk_phone, password: 'of-the-desk' },
      { name: '202', password: 'nobody-registers' },
    ],
  }
  writeFileSync(join(folder, 'pbx.json'), JSON.stringify(settings), { mode: 0o600 })
  undo.push(() => stopPbx(folder))
  const startAnew = async () => {
    await stopPbx(folder)
    const started = await startPbx({ folder, say: console.log, within })
    if (!started.ok) throw new Error(started.refusal)
  }
  await startAnew()
  const run = (...command: string[]) => {
    const [program = '', ...words] = [...within, ...command]
    const child = spawn(program, words, { cwd: folder, stdio: ['pipe', 'pipe', 'inherit'] })
    undo.push(async () => {
      if (child.exitCode === null && child.kill('SIGKILL')) await once(child, 'exit')
    })
    return child
  }
  const log = join(folder, 'rung.log')
  const callee = ['-sf', join(import.meta.dirname, 'callee.xml'), '-i', '127.0.0.2', '-p', '5080', '-mi', '127.0.0.2']
  run('sipp', ...callee, '-mp', '40000', '-nostdin', '-trace_logs', '-log_file', log).stdout.resume()
  await untilListening(within)
  const start = (program: string, ...words: string[]) =>
    converse(run(process.execPath, join(import.meta.dirname, program), ...words))
  await start('phones.ts', '127.0.0.5', '5090', desk_phone, 'of-the-desk')
  const phones = askPhones(await start('phones.ts', '127.0.0.4', '5090'))
  const file = join(folder, 'door')
  const openDoor = (at: Place, to: Place) => once(run(process.execPath, '-e', doorman(at, to)).stdout, 'data')
  await openDoor({ path: file }, { port: settings.http_port, host: '127.0.0.1' })
  const letIn = async (port: number) => {
    if (!namespaces) return
    const [path, host] = [join(folder, `door-${port}`), '127.0.0.1']
    const outside = createServer((from) => {
      const to = connect({ port, host })
      from
        .on('error', () => to.destroy())
        .pipe(to)
        .on('error', () => from.destroy())
        .pipe(from)
    }).listen(path)
    undo.push(() => outside.close())
    await openDoor({ port, host }, { path })
  }

  const sockets = new Set<Socket>()
  let whole = true
  const tunnel = createServer((near) => {
    if (!whole) return near.destroy()
    const far = connect(file)
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(one)
      one.on('error', () => other.destroy()).on('close', () => sockets.delete(one))
      one.pipe(other)
    }
  }).listen(0, '127.0.0.1')
  undo.push(() => {
    for (const socket of sockets) socket.destroy()
    tunnel.close()
  })
  await once(tunnel, 'listening')
  return {
    url: `http://127.0.0.1:${(tunnel.address() as AddressInfo).port}`,
    secret,
    ...{ phones, folder, within, letIn, start, startAnew },
    rung: () =>
      existsSync(log)
        ? readFileSync(log, 'utf8')
            .split('\n')
            .flatMap((line) => /rings (\S+)/.exec(line)?.[1] ?? [])
        : [],
    cut() {
      whole = false
      for (const socket of sockets) socket.destroy()
    },
    mend() {
      whole = true
    },
  }
}

/** What the telephones of phones.ts are asked; a call is named by its SIP Call-ID. */
export interface Phones {
  /** Numbers and extensions that were rung, in order. */
  rung(): Promise<string[]>
  /** Whether the call goes on. */
  talks(call_id: string): Promise<boolean>
  digits(call_id: string): Promise<string>
  /** Of its voice, in Hz. */
  frequency(call_id: string): Promise<number>
  /** Whether it hears this tone, after listening for a moment. */
  hearsTone(call_id: string, frequency: number): Promise<boolean>
  /** When a number's last call heard this tone first, in ms since its owner began to speak; null where it never did. */
  firstHeard(number: string, frequency: number): Promise<number | null>
  /** The calls whose voice is heard in this one, after listening for a moment. */
  hears(call_id: string): Promise<string[]>
}

/** Asks a process one thing, of one call. */
export type Ask = <T>(ask: string, call_id?: string, frequency?: number) => Promise<T>

/** With a process that says when it is ready, and answers a line with a line. */
async function converse({ stdin, stdout }: ChildProcessByStdio<Writable, Readable, null>): Promise<Ask> {
  const waiting = new Map<number, (answer: unknown) => void>()
  let asked = 0
  const ready = Promise.withResolvers<void>()
  createInterface({ input: stdout }).on('line', (line) => {
    if (line === 'ready') return ready.resolve()
    const { id, answer } = JSON.parse(line)
    waiting.get(id)?.(answer)
    waiting.delete(id)
  })
  await ready.promise
  return <T>(ask: string, call_id = '', frequency = 0) =>
    new Promise<T>((resolve) => {
      const id = ++asked
      waiting.set(id, (answer) => resolve(answer as T))
      stdin.write(`${JSON.stringify({ id, ask, call_id, frequency })}\n`)
    })
}

function askPhones(ask: Ask): Phones {
  return {
    rung: () => ask<string[]>('rung'),
    talks: (call_id) => ask<boolean>('talks', call_id),
    digits: (call_id) => ask<string>('digits', call_id),
    frequency: (call_id) => ask<number>('frequency', call_id),
    hearsTone: (call_id, frequency) => ask<boolean>('hearsTone', call_id, frequency),
    firstHeard: (number, frequency) => ask<number | null>('firstHeard', number, frequency),
    hears: (call_id) => ask<string[]>('hears', call_id),
  }
}

/** The callee says nothing when it is ready; the system knows. */
async function untilListening(within: string[]): Promise<void> {
  const [program = '', ...words] = [...within, 'cat', '/proc/net/udp']
  for (let looks = 0; looks < 200; looks++) {
    const udp = execFileSync(program, words, { encoding: 'utf8' })
    // 127.0.0.2:5080
    if (udp.includes('0200007F:13D8')) return
    await wait(25)
  }
  throw new Error('the callee did not start')
}
