import { type ConnectionSettings, openConnection, openPool, type Pool, refusePrivilegedRole } from './database.ts'
import { type Embedded, openEmbedded } from './embedded.ts'
import { refuseForeignNumberKey } from './erased-numbers.ts'
import { migrate } from './migrate.ts'
import { ensurePartitions } from './partitions.ts'

export interface DatabaseOptions {
  /** Null: the embedded PostgreSQL of the data folder. */
  database: { url: string; owner_url: string } | null
  data_dir: string
  port: number
  /** Connections of the pool. */
  connections: number
  /** Asked once the data folder is there (secrets.ts). */
  readNumberKey: () => string
  log: (line: string) => void
  onError: (error: Error) => void
  onLost: (reason: string) => void
}

export interface Database {
  pool: Pool
  /** For what stages by COPY. */
  copy_pool: Pool
  /** For connections of their own: listening, holding a lock. */
  settings: ConnectionSettings
  /** Holds a named lock for as long as this process lives; false when another process has it. */
  takeLock(name: string): Promise<boolean>
  close(): Promise<void>
}

export type DatabaseReply = { ok: true; database: Database } | { ok: false; refusal: string }

const day = 24 * 3_600_000
/** Imports and previews running at once wait for one another beyond this. */
const copyConnections = 6

/** Opens the database, migrated and ready, with every connection dropped to the app's role. */
export async function openDatabase(options: DatabaseOptions): Promise<DatabaseReply> {
  const embedded = options.database === null ? await openEmbedded(options.data_dir, options) : null
  if (embedded !== null && !embedded.ok) return embedded
  const server: Embedded | null = embedded?.embedded ?? null
  const owner = server?.ownerConnection ?? { connectionString: options.database?.owner_url as string }
  const settings = server?.appConnection ?? { connectionString: options.database?.url as string }
  await migrate(owner, options.log)
  let closing = false
  // A server that is told to stop cuts what is still hanging up; that is no news.
  const onError = (error: Error) => {
    if (!closing) options.onError(error)
  }
  const number_key = options.readNumberKey()
  const pool = openPool(settings, { max: options.connections, onError, number_key })
  const copy_pool = openPool(settings, { max: copyConnections, onError, copies: true, number_key })
  await refusePrivilegedRole(pool)
  await refuseForeignNumberKey(pool)
  // A server that runs for months still finds its partitions made.
  const daily = setInterval(() => makePartitions(owner, onError).catch(onError), day)
  daily.unref()
  const holders: Awaited<ReturnType<typeof openConnection>>[] = []
  return {
    ok: true,
    database: {
      pool,
      copy_pool,
      settings,
      async takeLock(name) {
        const holder = await openConnection(settings, onError)
        const { rows } = await holder.query<{ taken: boolean }>(
          'select pg_try_advisory_lock(hashtextextended($1, 0)) as taken',
          [name],
        )
        if (rows[0]?.taken) holders.push(holder)
        else await holder.end()
        return rows[0]?.taken ?? false
      },
      async close() {
        closing = true
        clearInterval(daily)
        await Promise.all(holders.map((holder) => holder.end()))
        await Promise.all([pool.end(), copy_pool.end()])
        await server?.stop()
      },
    },
  }
}

async function makePartitions(owner: ConnectionSettings, onError: (error: Error) => void): Promise<void> {
  const client = await openConnection(owner, onError, null)
  try {
    await ensurePartitions(client, new Date())
  } finally {
    await client.end()
  }
}
