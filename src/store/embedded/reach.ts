/**
 * From "there may be a server for this folder" to one open connection to it, by trying: a socket that answers is the
 * only proof of life (a pid may be a zombie's, or by now somebody else's).
 */
import { readFileSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'
import pg from 'pg'
import type { Binaries } from './binaries.ts'
import { clearAfterCrash, listProcessesIn, type Postmaster, readPidFile, spawnPostmaster } from './postmaster.ts'
import { createDatabase, DATABASE, locate, OWNER } from './roles.ts'
import type { ServerUser } from './server-user.ts'

export interface Site {
  cluster: string
  socketFolder: string
  logFile: string
  settings: string[]
  user: ServerUser
  binaries: Binaries
}

export interface Running {
  postmaster: Postmaster
  client: pg.Client
  socketFolder: string
}

export type Reached = ({ ok: true } & Running) | { ok: false; reason: string }

/** Longer than any crash recovery that 2 GB of write-ahead log can ask for. */
const REACH_LIMIT_MS = 120_000
/** Two that start at the same instant knock each other's server out at most once. */
const MOST_SPAWNS = 3
const POLL_MS = 4

/**
 * Adopts the server that runs for this folder, or starts one; `earlier` is the one we started before, if any.
 * The connection is the owner's.
 */
export async function reachServer(site: Site, applicationName: string, earlier: Postmaster | null): Promise<Reached> {
  const started = performance.now()
  let own = earlier
  let spawns = 0
  while (performance.now() - started < REACH_LIMIT_MS) {
    const running = readPidFile(site.cluster)
    const socketFolder = running?.socketFolder || site.socketFolder
    if (running !== null) {
      const client = await tryConnect(socketFolder, applicationName, performance.now() - started)
      if (client !== null) {
        const postmaster = own?.pid === running.pid ? own : { pid: running.pid, child: null }
        return { ok: true, postmaster, client, socketFolder }
      }
    }
    if (own !== null && !hasEnded(own)) await delay(POLL_MS)
    else if (running !== null && !clearAfterCrash(site.cluster, socketFolder)) await delay(POLL_MS)
    else if (spawns === MOST_SPAWNS) return { ok: false, reason: `PostgreSQL does not start: ${readLastWords(site)}` }
    else {
      own = await spawnPostmaster(site.cluster, site.settings, site.logFile, site.binaries, site.user)
      spawns += 1
    }
  }
  const holders = process.platform === 'linux' ? ` (processes in it: ${listProcessesIn(site.cluster).join(', ')})` : ''
  return { ok: false, reason: `PostgreSQL takes no connection${holders}: ${readLastWords(site)}` }
}

function hasEnded({ child }: Postmaster): boolean {
  return child === null || child.exitCode !== null || child.signalCode !== null
}

function readLastWords({ logFile }: Site): string {
  const words = readFileSync(logFile, 'utf8').trim().split('\n').slice(-3).join(' / ')
  return `${words} (${logFile})`
}

/** Nobody listens, or it is starting up, recovering or shutting down: ask again. */
const NOT_YET = new Set(['ENOENT', 'ECONNREFUSED', 'ECONNRESET', 'EPIPE', '57P01', '57P03'])
/** A running server takes up a changed ident map within moments of being told; until then it turns us away. */
const IDENT_GRACE_MS = 2_000

async function tryConnect(host: string, applicationName: string, waited_ms: number): Promise<pg.Client | null> {
  const client = new pg.Client({ ...locate(host, OWNER, DATABASE), application_name: applicationName })
  client.on('error', () => {}) // told by `end`, which every loss ends in
  try {
    await client.connect()
    return client
  } catch (error) {
    const { code = '', message } = error as Error & { code?: string }
    if (code === '3D000') await createDatabase(host)
    else if (code === '28000' && waited_ms < IDENT_GRACE_MS) await delay(POLL_MS)
    else if (!NOT_YET.has(code) && message !== 'Connection terminated unexpectedly') throw error
    return null
  }
}
