/**
 * Idle memory (PSS) of server and PostgreSQL together, against a bare Fastify with pg and its own PostgreSQL, both with
 * as many open connections, in the same run.
 */
import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { readPss, startServer } from '#kit/server-process.ts'
import { openEmbedded } from '#store/embedded.ts'
import { flag, report } from './kit.ts'

const settleMs = flag('settle-ms', 10_000)

const bareServer = `
  import Fastify from 'fastify'
  import pg from 'pg'
  const pool = new pg.Pool({ ...JSON.parse(process.argv[1]), max: 10 })
  await pool.query('select 1')
  const app = Fastify()
  app.get('/', async () => (await pool.query('select 1')).rows)
  await app.listen({ port: 0, host: '127.0.0.1' })
  console.log('ready')
`

const ours = await measureServer()
const bare = await measureBare()
report('memory', [
  { name: 'server and PostgreSQL, idle', value: ours, unit: 'MB' },
  { name: 'bare Fastify, pg and PostgreSQL', value: bare, unit: 'MB' },
  { name: 'ratio', value: ours / bare, unit: '×', floor: 1.6, goal: 1.2, better: 'lower' },
])

async function measureServer(): Promise<number> {
  const folder = makeFolder()
  const server = await startServer({ OUTDIAL_DATA_DIR: folder, OUTDIAL_DEMO: '0' })
  await wait(settleMs)
  const pss = sumOf(server.child.pid as number, folder)
  await server.stop()
  rmSync(folder, { recursive: true, force: true })
  return pss
}

async function measureBare(): Promise<number> {
  const folder = makeFolder()
  const reply = await openEmbedded(folder)
  if (!reply.ok) throw new Error(reply.refusal)
  const child = spawn(
    process.execPath,
    ['--input-type=module', '-e', bareServer, JSON.stringify(reply.embedded.ownerConnection)],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
      cwd: join(import.meta.dirname, '..'),
    },
  )
  await once(child.stdout, 'data')
  await wait(settleMs)
  const pss = sumOf(child.pid as number, folder)
  child.kill()
  await once(child, 'exit')
  await reply.embedded.stop()
  rmSync(folder, { recursive: true, force: true })
  return pss
}

/** The process and every PostgreSQL process on that folder. */
function sumOf(pid: number, folder: string): number {
  const postmaster = Number(execFileSync('pgrep', ['-f', '-o', `${folder}/postgres`], { encoding: 'utf8' }).trim())
  const children = execFileSync('pgrep', ['-P', String(postmaster)], { encoding: 'utf8' })
    .trim()
    .split('\n')
    .map(Number)
  return [pid, postmaster, ...children].reduce((sum, each) => sum + readPss(each), 0)
}

function makeFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'outdial-memory-'))
  chmodSync(folder, 0o711)
  return folder
}
