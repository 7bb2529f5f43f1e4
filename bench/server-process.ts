import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'

export interface ServerProcess {
  child: ChildProcess
  url: string
  /** From spawn to the `outdial ready` line. */
  ready_ms: number
  stop(): Promise<void>
}

/** Starts the server as `npm start` does once it is set up. */
export async function startServer(env: Record<string, string>): Promise<ServerProcess> {
  const started = performance.now()
  const port = env.OUTDIAL_PORT ?? String(await freePort())
  const child = spawn(process.execPath, [join(import.meta.dirname, '../src/main.ts')], {
    env: { ...process.env, ...env, OUTDIAL_PORT: port },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let said = ''
  const ready = Promise.withResolvers<void>()
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said += text
    if (said.includes('outdial ready')) ready.resolve()
  })
  child.once('exit', (code) => ready.reject(new Error(`the server ended with ${code}: ${said}`)))
  await ready.promise
  return {
    child,
    url: `http://127.0.0.1:${port}`,
    ready_ms: performance.now() - started,
    async stop() {
      const exited = once(child, 'exit')
      child.kill('SIGTERM')
      await exited
    },
  }
}

/** A port that was free a moment ago. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  server.close()
  await once(server, 'close')
  return port
}

/** Proportional set size of a process, in MB: shared pages are counted once over all who share them. */
export function readPss(pid: number): number {
  const text = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8')
  return Number(/^Pss:\s+(\d+)/m.exec(text)?.[1] ?? 0) / 1024
}
