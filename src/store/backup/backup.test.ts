import assert from 'node:assert/strict'
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { gunzipSync, gzipSync } from 'node:zlib'
import pg from 'pg'
import { type Embedded, openEmbedded } from '../embedded.ts'
import { migrate } from '../migrate.ts'
import { restoreBackup } from './restore-backup.ts'
import { writeBackup } from './write-backup.ts'

const folder = mkdtempSync(join(tmpdir(), 'outdial backup '))
chmodSync(folder, 0o711)
const file = join(folder, 'backup.gz')
const NOW = new Date('2026-11-20T10:00:00.000Z')
const WORKSPACE = '01930000-0000-7000-8000-000000000001'
const AWKWARD = 'tab\t, line\nfeed, \\. alone, \u2028, \r and é '

let embedded: Embedded
let source: pg.Client

before(async () => {
  // A server of its own: a backup needs a superuser, which the one that tests are given may not be.
  const reply = await openEmbedded(folder, { durable: false })
  assert.ok(reply.ok)
  embedded = reply.embedded
  await migrate(embedded.ownerConnection)
  source = new pg.Client(embedded.ownerConnection)
  await source.connect()
  await source.query(
    `insert into workspaces (id, name, country, time_zone, created_at, updated_at) values ($1, $2, 'US', 'UTC', $3, $3)`,
    [WORKSPACE, AWKWARD, NOW],
  )
  await source.query(
    `insert into live_outbox (workspace_id, type, data, at)
     select $1, $2 || n, '{}', $3 from generate_series(1, 5000) n`,
    [WORKSPACE, AWKWARD, NOW],
  )
  // A month that no migration of today makes any more.
  await source.query(
    `create table calls_2001_01 partition of calls
     for values from ('00e3a8b0-0000-0000-0000-000000000000') to ('00e44856-0000-0000-0000-000000000000')`,
  )
  await source.query(
    `insert into calls (workspace_id, id, number, owner_user_id, trunk_id, provider, initiated_at)
     values ($1, '00e3b000-0000-7000-8000-000000000001', 1, $1, $1, 'simulator', $2)`,
    [WORKSPACE, NOW],
  )
})

after(async () => {
  await source.end()
  await embedded.stop()
  rmSync(folder, { recursive: true })
})

/** An empty database beside the first. */
async function makeEmpty(name: string): Promise<pg.ClientConfig> {
  await source.query(`create database ${name}`)
  return { ...embedded.ownerConnection, database: name }
}

async function read(connection: pg.ClientConfig, sql: string): Promise<unknown[]> {
  const client = new pg.Client(connection)
  await client.connect()
  try {
    return (await client.query({ text: sql, rowMode: 'array' })).rows
  } finally {
    await client.end()
  }
}

const EVERYTHING = `
  select name from workspaces
  union all select id || type from live_outbox
  union all select tableoid::regclass || id::text from calls order by 1`

test('what was backed up is restored, to the last awkward character', async () => {
  const written = await writeBackup(embedded.ownerConnection, file, NOW)
  assert.ok(written.ok)
  assert.equal(statSync(file).mode & 0o777, 0o600)
  const empty = await makeEmpty('restored')
  const restored = await restoreBackup(empty, file)
  assert.deepEqual(restored, written)
  assert.ok(written.rows > 5001)
  assert.deepEqual(await read(empty, EVERYTHING), await read(embedded.ownerConnection, EVERYTHING))
})

test('numbers that were given are not given again after a restore', async () => {
  const next = `insert into live_outbox (workspace_id, type, data, at) values ('${WORKSPACE}', 'x', '{}', now()) returning id::int`
  assert.deepEqual(await read({ ...embedded.ownerConnection, database: 'restored' }, next), [[5001]])
})

test('a database in use is not overwritten', async () => {
  const reply = await restoreBackup(embedded.ownerConnection, file)
  assert.match(reply.ok ? '' : reply.refusal, /in use/)
})

test('a backup cut short, or lacking a row, changes nothing', async () => {
  const empty = await makeEmpty('untouched')
  const lines = gunzipSync(readFileSync(file)).toString().split('\n')
  const damaged = join(folder, 'damaged.gz')
  const lacking = lines.filter((line) => !line.includes('é 77\t'))
  assert.equal(lacking.length, lines.length - 1)
  for (const part of [lines.slice(0, -2), lines.slice(0, lines.length / 2), lacking]) {
    writeFileSync(damaged, gzipSync(part.join('\n')))
    await assert.rejects(restoreBackup(empty, damaged), /cut short|lacks rows/)
  }
  writeFileSync(damaged, readFileSync(file).subarray(0, 2000))
  await assert.rejects(restoreBackup(empty, damaged))
  assert.deepEqual(await read(empty, 'select count(*)::int from workspaces'), [[0]])
})

test('a backup of another version is refused', async () => {
  const other = join(folder, 'other.gz')
  const text = gunzipSync(readFileSync(file)).toString()
  writeFileSync(other, gzipSync(text.replace('0001_create_roles.sql', '0001_create_ropes.sql')))
  const reply = await restoreBackup({ ...embedded.ownerConnection, database: 'untouched' }, other)
  assert.match(reply.ok ? '' : reply.refusal, /another version/)
})

test('a role to which row-level security shows nothing can not make an empty backup', async () => {
  const asApp = { ...embedded.ownerConnection, options: '-c role=outdial_app' }
  const reply = await writeBackup(asApp, join(folder, 'empty.gz'), NOW)
  assert.match(reply.ok ? '' : reply.refusal, /superuser/)
  assert.deepEqual(
    readdirSync(folder).filter((name) => name.startsWith('empty')),
    [],
  )
})
