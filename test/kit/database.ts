/** A database of its own for a test file: a clone of the migrated template, gone when the file is done. */
import { randomBytes } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import pg from 'pg'
import { openPool, type Pool } from '#store/database.ts'
import { deriveNumberKey } from '#store/secrets.ts'
import { findTestServer, pointAt } from './test-server.ts'

export interface TestDatabase {
  name: string
  url_owner: string
  /** May do anything: for arranging and for recounting behind the product's back. */
  owner: pg.Pool
  /** As the product connects: every connection is dropped to outdial_app. */
  app: Pool
  /** The same, for what stages by COPY. */
  copies: Pool
  close(): Promise<void>
}

/** Of an installation whose master key is 32 sevens, as the app's is. */
export const number_key = deriveNumberKey(Buffer.alloc(32, 7))

const SOURCE_BUSY = '55006'

let server: ReturnType<typeof findTestServer> | undefined

/** Clones the template; call it once per file (or per test that needs an empty database) and close it in `after`. */
export async function openTestDatabase(): Promise<TestDatabase> {
  server ??= findTestServer()
  const { url, template } = await server
  const name = `test_${process.pid}_${randomBytes(4).toString('hex')}`
  await clone(url, template, name)
  const url_owner = pointAt(url, name)
  const owner = new pg.Pool({ connectionString: url_owner, max: 8, allowExitOnIdle: true })
  owner.on('error', report)
  const app = openPool({ connectionString: url_owner }, { max: 16, onError: report, number_key })
  const copies = openPool({ connectionString: url_owner }, { max: 4, onError: report, copies: true, number_key })
  return {
    name,
    url_owner,
    owner,
    app,
    copies,
    async close() {
      await Promise.all([owner.end(), app.end(), copies.end()])
      await runAlone(url, `drop database if exists ${name} with (force)`)
    },
  }
}

/** An idle connection that breaks is worth a line; the test that meant it asserts on its own. */
function report(error: Error): void {
  console.error(`test database: ${error.message}`)
}

/** A template can't be copied while anything is connected to it, autovacuum included. */
async function clone(url: string, template: string, name: string): Promise<void> {
  const deadline = performance.now() + 30_000
  for (;;) {
    try {
      return await runAlone(url, `create database ${name} template ${template}`)
    } catch (error) {
      if ((error as { code?: string }).code !== SOURCE_BUSY || performance.now() > deadline) throw error
      await delay(20)
    }
  }
}

async function runAlone(url: string, sql: string): Promise<void> {
  const client = new pg.Client(url)
  await client.connect()
  try {
    await client.query(sql)
  } finally {
    await client.end()
  }
}
