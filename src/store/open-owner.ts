/** How the store's own commands (backup, restore, sql) reach the database: as its owner, server running or not. */
import { join } from 'node:path'
import pg from 'pg'
import { loadEnvironment, readConfig } from '#config'
import { chooseDataDir, findDatabase } from './embedded/folders.ts'
import { readPidFile } from './embedded/postmaster.ts'
import { DATABASE, locate, OWNER } from './embedded/roles.ts'
import { openEmbedded } from './embedded.ts'

export interface OwnerAccess {
  connection: pg.ClientConfig
  dataDir: string
  close(): Promise<void>
}

export type OwnerReply = { ok: true; access: OwnerAccess } | { ok: false; refusal: string }

/** By the same settings as the server's; a server that runs on the embedded database is left alone. */
export async function openOwner(log: (line: string) => void): Promise<OwnerReply> {
  const choice = chooseDataDir(join(import.meta.dirname, '../..'))
  const settings = readConfig(loadEnvironment(process.cwd(), process.env), { data_dir: choice.path })
  if (!settings.ok) return { ok: false, refusal: settings.faults.join('\n') }
  const { database, data_dir: dataDir } = settings.config
  const none = async () => {}
  if (database !== null) {
    return { ok: true, access: { connection: { connectionString: database.owner_url }, dataDir, close: none } }
  }
  const running = await findRunning(dataDir)
  if (running !== null) return { ok: true, access: { connection: running, dataDir, close: none } }
  const opened = await openEmbedded(dataDir, { log })
  if (!opened.ok) return opened
  const { ownerConnection: connection, stop } = opened.embedded
  return { ok: true, access: { connection, dataDir, close: stop } }
}

/** Without the folder's lock, which the running server holds. */
async function findRunning(dataDir: string): Promise<pg.ClientConfig | null> {
  const socketFolder = readPidFile(join(findDatabase(dataDir), 'postgres'))?.socketFolder
  if (!socketFolder) return null
  const connection = locate(socketFolder, OWNER, DATABASE)
  const client = new pg.Client(connection)
  client.on('error', () => {}) // a server that goes away while we look is none
  try {
    await client.connect()
    await client.end()
    return connection
  } catch (error) {
    if (['ENOENT', 'ECONNREFUSED', '57P03'].includes((error as { code?: string }).code ?? '')) return null
    throw error
  }
}
