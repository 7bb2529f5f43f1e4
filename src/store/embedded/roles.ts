/** The one database of a data folder and the two roles that use it. */
import pg from 'pg'

export const DATABASE = 'outdial'
/** Owns everything; only start-up's migrations, backups and the operator's shell connect as it. */
export const OWNER = 'outdial_owner'
/** What the server works as: neither owner nor superuser, so row-level security binds it. */
export const APP = 'outdial_app'

/** Only a part of the socket's file name; fixed, so that PGPORT in somebody's environment leads nowhere else. */
export const PORT = 5432

/** How to connect, with nothing left to the PG… variables of the environment. */
export function locate(socketFolder: string, user: string, database: string): pg.ClientConfig {
  return { host: socketFolder, port: PORT, user, database, ssl: false }
}

/** Once per folder. The role comes first: where the database exists, the role does too. */
export async function createDatabase(host: string): Promise<void> {
  const client = new pg.Client(locate(host, OWNER, 'postgres'))
  client.on('error', () => {}) // the query under way rejects, and that is enough
  await client.connect()
  try {
    await ignoreExisting(client.query(`create role ${APP} login nosuperuser nobypassrls`))
    await ignoreExisting(client.query(`create database ${DATABASE}`))
  } finally {
    await client.end()
  }
}

/** Two apps may start at once on an empty folder; one of them is refused later, by the folder's lock. */
async function ignoreExisting(creation: Promise<unknown>): Promise<void> {
  const DUPLICATES = ['42710', '42P04', '23505']
  try {
    await creation
  } catch (error) {
    if (!DUPLICATES.includes((error as { code?: string }).code ?? '')) throw error
  }
}
