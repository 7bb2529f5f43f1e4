/**
 * The PostgreSQL that tests run on: the one named by OUTDIAL_TEST_DATABASE_URL, or an embedded one in a temporary
 * folder that is gone with the process. It holds a migrated template, which every test file clones.
 */
import { createHash } from 'node:crypto'
import { chmodSync, globSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { isAlive, readPidFile, signal } from '#store/embedded/postmaster.ts'
import { openEmbedded } from '#store/embedded.ts'
import { migrate } from '#store/migrate.ts'

export interface TestServer {
  /** The owner's address of the database `postgres`, for making and dropping others. */
  url: string
  template: string
}

const FOLDER_PREFIX = 'outdial-test-'
const TEMPLATE_LOCK = 0x74656d70 // "temp"

/** Uses what the test run has started, when a run has; a file run by hand starts its own. */
export async function findTestServer(): Promise<TestServer> {
  const started = process.env.OUTDIAL_TEST_PG
  return started === undefined ? await startTestServer() : (JSON.parse(started) as TestServer)
}

/** Starts the server and makes the template; the server ends with this process. */
export async function startTestServer(): Promise<TestServer> {
  const url = pointAt(process.env.OUTDIAL_TEST_DATABASE_URL ?? (await startEmbedded()), 'postgres')
  return { url, template: await ensureTemplate(url) }
}

async function startEmbedded(): Promise<string> {
  removeLeftovers()
  const folder = mkdtempSync(join(tmpdir(), `${FOLDER_PREFIX}${process.pid}-`))
  chmodSync(folder, 0o711) // under root PostgreSQL is another user, who has to pass
  const reply = await openEmbedded(folder, { durable: false, background: true })
  if (!reply.ok) throw new Error(reply.refusal)
  const { embedded } = reply
  process.on('exit', () => discard(folder, embedded.pid()))
  return embedded.ownerUrl
}

/** At once and without a checkpoint: nobody will read this data again. */
function discard(folder: string, pid: number): void {
  signal(pid, 'SIGKILL')
  rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 10 })
}

/** A run that was itself killed leaves its server and folder to the next. */
function removeLeftovers(): void {
  for (const name of readdirSync(tmpdir())) {
    const maker = Number(/^outdial-test-(\d+)-/.exec(name)?.[1] ?? Number.NaN)
    const folder = join(tmpdir(), name)
    if (Number.isNaN(maker) || isAlive(maker) || statSync(folder).uid !== process.getuid?.()) continue
    discard(folder, readPidFile(join(folder, 'postgres'))?.pid ?? 0)
  }
}

/** The same address with another database. */
export function pointAt(url: string, database: string): string {
  const pointed = new URL(url)
  pointed.pathname = `/${database}`
  return pointed.href
}

/** Named by what made it, so that a changed schema never meets an old template on a server that lives on. */
async function ensureTemplate(url: string): Promise<string> {
  const name = `outdial_template_${hashSchema()}`
  const client = new pg.Client(url)
  await client.connect()
  try {
    await client.query('select pg_advisory_lock($1)', [TEMPLATE_LOCK])
    const { rowCount } = await client.query('select from pg_database where datname = $1', [name])
    if (rowCount !== 0) return name
    const making = `${name}_making`
    await client.query(`drop database if exists ${making} with (force)`)
    await client.query(`create database ${making} template template0`)
    await migrate({ connectionString: pointAt(url, making) })
    await client.query(`alter database ${making} rename to ${name}`)
    return name
  } finally {
    await client.end()
  }
}

function hashSchema(): string {
  const store = join(import.meta.dirname, '../../src/store')
  const hash = createHash('sha256').update(new Date().toISOString().slice(0, 7)) // partitions are made by month
  for (const file of globSync(['migrations/*.sql', 'migrate.ts', 'partitions.ts'], { cwd: store }).sort()) {
    hash.update(file).update(readFileSync(join(store, file)))
  }
  return hash.digest('hex').slice(0, 12)
}
