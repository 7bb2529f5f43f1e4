/**
 * A call ends, its webhook arrives, the next dial leaves: with 40 slots always busy, over 1, 2 and 4 server processes and
 * a carrier process of its own. The carrier's ledger is the stop-watch. Against a NOTIFY round trip on the same database.
 * The first calls warm the processes up and are not counted: their code is compiled and their plans are made then.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import pg from 'pg'
import { freePort, startServer } from '#kit/server-process.ts'
import { loadLeads, makeCampaign, makeTenant, numbersFrom } from '#kit/tenant.ts'
import { type Bar, flag, openBenchDatabase, percentile, report } from './kit.ts'

const slots = flag('slots', 40)
const calls = flag('calls', 600)
/** For each process, over and above those counted. */
const warmUp = flag('warm-up', 100)

const db = await openBenchDatabase()
const bars: Bar[] = []
for (const processes of process.argv.includes('--one') ? [1] : [1, 2, 4]) {
  const waits = await measure(processes)
  bars.push({ name: `slot to next dial p50, ${processes} processes`, value: percentile(waits, 0.5), unit: 'ms' })
  bars.push({
    name: `slot to next dial p99, ${processes} processes`,
    value: percentile(waits, 0.99),
    unit: 'ms',
    floor: 15,
    goal: 5,
    better: 'lower',
  })
}
bars.push({ name: 'NOTIFY round trip p50', value: await notifyRoundTrip(), unit: 'ms' })
report('slot', bars)
await db.close()

async function measure(processes: number): Promise<number[]> {
  const dials = calls + processes * warmUp
  const folder = join(db.folder, `slot-${processes}`)
  mkdirSync(folder)
  const ledger = join(folder, 'ledger')
  const script = join(folder, 'script.json')
  // Of many lengths, so that calls end one by one and not forty at a time.
  const talks = Array.from({ length: 40 }, (_, index) => 1 + index / 10)
  const behaviours = talks.map((talk_s) => ({ do: 'answers', setup_s: 0.05, ring_s: 0.1, talk_s, weight: 1 }))
  writeFileSync(script, JSON.stringify({ default: behaviours }))
  const carrier = spawn(
    process.execPath,
    ['scripts/carrier.ts', '--ledger', ledger, '--script', script, '--speed', '2'],
    {
      cwd: join(import.meta.dirname, '..'),
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  )
  const [line] = (await once(carrier.stdout, 'data')) as [Buffer]
  const url = /http:\S+/.exec(line.toString())?.[0] as string
  const at = Date.now()
  const tenant = await makeTenant(db.pool, at, {
    channels: slots,
    concurrent_calls: slots,
    owner_concurrent_calls: slots,
  })
  // Whoever is called at whatever hour the bench runs: people named to a zone where it is noon.
  const campaign = await makeCampaign(db.pool, tenant, at, { status: 'active' })
  await loadLeads(db.pool, tenant, campaign, numbersFrom(0, dials), at, { time_zone: zoneAtNoon(at) })
  const servers = await Promise.all(
    Array.from({ length: processes }, async () =>
      startServer({
        DATABASE_URL: db.owner_url,
        OUTDIAL_ROLE: 'dialer',
        OUTDIAL_SIM_URL: url,
        OUTDIAL_DATA_DIR: join(folder, 'data'),
        OUTDIAL_PORT: String(await freePort()),
      }),
    ),
  )
  while (countLines(ledger) < dials) await wait(200)
  await Promise.all(servers.map((server) => server.stop()))
  carrier.kill()
  return waitsFrom(ledger).slice(processes * warmUp)
}

/** The n-th end frees the slot of the n-th dial after the first that filled them. */
function waitsFrom(ledger: string): number[] {
  const times = (path: string) =>
    readFileSync(path, 'utf8')
      .trim()
      .split('\n')
      .map((line) => Date.parse(JSON.parse(line).at))
      .sort((a, b) => a - b)
  const ends = times(`${ledger}.ends`)
  const dials = times(ledger).slice(slots)
  return dials.map((dial, index) => dial - (ends[index] as number))
}

function countLines(path: string): number {
  try {
    return readFileSync(path, 'utf8').split('\n').length - 1
  } catch {
    return 0
  }
}

/** A fixed-offset zone in which it is about noon now, so that the law lets the called people be called. */
function zoneAtNoon(at: number): string {
  const offset = 12 - new Date(at).getUTCHours()
  return `Etc/GMT${offset > 0 ? '-' : '+'}${Math.abs(offset)}`
}

async function notifyRoundTrip(): Promise<number> {
  const listener = new pg.Client(db.owner_url)
  await listener.connect()
  await listener.query('listen bench')
  const samples: number[] = []
  for (let i = 0; i < 500; i += 1) {
    const heard = once(listener, 'notification')
    const started = performance.now()
    await db.owner.query("select pg_notify('bench', '')")
    await heard
    samples.push(performance.now() - started)
  }
  await listener.end()
  return percentile(samples, 0.5)
}
