/**
 * The store: every SQL statement of the product, and the one database, queue and truth behind it.
 * In come plain values and a transaction; out go rows. No rule about whom to call lives here, and no other room
 * imports `pg`.
 */
import pg from 'pg'

export type Pool = pg.Pool
export type ConnectionSettings = pg.ClientConfig

// Whole numbers that people see fit a double; sums and counts come as bigint text otherwise.
pg.types.setTypeParser(pg.types.builtins.INT8, Number)
// A date is a day in somebody's zone, not an instant.
pg.types.setTypeParser(pg.types.builtins.DATE, (text) => text)
// An array of dates, which pg's list of types leaves out.
pg.types.setTypeParser(1182 as never, (text: string) => (text === '{}' ? [] : text.slice(1, -1).split(',')))

export interface PoolOptions {
  max: number
  onError: (error: Error) => void
  /** Its connections can COPY, and so wait for each statement's answer before they send the next. */
  copies?: boolean
  /** For hashing numbers of erased people (secrets.ts); without it none of them is recognised. */
  number_key?: string
}

/**
 * What the product asks is looked up by index, the workspace first. Statistics lag behind a table that has just begun to
 * fill, and a plan made on them that scans it would be kept: so a scan is taken only where there is no index.
 */
const planning = '-c enable_seqscan=off -c plan_cache_mode=force_generic_plan'
/**
 * A process that froze inside a transaction holds its locks no longer than half a minute. A statement that takes five went
 * wrong: it is given up before it takes the machine from the calls.
 */
const patience = '-c idle_in_transaction_session_timeout=30000'
const longestStatement = '-c statement_timeout=300000'

/** Opens the pool of the running product: whoever logs in, every connection drops to `outdial_app` as it starts. */
export function openPool(settings: ConnectionSettings, options: PoolOptions): Pool {
  const pool = new pg.Pool({
    ...settings,
    max: options.max,
    pipeline: !options.copies,
    options: `-c role=outdial_app ${planning} ${patience} ${options.copies ? '' : longestStatement} ${keySetting(options)}`,
    application_name: 'outdial',
    connectionTimeoutMillis: 10_000,
    keepAlive: true,
  })
  pool.on('error', options.onError)
  // The pool listens to idle connections only; one that breaks while it is lent out would end the process.
  pool.on('connect', (client) => client.on('error', options.onError))
  return pool
}

/** With the start of the connection, and so in no statement that could be logged. */
function keySetting({ number_key }: PoolOptions): string {
  if (number_key === undefined) return ''
  if (!/^[0-9a-f]{256}$/.test(number_key)) throw new Error('the number key is none')
  return `-c app.number_key=${number_key}`
}

/**
 * A connection of its own, outside the pool: to listen, or to hold a lock for as long as the process lives. Drops to the
 * app's role unless `role` says otherwise; null stays what it logged in as, for work on the schema.
 */
export async function openConnection(
  settings: ConnectionSettings,
  onError: (error: Error) => void,
  role: string | null = 'outdial_app',
): Promise<pg.Client> {
  const client = new pg.Client({
    ...settings,
    ...(role === null ? {} : { options: `-c role=${role}` }),
    application_name: 'outdial',
    keepAlive: true,
  })
  client.on('error', onError)
  await client.connect()
  return client
}

/** Refuses to run under a role that row-level security does not bind. */
export async function refusePrivilegedRole(pool: Pool): Promise<void> {
  const { rows } = await pool.query<{ role: string; privileged: boolean; owns: number }>(
    `select current_user as role, (r.rolsuper or r.rolbypassrls) as privileged,
            (select count(*)::int from pg_class c where c.relowner = r.oid and c.relkind in ('r', 'p')
               and c.relnamespace = 'public'::regnamespace) as owns
     from pg_roles r where r.rolname = current_user`,
  )
  const row = rows[0]
  if (!row || row.privileged || row.owns > 0) {
    throw new Error(
      `the database role "${row?.role}" is a superuser, bypasses row-level security or owns tables: ` +
        'tenants would not be kept apart, so the server does not start. Connect as a login that may become outdial_app.',
    )
  }
}

/**
 * Whether an error may be gone at the next try: a lost connection, a deadlock, a full disk. What the database says of the
 * statement or its values (classes 22, 23, 42 of SQLSTATE) and our own mistakes stay.
 */
export function isPassing(error: Error): boolean {
  const code = (error as Error & { code?: string }).code
  // pg's own errors about a connection have no code.
  if (code === undefined) return /connection|terminated|timeout/i.test(error.message)
  return !/^(22|23|42)[0-9A-Z]{3}$/.test(code)
}
