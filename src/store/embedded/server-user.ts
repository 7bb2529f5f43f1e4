/**
 * Who PostgreSQL runs as. It refuses root, so under root it runs as another user, who must then be able to reach
 * both its programs and its folder; an ordinary user runs it as himself.
 */
import { statSync } from 'node:fs'
import { userInfo } from 'node:os'
import { dirname } from 'node:path'

/** `nobody` on Debian, Fedora, Alpine and macOS's Linux virtual machines alike. */
const NOBODY = 65_534

export interface ServerUser {
  uid: number
  gid: number
  /** True when we are root and have to hand files and processes over to that user. */
  differs: boolean
}

/** Under root, whoever owns the database folder already goes on with it. */
export function chooseServerUser(clusterFolder: string): ServerUser {
  const uid = process.getuid?.() ?? 0
  if (uid !== 0) return { uid, gid: process.getgid?.() ?? 0, differs: false }
  const owner = statSync(clusterFolder, { throwIfNoEntry: false })
  if (owner !== undefined && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid, differs: true }
  return { uid: NOBODY, gid: NOBODY, differs: true }
}

/** The name by which the operating system knows us; null for a bare uid, as some containers run with. */
export function readOwnName(): string | null {
  try {
    return userInfo().username
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_SYSTEM_ERROR') return null
    throw error
  }
}

const ENTER = 0o1
const READ_AND_ENTER = 0o5

/** May that user pass through this folder, all the way from the root? */
export function canEnter(folder: string, user: ServerUser): boolean {
  if (!user.differs) return true
  for (let place = folder; ; place = dirname(place)) {
    if (!isGranted(place, user, ENTER)) return false
    if (place === dirname(place)) return true
  }
}

/** May that user list this folder, or read and run this file? */
export function canReach(path: string, user: ServerUser): boolean {
  return !user.differs || (isGranted(path, user, READ_AND_ENTER) && canEnter(dirname(path), user))
}

function isGranted(path: string, user: ServerUser, wanted: number): boolean {
  const { mode, uid, gid } = statSync(path)
  const shift = uid === user.uid ? 6 : gid === user.gid ? 3 : 0
  return ((mode >> shift) & wanted) === wanted
}
