/** Where things lie on disk: the data folder's default, the database's place in it, and the folder of its socket. */
import { createHash, randomBytes } from 'node:crypto'
import {
  chmodSync,
  chownSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { canEnter, chooseServerUser, type ServerUser } from './server-user.ts'

const SYSTEM_STATE = '/var/lib/outdial'

/** sun_path holds 107 bytes and a NUL; PostgreSQL appends "/.s.PGSQL.5432" to the folder. */
const LONGEST_SOCKET_FOLDER = 107 - '/.s.PGSQL.5432'.length

export interface DataDirChoice {
  path: string
  /** A line for the operator when the folder is not where he would look for it. */
  note: string | null
}

/** `data` in the checkout; as root below a home that others can't enter, the system's state folder. */
export function chooseDataDir(checkout: string): DataDirChoice {
  const local = join(checkout, 'data')
  const user = chooseServerUser(join(local, 'postgres'))
  if (canEnter(checkout, user)) return { path: local, note: null }
  const key = createHash('sha256').update(realpathSync(checkout)).digest('hex').slice(0, 12)
  const path = join(SYSTEM_STATE, key)
  return { path, note: `PostgreSQL does not run as root and its user can not enter ${checkout}: data is in ${path}` }
}

/** The file in a data folder that tells where its database is, when it is elsewhere. */
const POINTER = 'postgres-folder'

/** Where the database of this data folder was placed, if it ever was. */
export function findDatabase(dataDir: string): string {
  const pointer = join(dataDir, POINTER)
  return existsSync(pointer) ? readFileSync(pointer, 'utf8').trim() : dataDir
}

/** The folder that holds the database, its log and its socket: the data folder itself where that can be. */
export function placeDatabase(dataDir: string, user: ServerUser, log: (line: string) => void): string {
  makeFolders(dataDir, user)
  const real = realpathSync(dataDir)
  if (canEnter(real, user)) return real
  // The choice is kept inside the data folder, so that removing that folder also forgets the database.
  const pointer = join(dataDir, POINTER)
  if (!existsSync(pointer)) writeFileSync(pointer, join(SYSTEM_STATE, randomBytes(6).toString('hex')), { flag: 'wx' })
  const base = findDatabase(dataDir)
  makeFolders(base, user)
  log(`PostgreSQL's user can not enter ${dataDir}: the database is in ${base}`)
  return base
}

/** Its own folder beside the database, or a short one under the temporary folder that is remembered. */
export function placeSocket(base: string, user: ServerUser): string {
  const near = join(base, 'run')
  if (isFit(near)) {
    mkdirSync(near, { recursive: true })
    makePrivate(near, user)
    return near
  }
  const pointer = join(base, 'socket-folder')
  const known = existsSync(pointer) ? readFileSync(pointer, 'utf8') : ''
  if (known !== '' && isOurs(known, user)) return known
  const candidates = [tmpdir(), '/tmp'].filter((parent) => isFit(join(parent, 'outdial-XXXXXX')))
  const parent = candidates.find((folder) => canEnter(folder, user)) ?? '/tmp'
  const made = mkdtempSync(join(parent, 'outdial-'))
  makePrivate(made, user)
  writeFileSync(pointer, made)
  return made
}

function isFit(folder: string): boolean {
  return Buffer.byteLength(folder) <= LONGEST_SOCKET_FOLDER && !folder.includes(',')
}

/** Anybody may write to /tmp: a folder of that name that somebody else made is not ours. */
function isOurs(folder: string, user: ServerUser): boolean {
  const found = lstatSync(folder, { throwIfNoEntry: false })
  return found?.isDirectory() === true && found.uid === user.uid && (found.mode & 0o777) === 0o700
}

export function makePrivate(folder: string, user: ServerUser): void {
  chmodSync(folder, 0o700)
  if (user.differs) chownSync(folder, user.uid, user.gid)
}

/** Only what is made here is opened to the server's user; a folder that exists keeps its mode. */
function makeFolders(path: string, user: ServerUser): void {
  const first = mkdirSync(path, { recursive: true, mode: user.differs ? 0o755 : 0o700 })
  if (first === undefined || !user.differs) return
  for (let folder = path; ; folder = dirname(folder)) {
    chmodSync(folder, 0o755)
    if (folder === first) return
  }
}
