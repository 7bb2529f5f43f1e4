import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, chownSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { after, test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import pg from 'pg'
import { canReach } from './embedded/server-user.ts'
import { type Embedded, openEmbedded } from './embedded.ts'

const isRoot = process.getuid?.() === 0
const NOBODY = { uid: 65_534, gid: 65_534, differs: true }

const root = mkdtempSync(join(tmpdir(), 'outdial embedded '))
chmodSync(root, 0o711) // PostgreSQL's own user has to pass through
const opened: Embedded[] = []
after(async () => {
  for (const embedded of opened) await embedded.stop() // those of tests that failed half-way
  rmSync(root, { recursive: true, force: true })
})

const shared = join(root, 'a folder', 'data')

async function open(dataDir: string): Promise<Embedded> {
  const reply = await openEmbedded(dataDir, { port: 3000 })
  assert.ok(reply.ok, reply.ok ? '' : reply.refusal)
  opened.push(reply.embedded)
  return reply.embedded
}

async function refusalOf(dataDir: string): Promise<string> {
  const reply = await openEmbedded(dataDir)
  if (reply.ok) await reply.embedded.stop()
  assert.ok(!reply.ok)
  return reply.refusal
}

async function query(connection: pg.ClientConfig | string, sql: string): Promise<unknown[]> {
  const client = new pg.Client(connection)
  client.on('error', () => {})
  await client.connect()
  try {
    return (await client.query({ text: sql, rowMode: 'array' })).rows.flat()
  } finally {
    await client.end()
  }
}

/** A server that is coming back refuses for some milliseconds. */
async function queryWhenBack(connection: pg.ClientConfig, sql: string): Promise<unknown[]> {
  for (const deadline = performance.now() + 10_000; ; await delay(5)) {
    try {
      return await query(connection, sql)
    } catch (error) {
      if (performance.now() > deadline) throw error
    }
  }
}

const OPENER = `
  import { openEmbedded } from ${JSON.stringify(new URL('./embedded.ts', import.meta.url).href)}
  const reply = await openEmbedded(process.argv[1], { port: 4000 })
  console.log(JSON.stringify(reply.ok ? { ok: true, pid: reply.embedded.pid() } : reply))
  if (process.argv[2] === 'stop') await reply.embedded?.stop()
`

/** Another app, in a process of its own. */
function spawnApp(dataDir: string, what: 'hold' | 'stop', as: { uid?: number; gid?: number } = {}) {
  const flags = ['--input-type=module-typescript', '--eval', OPENER, dataDir, what]
  return spawn(process.execPath, flags, { ...as, cwd: '/', stdio: ['ignore', 'pipe', 'inherit'] })
}

async function readReply(app: ReturnType<typeof spawnApp>): Promise<{ ok: boolean; refusal?: string; pid?: number }> {
  const [line] = await once(app.stdout, 'data')
  return JSON.parse(String(line))
}

test('what was stored is there after a stop and a second start, in a path with spaces', async () => {
  const first = await open(shared)
  assert.equal(first.adopted, false)
  await query(first.ownerConnection, 'create table kept as select 7 as n')
  assert.deepEqual(await query(first.ownerUrl, 'select n from kept'), [7])
  await first.stop()
  await assert.rejects(query(first.ownerConnection, 'select 1'))
  const second = await open(shared)
  assert.deepEqual(await query(second.ownerConnection, 'select n from kept'), [7])
  await second.stop()
})

test('the app is neither owner nor superuser, commits reach the disk, and nothing listens on TCP', async () => {
  const embedded = await open(shared)
  const roles = `select rolname, rolsuper, rolbypassrls from pg_roles where rolname = current_user`
  assert.deepEqual(await query(embedded.appConnection, roles), ['outdial_app', false, false])
  await assert.rejects(query(embedded.appConnection, 'select n from kept'), /permission denied/)
  const settings = `select setting from pg_settings where name in ('fsync', 'listen_addresses', 'synchronous_commit') order by name`
  assert.deepEqual(await query(embedded.appConnection, settings), ['on', '', 'on'])
  await embedded.stop()
})

test('a second app in the folder is refused and told who has it', async () => {
  const embedded = await open(shared)
  assert.match(await refusalOf(shared), new RegExp(`outdial pid ${process.pid} port 3000`))
  assert.deepEqual(await query(embedded.ownerConnection, 'select n from kept'), [7])
  await embedded.stop()
})

test('a killed server is started again under the app, and the folder stays locked', async () => {
  const embedded = await open(shared)
  const before = embedded.pid()
  process.kill(before, 'SIGKILL')
  assert.deepEqual(await queryWhenBack(embedded.ownerConnection, 'select n from kept'), [7])
  const held = `select count(*)::int from pg_locks where locktype = 'advisory' and granted`
  while ((await queryWhenBack(embedded.ownerConnection, held))[0] === 0) await delay(5)
  assert.notEqual(embedded.pid(), before)
  await embedded.stop()
})

test('the server of a killed app is taken over', async () => {
  const app = spawnApp(shared, 'hold')
  const { pid } = await readReply(app)
  app.kill('SIGKILL')
  await once(app, 'exit')
  const embedded = await open(shared)
  assert.equal(embedded.adopted, true)
  assert.equal(embedded.pid(), pid)
  await embedded.stop()
})

test('app and server killed together start again', async () => {
  const app = spawnApp(shared, 'hold')
  const { pid } = await readReply(app)
  app.kill('SIGKILL')
  process.kill(pid ?? 0, 'SIGKILL')
  await once(app, 'exit')
  const embedded = await open(shared)
  assert.equal(embedded.adopted, false)
  assert.deepEqual(await query(embedded.ownerConnection, 'select n from kept'), [7])
  await embedded.stop()
})

test("a postmaster.pid left behind, whose number is somebody else's by now, is cleared away", async () => {
  const embedded = await open(shared)
  const pidFile = join(embedded.folder, 'postmaster.pid')
  const lines = readFileSync(pidFile, 'utf8').split('\n')
  await embedded.stop()
  writeFileSync(pidFile, [process.pid, ...lines.slice(1)].join('\n'))
  if (isRoot) chownSync(pidFile, NOBODY.uid, NOBODY.gid)
  await (await open(shared)).stop()
})

test('a folder made by another major version is refused, unharmed', async () => {
  const versionFile = join(shared, 'postgres', 'PG_VERSION')
  const version = readFileSync(versionFile)
  writeFileSync(versionFile, '15\n')
  assert.match(await refusalOf(shared), /made by PostgreSQL 15/)
  writeFileSync(versionFile, version)
  await (await open(shared)).stop()
})

test('a path too long for a socket, or with a comma, gets a short folder that is found again', async () => {
  const long = join(root, 'comma, and'.padEnd(100, '-'), 'data')
  const first = await open(long)
  const host = String(first.ownerConnection.host)
  assert.ok(Buffer.byteLength(host) <= 93 && !host.includes(','), host)
  await first.stop()
  const second = await open(long)
  assert.equal(second.ownerConnection.host, host)
  await second.stop()
  rmSync(host, { recursive: true })
})

test("a folder that PostgreSQL's user can't enter has its database elsewhere, until the folder goes", {
  skip: !isRoot && 'only root runs it as another user',
}, async () => {
  const closed = join(root, 'closed')
  mkdirSync(closed, { mode: 0o700 })
  const notes: string[] = []
  const reply = await openEmbedded(join(closed, 'data'), { log: (line) => notes.push(line) })
  assert.ok(reply.ok)
  const base = dirname(reply.embedded.folder)
  assert.ok(!base.startsWith(root) && notes.some((note) => note.includes(base)))
  await reply.embedded.stop()
  const again = await open(join(closed, 'data'))
  assert.equal(dirname(again.folder), base)
  await again.stop()
  rmSync(base, { recursive: true })
})

const canLend = isRoot && canReach(process.execPath, NOBODY) && canReach(import.meta.dirname, NOBODY)

test('an ordinary user runs it too', {
  skip: !canLend && 'needs root and a checkout that others can enter',
}, async () => {
  const own = join(root, 'own')
  mkdirSync(own)
  chownSync(own, NOBODY.uid, NOBODY.gid)
  const app = spawnApp(join(own, 'data'), 'stop', { uid: NOBODY.uid, gid: NOBODY.gid })
  assert.equal((await readReply(app)).ok, true)
  await once(app, 'exit')
})

test('a user without a name is told what to do', { skip: !canLend && 'needs root and an open checkout' }, async () => {
  const app = spawnApp(join(root, 'nameless'), 'stop', { uid: 54_321, gid: 54_321 })
  assert.match((await readReply(app)).refusal ?? '', /DATABASE_URL/)
})
