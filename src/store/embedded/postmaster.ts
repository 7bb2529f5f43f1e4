/** The server's process: started, found again, cleared away after a crash, stopped. */
import { type ChildProcess, spawn } from 'node:child_process'
import {
  closeSync,
  existsSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  type Stats,
  statSync,
} from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { Binaries } from './binaries.ts'
import type { ServerUser } from './server-user.ts'

const LARGEST_LOG_BYTES = 10 * 1024 * 1024
const STOP_LIMIT_MS = 30_000 // a checkpoint of 2 GB of log on a slow disk

export interface Postmaster {
  pid: number
  /** Null for a server that an earlier start of ours left running. */
  child: ChildProcess | null
}

/** What postmaster.pid says; null when there is none, or it is not written yet. */
export function readPidFile(cluster: string): { pid: number; socketFolder: string } | null {
  const file = join(cluster, 'postmaster.pid')
  if (!existsSync(file)) return null
  const lines = readFileSync(file, 'utf8').split('\n')
  const pid = Number(lines[0])
  return pid > 0 ? { pid, socketFolder: lines[4] ?? '' } : null
}

/** Detached, in a session of its own: a Ctrl-C or a crash of ours must not take the database along. */
export function spawnPostmaster(
  cluster: string,
  settings: string[],
  logFile: string,
  binaries: Binaries,
  user: ServerUser,
): Promise<Postmaster> {
  if ((statSync(logFile, { throwIfNoEntry: false })?.size ?? 0) > LARGEST_LOG_BYTES) renameSync(logFile, `${logFile}.1`)
  const logged = openSync(logFile, 'a', 0o600)
  const child = spawn(binaries.postgres, ['-D', cluster, ...settings], {
    cwd: cluster,
    env: binaries.env,
    detached: true,
    stdio: ['ignore', logged, logged],
    ...(user.differs ? { uid: user.uid, gid: user.gid } : {}),
  })
  closeSync(logged)
  child.unref()
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('spawn', () => resolve({ pid: child.pid as number, child }))
  })
}

/**
 * After a crash the pid in postmaster.pid may belong to anybody, and PostgreSQL then refuses to start. Where no process
 * stands in the folder the file means nothing and goes, with the socket's lock. False: somebody is still there.
 */
export function clearAfterCrash(cluster: string, socketFolder: string): boolean {
  if (process.platform !== 'linux') return true // left to PostgreSQL's own judgement
  if (listProcessesIn(cluster).length > 0) return false
  rmSync(join(cluster, 'postmaster.pid'), { force: true })
  for (const name of ['.s.PGSQL.5432', '.s.PGSQL.5432.lock']) rmSync(join(socketFolder, name), { force: true })
  return true
}

export function listProcessesIn(folder: string): number[] {
  const found = statSync(folder)
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && standsIn(name, found))
    .map(Number)
}

function standsIn(pid: string, folder: Stats): boolean {
  try {
    const { dev, ino } = statSync(`/proc/${pid}/cwd`)
    return dev === folder.dev && ino === folder.ino
  } catch (error) {
    // Gone meanwhile, or another user's, and then it is not the database: that runs as the one user we may look at.
    if (['ENOENT', 'EACCES', 'ESRCH', 'EPERM'].includes((error as NodeJS.ErrnoException).code ?? '')) return false
    throw error
  }
}

/** Fast shutdown: open transactions are rolled back, a checkpoint is written. A server that won't end is cut off. */
export async function stopPostmaster(postmaster: Postmaster, cluster: string): Promise<void> {
  signal(postmaster.pid, 'SIGINT')
  if (await waitForEnd(postmaster, cluster, STOP_LIMIT_MS)) return
  signal(postmaster.pid, 'SIGQUIT')
  await waitForEnd(postmaster, cluster, STOP_LIMIT_MS)
}

async function waitForEnd({ pid, child }: Postmaster, cluster: string, limit_ms: number): Promise<boolean> {
  const deadline = performance.now() + limit_ms
  while (performance.now() < deadline) {
    // Its last act is to remove the file; one we did not start may stay a zombie, which still answers to kill.
    const ended =
      child === null ? readPidFile(cluster)?.pid !== pid : child.exitCode !== null || child.signalCode !== null
    if (ended) return true
    await delay(5)
  }
  return false
}

/** False when there is no such process any more. */
export function signal(pid: number, name: NodeJS.Signals): boolean {
  try {
    return process.kill(pid, name)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false
    throw error
  }
}

/** Alive, or a zombie, or by now somebody else: good enough only where a wrong yes does no harm. */
export function isAlive(pid: number): boolean {
  try {
    return pid > 0 && process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
