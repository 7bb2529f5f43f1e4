import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { join } from 'node:path'

export interface ServerProcess {
  child: ChildProcess
  url: string
  /** Everything it printed so far. */
  said(): string
  /** Resolves once it has printed this. */
  saying(words: string): Promise<void>
  /** SIGTERM, and the code it ends with. */
  stop(): Promise<number | null>
  /** SIGKILL: it has no say in it. */
  kill(): Promise<void>
}

const compileCache = join(import.meta.dirname, '../../node_modules/.cache/node')

/** Starts the server as `npm start` does once it is set up. */
export async function startServer(env: Record<string, string>): Promise<ServerProcess> {
  const port = env.OUTDIAL_PORT ?? String(await freePort())
  // Flag and cache as npm's start script has them.
  const child = spawn(process.execPath, ['--max-semi-space-size=8', join(import.meta.dirname, '../../src/main.ts')], {
    env: { NODE_COMPILE_CACHE: compileCache, ...process.env, ...env, OUTDIAL_PORT: port },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const exited = once(child, 'exit') as Promise<[number | null]>
  let output = ''
  const listeners = new Set<() => void>()
  for (const said of [child.stdout, child.stderr]) {
    said.setEncoding('utf8').on('data', (text: string) => {
      output += text
      for (const listener of listeners) listener()
    })
  }
  const saying = (words: string) =>
    new Promise<void>((resolve, reject) => {
      const look = () => {
        if (!output.includes(words)) return
        listeners.delete(look)
        resolve()
      }
      listeners.add(look)
      look()
      exited.then(([code]) => reject(new Error(`the server ended with ${code} before it said "${words}": ${output}`)))
    })
  await saying('outdial ready')
  return {
    child,
    url: `http://127.0.0.1:${port}`,
    said: () => output,
    saying,
    async stop() {
      // Twice, as when npm hands on what the whole group was told.
      child.kill('SIGTERM')
      child.kill('SIGTERM')
      return (await exited)[0]
    },
    async kill() {
      child.kill('SIGKILL')
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
