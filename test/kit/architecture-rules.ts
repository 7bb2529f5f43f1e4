/** The house's rules as functions from sources to faults, so that a test can plant a fault and see it found. */
import { isTest, type SourceFile, stripComments } from './source-tree.ts'

export type Rooms = Record<string, string[]>

const ROOM_PATH = /^src\/([^/]+)\//

/** Null for files that stand beside the rooms: main.ts, config.ts. */
function roomOf(path: string): string | null {
  return ROOM_PATH.exec(path)?.[1] ?? null
}

/** Imports that rooms.json does not allow. Tests may look anywhere; main.ts puts the house together. */
export function findForbiddenImports(files: SourceFile[], rooms: Rooms): string[] {
  const byPath = new Map(files.map((file) => [file.path, file]))
  return files
    .filter((file) => !isTest(file.path) && roomOf(file.path) !== null)
    .flatMap((file) =>
      file.imports
        .filter(({ target }) => target !== null && !isAllowed(file.path, target, rooms, byPath))
        .map(({ from }) => `${file.path} may not import ${from}`),
    )
}

function isAllowed(path: string, target: string, rooms: Rooms, files: Map<string, SourceFile>): boolean {
  const room = roomOf(path) ?? ''
  const targetRoom = roomOf(target)
  if (targetRoom === room) return !isTest(target)
  if (target === 'src/config.ts') return room !== 'domain'
  if (targetRoom === null) return false
  return (rooms[room] ?? []).some((entry) => {
    if (!entry.includes('/')) return entry === targetRoom
    const door = `src/${entry}`
    return target.startsWith(`${door}/`) || listTypesBehind(`${door}.ts`, files).has(target)
  })
}

/** A door is one file, and the files of its room whose types it speaks in. */
function listTypesBehind(door: string, files: Map<string, SourceFile>): Set<string> {
  const open = new Set([door])
  for (const path of open) {
    for (const { target, typeOnly } of files.get(path)?.imports ?? []) {
      if (typeOnly && target !== null && roomOf(target) === roomOf(door)) open.add(target)
    }
  }
  return open
}

/** Rooms that exist and rooms.json does not know, and the other way round for what it allows. */
export function findUnknownRooms(files: SourceFile[], rooms: Rooms): string[] {
  const present = new Set(files.map((file) => roomOf(file.path)).filter((room) => room !== null))
  const named = new Set(Object.values(rooms).flatMap((entries) => entries.map((entry) => entry.split('/')[0] ?? '')))
  return [
    ...[...present].filter((room) => !(room in rooms)).map((room) => `src/${room} is not in rooms.json`),
    ...[...named].filter((room) => !(room in rooms)).map((room) => `rooms.json allows ${room}, which it does not list`),
  ]
}

/** One line per cycle, each found from its alphabetically first file. */
export function findCycles(files: SourceFile[]): string[] {
  const next = new Map(files.map((file) => [file.path, file.imports.flatMap(({ target }) => target ?? [])]))
  const done = new Set<string>()
  const cycles: string[] = []
  const walk = (path: string, trail: string[]): void => {
    const start = trail.indexOf(path)
    if (start >= 0) cycles.push([...trail.slice(start), path].join(' → '))
    if (start >= 0 || done.has(path)) return
    for (const target of next.get(path) ?? []) walk(target, [...trail, path])
    done.add(path)
  }
  for (const path of [...next.keys()].sort()) walk(path, [])
  return cycles
}

/** Only the store speaks to the database. */
export function findStrayDatabase(files: SourceFile[]): string[] {
  const isDriver = (from: string) => /^pg(-copy-streams)?(\/|$)/.test(from)
  return files
    .filter((file) => !isTest(file.path) && roomOf(file.path) !== 'store')
    .filter((file) => file.imports.some(({ from }) => isDriver(from)))
    .map((file) => `${file.path} imports pg outside src/store`)
}

const CARRIERS = /twilio|asterisk|voipstudio|bolna|freeswitch/i

/**
 * A carrier's words stop at telephony's door, except in `allowed` folders and files. The words are the carriers we know of
 * wherever they stand, and the names of `providers` where they stand alone: in quotes, or as a step of a path.
 */
export function findStrayCarriers(files: SourceFile[], providers: string[], allowed: string[]): string[] {
  const provider = new RegExp(`['"\`/](${providers.join('|')})['"\`/]`)
  return files
    .filter(({ path }) => !isTest(path) && roomOf(path) !== 'telephony')
    .filter(({ path }) => !allowed.some((place) => path.startsWith(place)))
    .filter(({ path, text }) => CARRIERS.test(text) || CARRIERS.test(path) || provider.test(text))
    .map(({ path }) => `${path} names a carrier outside src/telephony`)
}

