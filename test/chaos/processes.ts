/** The processes that are killed: the real server in the role of a dialer, and the carrier. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { openSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { CrashPoint, Order } from './crash-points.ts'

const root = join(import.meta.dirname, '../..')

export interface Program {
  name: string
  script: string
  args?: string[]
  env?: Record<string, string>
  /** Working folder and log. */
  folder: string
  /** What it prints once it works. */
  ready: RegExp
}

/** A program that is started again whenever it ends, until it is stopped. */
export interface Kept {
  readonly name: string
  isReady(): boolean
  whenReady(): Promise<void>
  /** Ends it without a goodbye; it is started again at once. False when there was nothing to end. */
  kill(): boolean
  /** Stops its clockwork for a while, as a busy machine would. */
  pause(ms: number): Promise<void>
  /** Sets its clock wrong by this much, for a while. */
  misleadClock(ahead_ms: number, for_ms: number): Promise<void>
  /** Lets it die when it next comes to this point, and be started again at once; resolves when it has. */
  dieAt(point: CrashPoint): Promise<void>
  /** How often it ended by itself after it had been ready. */
  crashes(): number
  /** Ends it for good: asked first, then made to. */
  stop(): Promise<void>
}

/** A start that fails, because the database is away, is tried again after this. */
const startAgainMs = 200
/** Every dialer of a run comes to every point of a dial far sooner. */
const diesWithinMs = 60_000
/** A server that is asked to stop drains for up to a minute. */
const stopWithinMs = 70_000

export function keepProgram(program: Program): Kept {
  let child: ChildProcess
  let ready = false
  let crashes = 0
  let stopped = false
  const expected = new WeakSet<ChildProcess>()
  const waiting = new Set<() => void>()

  function start(): void {
    const log = openSync(join(program.folder, `${program.name}.log`), 'a')
    const started = spawn(process.execPath, [join(root, program.script), ...(program.args ?? [])], {
      cwd: program.folder,
      env: { PATH: process.env.PATH, NODE_COMPILE_CACHE: join(program.folder, 'compile-cache'), ...program.env },
      stdio: ['ignore', 'pipe', log, 'ipc'],
    })
    child = started
    started.stdout?.setEncoding('utf8').on('data', (text: string) => {
      if (child !== started || !program.ready.test(text)) return
      ready = true
      for (const resolve of waiting) resolve()
      waiting.clear()
    })
    started.once('exit', () => {
      const wasReady = ready
      ready = false
      if (!expected.has(started) && wasReady) crashes += 1
      if (stopped) return
      if (wasReady || expected.has(started)) start()
      else setTimeout(() => stopped || start(), startAgainMs)
    })
  }

  const tell = (to: ChildProcess, order: Order) => to.connected && to.send(order)

  start()
  return {
    name: program.name,
    isReady: () => ready,
    async whenReady() {
      if (!ready) await new Promise<void>((resolve) => waiting.add(resolve))
    },
    kill() {
      if (child.exitCode !== null || child.signalCode !== null) return false
      expected.add(child)
      // Before its end is heard of nobody else may pick it.
      ready = false
      return child.kill('SIGKILL')
    },
    async pause(ms) {
      const paused = child
      paused.kill('SIGSTOP')
      await delay(ms)
      paused.kill('SIGCONT')
    },
    async misleadClock(ahead_ms, for_ms) {
      const misled = child
      tell(misled, { clock_ahead_ms: ahead_ms })
      await delay(for_ms)
      tell(misled, { clock_ahead_ms: 0 })
    },
    async dieAt(point) {
      const dying = child
      expected.add(dying)
      const died = once(dying, 'exit', { signal: AbortSignal.timeout(diesWithinMs) }).catch((cause) => {
        throw new Error(`${program.name} never came to ${point}`, { cause })
      })
      tell(dying, { die_at: point })
      const [, signal] = await died
      if (signal !== 'SIGKILL') throw new Error(`${program.name} ended by itself on its way to ${point}`)
    },
    crashes: () => crashes,
    async stop() {
      stopped = true
      expected.add(child)
      if (child.exitCode !== null || child.signalCode !== null) return
      const ended = once(child, 'exit')
      child.kill('SIGTERM')
      const limit = setTimeout(() => child.kill('SIGKILL'), stopWithinMs)
      await ended
      clearTimeout(limit)
    },
  }
}

/** A port that was free a moment ago: a program that is started again must come back to the same one. */
export async function findFreePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (address === null || typeof address === 'string') throw new Error('a TCP server has no port')
  return address.port
}
