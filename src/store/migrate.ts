import { readdir, readFile } from 'node:fs/promises'
import pg from 'pg'
import { ensurePartitions } from './partitions.ts'

const migrationsFolder = new URL('./migrations/', import.meta.url)
/** Any fixed number: the lock under which two servers starting at once migrate one after the other. */
const migrationLock = 7_305_441

/**
 * Brings the schema up to date as its owner: numbered files, forward only, each in a transaction of its own,
 * refused when a file that ran before has changed since. Then makes the partitions of the months ahead.
 */
export async function migrate(owner: pg.ClientConfig, log: (line: string) => void = () => {}): Promise<void> {
  const client = new pg.Client(owner)
  await client.connect()
  try {
    await client.query('select pg_advisory_lock($1)', [migrationLock])
    await client.query(
      'create table if not exists schema_migrations (name text primary key, checksum text not null, ran_at timestamptz not null default now())',
    )
    const { rows } = await client.query<{ name: string; checksum: string }>(
      'select name, checksum from schema_migrations',
    )
    const ran = new Map(rows.map((row) => [row.name, row.checksum]))
    for (const migration of await readMigrations()) {
      const before = ran.get(migration.name)
      if (before === undefined) {
        await runMigration(client, migration)
        log(`migrated ${migration.name}`)
      } else if (before !== migration.checksum) {
        throw new Error(`${migration.name} has changed since it ran on this database; migrations are forward only`)
      }
      ran.delete(migration.name)
    }
    if (ran.size > 0)
      throw new Error(`this database is newer than this program: it has run ${[...ran.keys()].join(', ')}`)
    await ensurePartitions(client, new Date())
  } finally {
    await client.end()
  }
}

interface Migration {
  name: string
  checksum: string
  sql: string
}

async function readMigrations(): Promise<Migration[]> {
  const names = (await readdir(migrationsFolder)).filter((name) => name.endsWith('.sql')).sort()
  return Promise.all(
    names.map(async (name) => {
      const sql = await readFile(new URL(name, migrationsFolder), 'utf8')
      return { name, sql, checksum: await sha256(sql) }
    }),
  )
}

async function sha256(text: string): Promise<string> {
  return Buffer.from(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))).toString('hex')
}

async function runMigration(client: pg.Client, migration: Migration): Promise<void> {
  await client.query('begin')
  try {
    await client.query(migration.sql)
    await client.query('insert into schema_migrations (name, checksum) values ($1, $2)', [
      migration.name,
      migration.checksum,
    ])
    await client.query('commit')
  } catch (error) {
    await client.query('rollback')
    throw new Error(`migration ${migration.name} failed`, { cause: error })
  }
}