const ADAPTER_FILE = /^src\/telephony\/[^/]+\//

/** Only the registry reaches into an adapter's folder; what telephony declares may speak in an adapter's types. */
export function findStrayAdapters(files: SourceFile[]): string[] {
  const folderOf = (path: string) => ADAPTER_FILE.exec(path)?.[0] ?? null
  const mayName = ({ path }: SourceFile, typeOnly: boolean) =>
    path === 'src/telephony/registry.ts' || (typeOnly && roomOf(path) === 'telephony')
  return files
    .filter(({ path }) => path.startsWith('src/') && !isTest(path))
    .flatMap((file) =>
      file.imports
        .filter(
          ({ target }) => target !== null && folderOf(target) !== null && folderOf(target) !== folderOf(file.path),
        )
        .filter(({ typeOnly }) => !mayName(file, typeOnly))
        .map(({ from }) => `${file.path} imports the adapter ${from}`),
    )
}

const IMPURE =
  /\bDate\.now\b|\bMath\.random\b|\bnew Date\(\s*\)|\bDate\(\s*\)|\bTemporal\.Now\b|\bperformance\.now\b|\bprocess\./

/** The domain has no clock, no dice and no disk. */
export function findImpureDomain(files: SourceFile[]): string[] {
  return files
    .filter(({ path }) => !isTest(path) && roomOf(path) === 'domain')
    .flatMap(({ path, text, imports }) => [
      ...(IMPURE.test(stripComments(text)) ? [`${path} reads a clock, chance or the process`] : []),
      ...imports.filter(({ from }) => from.startsWith('node:')).map(({ from }) => `${path} imports ${from}`),
    ])
}

/** Source outside tests that leans on the test kit or on a test. */
export function findTestsInProduct(files: SourceFile[]): string[] {
  return files
    .filter(({ path }) => path.startsWith('src/') && !isTest(path))
    .flatMap(({ path, imports }) =>
      imports.filter(({ target }) => target?.startsWith('test/')).map(({ from }) => `${path} imports ${from}`),
    )
}

const LONGEST_FILE = 400
const USUAL_LONGEST = 250 // the 95th percentile
const LARGEST_DIALER = 2_500 // the room that would swallow the house

export function findOversize(files: SourceFile[]): string[] {
  const sizes = files.map(({ path, text }) => ({ path, lines: text.split('\n').length - 1 }))
  const sorted = sizes.map(({ lines }) => lines).sort((a, b) => a - b)
  const p95 = sorted[Math.floor(sorted.length * 0.95)] ?? 0
  const dialer = sizes.filter(({ path }) => roomOf(path) === 'dialer' && !isTest(path))
  const dialerLines = dialer.reduce((sum, { lines }) => sum + lines, 0)
  return [
    ...sizes.filter(({ lines }) => lines > LONGEST_FILE).map(({ path, lines }) => `${path} has ${lines} lines`),
    ...(p95 > USUAL_LONGEST ? [`one file in twenty has over ${USUAL_LONGEST} lines (${p95})`] : []),
    ...(dialerLines > LARGEST_DIALER ? [`src/dialer has ${dialerLines} lines`] : []),
  ]
}

/** kebab-case; numbered migrations are NNNN_verb_noun.sql. */
const NAME = /^[a-z0-9./-]+(\/\d{4}_[a-z0-9_]+\.sql)?$/
const EMPTY_WORDS = /(^|[-/])(utils?|helpers?|manager|service|info|misc|common)([-./]|$)/

/** What older clients import under the name that they know. */
const NAMED_BY_OTHERS = /(^|\/)dialer-service(\.test)?\.ts$/

export function findVagueNames(files: SourceFile[]): string[] {
  return files
    .filter(({ path }) => (EMPTY_WORDS.test(path) && !NAMED_BY_OTHERS.test(path)) || !NAME.test(path))
    .map(({ path }) => `${path} is no name that says what is inside`)
}

/** The console speaks to the server by the SDK alone, and its shared parts know no feature. */
export function findStrayConsole(files: SourceFile[]): string[] {
  const shared = /^console\/(api|ui|lib)\//
  const isStray = (path: string, from: string, target: string | null) => {
    if (target === null) return from.startsWith('#') || from.startsWith('node:')
    if (!target.startsWith('console/')) return !target.startsWith('examples/')
    return shared.test(path) && /^console\/(features|app)\//.test(target)
  }
  return files
    .filter(({ path }) => path !== 'console/vite.config.ts')
    .flatMap(({ path, imports }) =>
      imports.flatMap(({ from, target }) => (isStray(path, from, target) ? [`${path} may not import ${from}`] : [])),
    )
}
