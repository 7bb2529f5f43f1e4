/** One app per data folder: a session lock that the database itself drops when its holder dies, however it dies. */
import { setTimeout as delay } from 'node:timers/promises'
import type pg from 'pg'
import { isAlive } from './postmaster.ts'

/** The letters "outd"; any number does, as long as every Outdial takes the same. */
const FOLDER_LOCK = 0x6f757464

/** How long the server may need to notice that a killed holder's connection is gone. */
const GRACE_MS = 2_000

/** What a second app is told about the first; kept in the lock connection's application_name. */
export function nameHolder(port: number | null): string {
  return `outdial pid ${process.pid}${port === null ? '' : ` port ${port}`}`
}

/** Null when the lock is ours, otherwise who has it. */
export async function takeFolderLock(client: pg.Client): Promise<string | null> {
  const deadline = performance.now() + GRACE_MS
  for (;;) {
    const { rows } = await client.query<{ taken: boolean }>('select pg_try_advisory_lock($1) as taken', [FOLDER_LOCK])
    if (rows[0]?.taken) return null
    const holder = await findHolder(client)
    if (holder !== null && (isAlive(readPid(holder)) || performance.now() > deadline)) return holder
    await delay(10)
  }
}

async function findHolder(client: pg.Client): Promise<string | null> {
  const { rows } = await client.query<{ application_name: string }>(
    `select a.application_name
       from pg_locks l join pg_stat_activity a using (pid)
      where l.locktype = 'advisory' and l.granted and l.objid = $1 and l.classid = 0
        and l.database = (select oid from pg_database where datname = current_database())`,
    [FOLDER_LOCK],
  )
  return rows[0]?.application_name ?? null
}

function readPid(holder: string): number {
  return Number(/ pid (\d+)/.exec(holder)?.[1] ?? Number.NaN)
}
