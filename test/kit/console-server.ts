/** A server of one's own with its console, and whoever looks at it in a browser. */
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, BrowserContextOptions } from 'playwright-core'
import { openBrowser, openVisitor, signIn, type Visitor } from './console.ts'
import { openTestDatabase } from './database.ts'
import { freePort, type ServerProcess, startServer } from './server-process.ts'

export interface ConsoleServer {
  url: string
  /** The owner's API key. */
  key: string
  data_dir: string
  browser: Browser
  db: Awaited<ReturnType<typeof openTestDatabase>>
  /** The body of an answer of the API, as the owner or whoever has `key`. */
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape.
  ask(method: string, path: string, body?: object, key?: string): Promise<any>
  /** A file of the API, or the answer to one that is sent: as CSV. */
  file(path: string, sent?: string): Promise<string>
  /** Somebody new, signed in as the owner. */
  signIn(options?: BrowserContextOptions): Promise<Visitor>
  /** Somebody new, by a link that lets them in. */
  visit(link: string): Promise<Visitor>
  stop(): Promise<void>
  /** At the same address as before. */
  startAgain(): Promise<void>
  close(): Promise<void>
}

/** Calls are played sixty times faster than life, and there is no demo, unless `env` says otherwise. */
export async function openConsole(env: Record<string, string> = {}): Promise<ConsoleServer> {
  const folder = mkdtempSync(join(tmpdir(), 'outdial-console-'))
  chmodSync(folder, 0o711)
  const db = await openTestDatabase()
  const settings = {
    ...{ OUTDIAL_PORT: String(await freePort()), DATABASE_URL: db.url_owner, OUTDIAL_DATA_DIR: join(folder, 'data') },
    ...{ OUTDIAL_DEMO: '0', OUTDIAL_SIM_SPEED: '60', ...env },
  }
  const browser = await openBrowser()
  let server: ServerProcess = await startServer(settings)
  const { url } = server
  const owner = readFileSync(join(folder, 'data/owner-api-key'), 'utf8').trim()
  return {
    ...{ url, key: owner, data_dir: join(folder, 'data'), browser, db },
    async ask(method, path, body, key = owner) {
      const headers = { authorization: `Bearer ${key}`, ...(body && { 'content-type': 'application/json' }) }
      const sent = body && { body: JSON.stringify(body) }
      return (await fetch(`${url}/api/v1${path}`, { method, headers, ...sent })).json()
    },
    async file(path, sent) {
      const headers = { authorization: `Bearer ${owner}`, ...(sent !== undefined && { 'content-type': 'text/csv' }) }
      const asked = sent === undefined ? { headers } : { method: 'POST', headers, body: sent }
      return (await fetch(`${url}/api/v1${path}`, asked)).text()
    },
    signIn: (options) => signIn(browser, { url, key: owner }, options),
    visit: (link) => openVisitor(browser, link),
    stop: async () => {
      await server.stop()
    },
    async startAgain() {
      server = await startServer(settings)
    },
    async close() {
      await browser.close()
      await server.kill()
      await db.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
