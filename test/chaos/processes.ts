/** The processes that are killed: the real server in the role of a dialer, and the carrier. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { openSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'

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
  /** How often it ended by itself after it had been ready. */
  crashes(): number
  /** Ends it for good: asked first, then made to. */
  stop(): Promise<void>
}

/** A start that fails, because the database is away, is tried again after this. */
const startAgainMs = 200
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
      stdio: ['ignore', 'pipe', log],
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
      return child.kill('SIGKILL')
    },
    async pause(ms) {
      const paused = child
      paused.kill('SIGSTOP')
      await delay(ms)
      paused.kill('SIGCONT')
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
