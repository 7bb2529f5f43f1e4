/** Reads a backup into an empty database, in one transaction: the whole of it or nothing. */
import { once } from 'node:events'
import { createReadStream } from 'node:fs'
import { createGunzip } from 'node:zlib'
import pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import { migrate } from '../migrate.ts'
import {
  END_OF_TABLE,
  type Footer,
  type Header,
  isSuperuser,
  listMigrations,
  listPartitions,
  listSections,
  type Section,
} from './layout.ts'
import { type LineCursor, openLineCursor } from './line-cursor.ts'

export type RestoreReply = { ok: true; tables: number; rows: number } | { ok: false; refusal: string }

const BATCH_CHARACTERS = 64 * 1024

/** Brings the schema first, so an empty server is enough. A file that is cut short or damaged throws, and changes nothing. */
export async function restoreBackup(owner: pg.ClientConfig, file: string): Promise<RestoreReply> {
  await migrate(owner)
  const client = new pg.Client(owner)
  await client.connect()
  const source = createReadStream(file)
  const unzipped = source.pipe(createGunzip())
  source.on('error', (error) => unzipped.destroy(error))
  try {
    return await read(client, openLineCursor(unzipped))
  } finally {
    source.destroy()
    unzipped.destroy()
    await client.end() // and with it a transaction that was not committed
  }
}

async function read(client: pg.Client, lines: LineCursor): Promise<RestoreReply> {
  const header = JSON.parse((await lines.next()) ?? '{}') as Partial<Header>
  if (header.outdial_backup !== 1) return { ok: false, refusal: 'this is no backup that this version reads' }
  const { partitions = [], migrations = [] } = header
  const refusal = await findRefusal(client, migrations)
  if (refusal !== null) return { ok: false, refusal }
  await client.query('begin')
  // Foreign keys and triggers held when the rows were written; checking again would count and number them twice.
  await client.query('set local session_replication_role = replica')
  const present = new Set((await listPartitions(client)).map(({ name }) => name))
  for (const { name, parent, bound } of partitions.filter((partition) => !present.has(partition.name))) {
    await client.query(`create table ${name} partition of ${parent} ${bound}`)
  }
  const loaded = await loadTables(client, lines)
  await client.query('commit')
  return { ok: true, ...loaded }
}

async function findRefusal(client: pg.Client, migrations: string[]): Promise<string | null> {
  if (!(await isSuperuser(client)))
    return 'restoring needs a superuser; into a database of your own use pg_restore as one'
  if (migrations.join() !== (await listMigrations(client)).join()) {
    return 'this backup was made by another version: restore it with that version, then start this one'
  }
  const { rows } = await client.query<{ used: boolean }>('select exists (select from workspaces) as used')
  return rows[0]?.used ? 'this database is in use: restore into an empty data folder' : null
}

async function loadTables(client: pg.Client, lines: LineCursor): Promise<Footer['end']> {
  const known = new Set((await listSections(client)).map(({ table }) => table))
  await client.query(`truncate ${[...known].join(', ')}`) // rows that migrations put there are in the backup too
  const loaded = { tables: 0, rows: 0 }
  for (;;) {
    const line = await lines.next()
    if (line === null) throw new Error('the backup is cut short')
    const part = JSON.parse(line) as Section | Footer
    if ('end' in part) {
      if (part.end.tables !== loaded.tables || part.end.rows !== loaded.rows) throw new Error('the backup lacks rows')
      for (const { name, last_value } of part.sequences) await client.query('select setval($1, $2)', [name, last_value])
      return loaded
    }
    if (!known.has(part.table)) throw new Error(`the backup holds a table ${part.table} that this version has not`)
    loaded.rows += await loadRows(client, part, lines)
    loaded.tables += 1
  }
}

async function loadRows(client: pg.Client, { table, columns }: Section, lines: LineCursor): Promise<number> {
  const copy = client.query(copyFrom(`copy ${table} (${columns.join(', ')}) from stdin`))
  let failure: Error | null = null
  copy.on('error', (error) => {
    failure = error
  })
  let batch = ''
  for (let line = await lines.next(); line !== END_OF_TABLE; line = await lines.next()) {
    if (line === null) throw new Error('the backup is cut short')
    batch += `${line}\n`
    if (batch.length < BATCH_CHARACTERS) continue
    if (!copy.write(batch) && failure === null) await once(copy, 'drain')
    batch = ''
  }
  copy.end(batch)
  if (failure === null) await once(copy, 'finish')
  if (failure !== null) throw failure
  return copy.rowCount
}
