/**
 * Duty: a PostgreSQL of our own for one data folder, so that nobody has to install one.
 * In: the data folder. Out: how to connect to it as owner and as app, and its end.
 * Never: listens on TCP, lets two apps share a folder, runs as root, touches a folder it can't account for.
 */
import { join } from 'node:path'
import type pg from 'pg'
import { prepareBinaries } from './embedded/binaries.ts'
import { ensureCluster, writeAccess } from './embedded/cluster.ts'
import { nameHolder, takeFolderLock } from './embedded/folder-lock.ts'
import { placeDatabase, placeSocket } from './embedded/folders.ts'
import { keepRunning } from './embedded/keep-running.ts'
import { readPidFile, signal } from './embedded/postmaster.ts'
import { type Running, reachServer, type Site } from './embedded/reach.ts'
import { APP, DATABASE, locate, OWNER, PORT } from './embedded/roles.ts'
import { chooseServerUser, readOwnName } from './embedded/server-user.ts'
import { listSettings } from './embedded/settings.ts'

const INSTEAD = 'Set DATABASE_URL to a PostgreSQL of your own, 15 or newer.'

export interface EmbeddedOptions {
  log?: (line: string) => void
  /** Shown to a second app that wants the same folder. */
  port?: number
  /** False only where the data is thrown away. */
  durable?: boolean
  /** True where the database shall not keep the process alive: it ends, and its server stays for the next one. */
  background?: boolean
  /** Called once when the server has died and could not be brought back: nothing works any more. */
  onLost?: (reason: string) => void
}

export interface Embedded {
  ownerConnection: pg.ClientConfig
  appConnection: pg.ClientConfig
  /** The same two, for another process on this machine: it takes them as DATABASE_URL. */
  ownerUrl: string
  appUrl: string
  /** The database's folder, and the server's log. */
  folder: string
  logFile: string
  /** True when a server left by an earlier app was taken over instead of started. */
  adopted: boolean
  pid(): number
  stop(): Promise<void>
}

export type EmbeddedReply = { ok: true; embedded: Embedded } | { ok: false; refusal: string }

/** Starts, or takes over, the PostgreSQL of this data folder and holds the folder until `stop`. */
export async function openEmbedded(dataDir: string, options: EmbeddedOptions = {}): Promise<EmbeddedReply> {
  const log = options.log ?? (() => {})
  const holderName = nameHolder(options.port ?? null)
  try {
    const prepared = await prepareSite(dataDir, options.durable ?? true, log)
    if (!prepared.ok) return prepared
    const reached = await reachServer(prepared.site, holderName, null)
    if (!reached.ok) return { ok: false, refusal: reached.reason }
    const holder = await takeFolderLock(reached.client)
    if (options.background) letGo(reached.client)
    if (holder === null) return { ok: true, embedded: describe(prepared.site, reached, holderName, options) }
    await reached.client.end()
    return { ok: false, refusal: `${dataDir} is in use by another server: ${holder}` }
  } catch (error) {
    // A folder, program or process that the operating system denies us is the operator's to settle, not a bug.
    const { code = '', message } = error as NodeJS.ErrnoException
    if (!['EACCES', 'EPERM', 'EROFS', 'ENOSPC', 'ENOTDIR', 'ENOENT'].includes(code)) throw error
    return { ok: false, refusal: `PostgreSQL can't run in ${dataDir}: ${message}. ${INSTEAD}` }
  }
}

/** In pg since 8.9, not yet in its types. */
function letGo(client: pg.Client): void {
  const { unref } = client as pg.Client & { unref(): void }
  unref.call(client)
}

type Prepared = { ok: true; site: Site } | { ok: false; refusal: string }

async function prepareSite(dataDir: string, durable: boolean, log: (line: string) => void): Promise<Prepared> {
  const osName = readOwnName()
  if (osName === null) {
    return {
      ok: false,
      refusal: `User id ${process.getuid?.()} has no name here, and PostgreSQL needs one. ${INSTEAD}`,
    }
  }
  const user = chooseServerUser(join(dataDir, 'postgres'))
  const base = placeDatabase(dataDir, user, log)
  const binaries = prepareBinaries(base, user)
  if (binaries === null) {
    return { ok: false, refusal: `No PostgreSQL for ${process.platform} ${process.arch} comes along. ${INSTEAD}` }
  }
  const fault = await ensureCluster(base, user, binaries, durable)
  if (fault !== null) return { ok: false, refusal: `${fault}. ${INSTEAD}` }
  const cluster = join(base, 'postgres')
  const socketFolder = placeSocket(base, user)
  const running = readPidFile(cluster)
  if (writeAccess(cluster, user, osName) && running !== null) signal(running.pid, 'SIGHUP')
  const settings = listSettings({ durable }, socketFolder)
  return { ok: true, site: { cluster, socketFolder, logFile: join(base, 'postgres.log'), settings, user, binaries } }
}

function describe(site: Site, running: Running, holderName: string, options: EmbeddedOptions): Embedded {
  const keeper = keepRunning(site, running, holderName, options)
  const host = running.socketFolder
  const toUrl = (role: string) =>
    `postgresql://${role}@localhost/${DATABASE}?host=${encodeURIComponent(host)}&port=${PORT}`
  return {
    ownerConnection: locate(host, OWNER, DATABASE),
    appConnection: locate(host, APP, DATABASE),
    ownerUrl: toUrl(OWNER),
    appUrl: toUrl(APP),
    folder: site.cluster,
    logFile: site.logFile,
    adopted: running.postmaster.child === null,
    pid: keeper.pid,
    stop: keeper.stop,
  }
}
