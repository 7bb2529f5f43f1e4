/**
 * Idle memory of server and PostgreSQL together, against a bare Fastify with pg and its own PostgreSQL, both with as many
 * open connections, in the same run. Counted is what the machine would give back if they ended.
 */
import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { startServer } from '#kit/server-process.ts'
import { openEmbedded } from '#store/embedded.ts'
import { flag, report } from './kit.ts'

/** Longer than a pool keeps a connection that nobody uses. */
const settleMs = flag('settle-ms', 15_000)

const bareServer = `
  import Fastify from 'fastify'
  import pg from 'pg'
  const connections = Number(process.argv[2])
  const pool = new pg.Pool({ ...JSON.parse(process.argv[1]), max: connections, idleTimeoutMillis: 0 })
  const held = await Promise.all(Array.from({ length: connections }, () => pool.connect()))
  for (const client of held) {
    await client.query('select 1')
    client.release()
  }
  const app = Fastify()
  app.get('/', async () => (await pool.query('select 1')).rows)
  await app.listen({ port: 0, host: '127.0.0.1' })
  console.log('ready')
`

const ours = await measureServer()
const bare = await measureBare(ours.connections)
report('memory', [
  { name: 'server and PostgreSQL, idle', value: ours.mb, unit: 'MB' },
  { name: 'bare Fastify, pg and PostgreSQL', value: bare.mb, unit: 'MB' },
  { name: 'connections of each', value: bare.connections, unit: '' },
  { name: 'ratio', value: ours.mb / bare.mb, unit: '×', floor: 1.6, goal: 1.2, better: 'lower' },
])

async function measureServer() {
  const folder = makeFolder()
  const server = await startServer({ OUTDIAL_DATA_DIR: folder, OUTDIAL_DEMO: '0' })
  await wait(settleMs)
  const taken = weigh(server.child.pid as number, folder)
  await server.stop()
  rmSync(folder, { recursive: true, force: true })
  return taken
}

async function measureBare(connections: number) {
  const folder = makeFolder()
  const reply = await openEmbedded(folder)
  if (!reply.ok) throw new Error(reply.refusal)
  // One of them holds the folder's lock.
  const args = [JSON.stringify(reply.embedded.ownerConnection), String(connections - 1)]
  const child = spawn(process.execPath, ['--input-type=module', '-e', bareServer, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
    cwd: join(import.meta.dirname, '..'),
  })
  await once(child.stdout, 'data')
  await wait(settleMs)
  const taken = weigh(child.pid as number, folder)
  child.kill()
  await once(child, 'exit')
  await reply.embedded.stop()
  rmSync(folder, { recursive: true, force: true })
  return taken
}

/** The process and every PostgreSQL process on that folder. */
function weigh(pid: number, folder: string) {
  const pgrep = (...args: string[]) => execFileSync('pgrep', args, { encoding: 'utf8' }).trim().split('\n').map(Number)
  const [postmaster = 0] = pgrep('-f', '-o', `${folder}/postgres`)
  const children = pgrep('-P', String(postmaster))
  const isBackend = (child: number) => readFileSync(`/proc/${child}/cmdline`, 'utf8').includes('[local]')
  return { mb: sumMemory([pid, postmaster, ...children]), connections: children.filter(isBackend).length }
}

/**
 * In MB. A process's share (PSS) of a program's pages is the smaller the more others run the same program, this bench
 * among them; so what is mapped from a file counts once and whole, as the most of it that one of the processes holds.
 */
function sumMemory(pids: number[]): number {
  let kilobytes = 0
  const files = new Map<string, number>()
  for (const pid of pids) {
    const { own, mapped } = readMaps(pid)
    kilobytes += own
    for (const [file, held] of mapped) files.set(file, Math.max(files.get(file) ?? 0, held))
  }
  for (const held of files.values()) kilobytes += held
  return kilobytes / 1024
}

/** In kB: the process's share of memory without a file, and what it holds of each file. */
function readMaps(pid: number) {
  const rollup = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8')
  const own = readKilobytes(rollup, 'Pss_Anon') + readKilobytes(rollup, 'Pss_Shmem')
  const mapped = new Map<string, number>()
  for (const map of readFileSync(`/proc/${pid}/smaps`, 'utf8').split(/^(?=[0-9a-f]+-[0-9a-f]+ )/m)) {
    const file = /^\S+ \S+ \S+ \S+ \d+ +(\/.*)$/m.exec(map)?.[1]
    // PostgreSQL's shared memory has the name of a file too.
    if (file === undefined || /^\/(?:dev|SYSV)/.test(file)) continue
    mapped.set(file, (mapped.get(file) ?? 0) + readKilobytes(map, 'Rss') - readKilobytes(map, 'Anonymous'))
  }
  return { own, mapped }
}

function readKilobytes(text: string, name: string): number {
  return Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(text)?.[1] ?? 0)
}

function makeFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'outdial-memory-'))
  chmodSync(folder, 0o711)
  return folder
}
