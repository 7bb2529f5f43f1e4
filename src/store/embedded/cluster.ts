/** The database's folder on disk: made once, whole or not at all, and who may connect to it. */
import { execFile } from 'node:child_process'
import {
  chownSync,
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { type Binaries, moveUnlessThere } from './binaries.ts'
import { makePrivate } from './folders.ts'
import { isAlive } from './postmaster.ts'
import { APP, OWNER } from './roles.ts'
import type { ServerUser } from './server-user.ts'

const HALF_MADE = 'postgres-making-'

/** Null when the folder is ready, otherwise why it can't be used. A new one is on the disk before it has its name. */
export async function ensureCluster(
  base: string,
  user: ServerUser,
  binaries: Binaries,
  durable: boolean,
): Promise<string | null> {
  const cluster = join(base, 'postgres')
  const versionFile = join(cluster, 'PG_VERSION')
  if (!existsSync(versionFile)) {
    if (existsSync(cluster) && readdirSync(cluster).length > 0) return `${cluster} holds something that is no database`
    return await makeCluster(base, user, binaries, durable)
  }
  const major = Number(readFileSync(versionFile, 'utf8'))
  if (major === binaries.major) return null
  return `${cluster} was made by PostgreSQL ${major}, and this Outdial brings ${binaries.major}: back up with the Outdial that made it, and restore with this one`
}

async function makeCluster(
  base: string,
  user: ServerUser,
  binaries: Binaries,
  durable: boolean,
): Promise<string | null> {
  removeHalfMade(base)
  const making = join(base, `${HALF_MADE}${process.pid}`)
  mkdirSync(making)
  makePrivate(making, user)
  // C.UTF-8 sorts the same on every machine, so indexes survive a move; macOS knows it only as PostgreSQL's own.
  const locale =
    process.platform === 'darwin'
      ? ['--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8']
      : ['--locale=C.UTF-8']
  const flags = ['-D', making, '-U', OWNER, '-E', 'UTF8', '--auth=peer', '--no-instructions', ...locale]
  if (!durable) flags.push('--no-sync')
  // One call; the thousand files one by one took 140 ms and more, this none that could be measured.
  else if (process.platform === 'linux') flags.push('--sync-method=syncfs')
  try {
    const as = user.differs ? { uid: user.uid, gid: user.gid } : {}
    await promisify(execFile)(binaries.initdb, flags, { cwd: making, env: binaries.env, ...as })
  } catch (error) {
    rmSync(making, { recursive: true, force: true })
    return `initdb failed: ${explain(error)}`
  }
  moveUnlessThere(making, join(base, 'postgres'))
  if (durable) syncFolder(base)
  return null
}

/** After this a power cut does not take back the names in it. */
function syncFolder(folder: string): void {
  const handle = openSync(folder, 'r')
  fsyncSync(handle)
  closeSync(handle)
}

/** A start that was killed leaves its half-made folder; one that still runs keeps it. */
function removeHalfMade(base: string): void {
  for (const name of readdirSync(base)) {
    if (!name.startsWith(HALF_MADE)) continue
    const maker = Number(name.slice(HALF_MADE.length))
    if (maker === process.pid || !isAlive(maker)) rmSync(join(base, name), { recursive: true, force: true })
  }
}

function explain(error: unknown): string {
  const { stderr, message } = error as Error & { stderr?: string }
  return (stderr || message).trim()
}

/**
 * Lets the operating system's user in as the two roles, by the socket's peer and nothing else: no password exists.
 * True when a running server has to read the files again.
 */
export function writeAccess(cluster: string, user: ServerUser, osName: string): boolean {
  const quoted = `"${osName.replaceAll('"', '""')}"`
  const ident = [OWNER, APP].map((role) => `outdial ${quoted} ${role}\n`).join('')
  const changed = [
    rewrite(join(cluster, 'pg_hba.conf'), 'local all all peer map=outdial\n', user),
    rewrite(join(cluster, 'pg_ident.conf'), ident, user),
  ]
  return changed.includes(true)
}

function rewrite(file: string, text: string, user: ServerUser): boolean {
  if (readFileSync(file, 'utf8') === text) return false
  writeFileSync(file, text)
  if (user.differs) chownSync(file, user.uid, user.gid)
  return true
}
