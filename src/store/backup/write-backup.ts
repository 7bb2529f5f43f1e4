/** Writes a backup while the server goes on working: all tables as of one instant. */
import { createWriteStream } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import pg from 'pg'
import { to as copyTo } from 'pg-copy-streams'
import {
  END_OF_TABLE,
  type Footer,
  type Header,
  isSuperuser,
  listMigrations,
  listPartitions,
  listSections,
} from './layout.ts'

export type BackupReply = { ok: true; tables: number; rows: number } | { ok: false; refusal: string }

/** The file appears under its name only when it is whole, and only its owner may read it. */
export async function writeBackup(owner: pg.ClientConfig, file: string, now: Date): Promise<BackupReply> {
  const client = new pg.Client(owner)
  await client.connect()
  const unfinished = `${file}.${process.pid}`
  try {
    if (!(await isSuperuser(client))) {
      return { ok: false, refusal: 'this backup needs a superuser; for a database of your own use pg_dump as one' }
    }
    await client.query('begin isolation level repeatable read read only')
    const end = { tables: 0, rows: 0 }
    const lines = Readable.from(produce(client, now, end))
    await pipeline(lines, createGzip({ level: 3 }), createWriteStream(unfinished, { mode: 0o600, flush: true }))
    await rename(unfinished, file)
    return { ok: true, ...end }
  } finally {
    await rm(unfinished, { force: true })
    await client.end()
  }
}

async function* produce(client: pg.Client, now: Date, end: Footer['end']): AsyncGenerator<string | Buffer> {
  const header: Header = {
    outdial_backup: 1,
    made_at: now.toISOString(),
    migrations: await listMigrations(client),
    partitions: await listPartitions(client),
  }
  yield `${JSON.stringify(header)}\n`
  for (const section of await listSections(client)) {
    yield `${JSON.stringify(section)}\n`
    const rows = client.query(copyTo(`copy (select ${section.columns.join(', ')} from ${section.table}) to stdout`))
    for await (const chunk of rows) yield chunk as Buffer
    yield `${END_OF_TABLE}\n`
    end.tables += 1
    end.rows += rows.rowCount ?? 0
  }
  // Read last: a number drawn meanwhile is skipped, never given twice.
  const { rows: sequences } = await client.query<Footer['sequences'][number]>(
    `select format('%I', sequencename) as name, last_value::text from pg_sequences
      where schemaname = 'public' and last_value is not null`,
  )
  yield `${JSON.stringify({ end, sequences } satisfies Footer)}\n`
}
