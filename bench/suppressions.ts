/**
 * A file of numbers not to call, a tenth of a percent of it junk, becomes a list that blocks: read, checked, sorted and put
 * in chunk by chunk. Then numbers on it and off it are looked up as the verdict looks them up: by the database's own clock,
 * and over the wire one by one, beside a statement that looks nothing up.
 */
import { createWriteStream, statSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { makeTenant } from '#kit/tenant.ts'
import { runList } from '#server/features/suppressions/run-list.ts'
import { newId } from '#store/ids.ts'
import { beginVersion, createSuppressionList, readSuppressionList } from '#store/suppression-lists.ts'
import { inWorkspace } from '#store/tx.ts'
import { flag, openBenchDatabase, percentile, report } from './kit.ts'

const count = flag('numbers', 10_000_000)
const lookUps = flag('look-ups', 20_000)
const mb = 1024 * 1024
const at = Date.parse('2026-11-18T17:00:00Z')
const junk = ['hello', '', '"never closed', '1.21256E+10', 'x'.repeat(70_000)]
const everyJunk = 1000

const db = await openBenchDatabase()
const tenant = await makeTenant(db.pool, at)
const path = join(db.folder, 'numbers.csv')
await pipeline(Readable.from(lines(), { highWaterMark: 1000 }), createWriteStream(path))
const { rate, rss_growth } = await importAll()
const inside = await lookUpInside()
const found = await lookUp()
const nothing = await askNothing()
report('suppressions', [
  { name: 'import', value: rate, unit: 'rows/s' },
  { name: 'peak RSS growth', value: rss_growth / mb, unit: 'MB', floor: 300, better: 'lower' },
  { name: 'look-up p50', value: percentile(inside, 0.5), unit: 'ms' },
  { name: 'look-up p99', value: percentile(inside, 0.99), unit: 'ms', floor: 1, better: 'lower' },
  { name: 'look-up over the wire, p50', value: percentile(found, 0.5), unit: 'ms' },
  { name: 'look-up over the wire, p99', value: percentile(found, 0.99), unit: 'ms' },
  { name: 'a statement without a look-up, p50', value: percentile(nothing, 0.5), unit: 'ms' },
  { name: 'a statement without a look-up, p99', value: percentile(nothing, 0.99), unit: 'ms' },
])
await db.close()

/** No two alike, all over the country's area codes and in no order; every other one stays off the list. */
function numberAt(index: number): string {
  const areas = ['212', '315', '516', '518', '585', '607', '631', '646', '716', '718', '845', '914', '917', '929']
  // Coprime to what there is: each index has a place of its own.
  const place = (index * 7_368_787) % (areas.length * 7_900_000)
  const local = 2_100_000 + Math.floor(place / areas.length)
  return `+1${areas[place % areas.length]}${local}`
}

function* lines(): Generator<string> {
  for (let i = 0; i < count; i += 1) {
    if (i % everyJunk === everyJunk - 1) yield `${junk[((i / everyJunk) % junk.length) | 0]}\n`
    yield `${numberAt(i * 2)}\n`
  }
}

async function importAll(): Promise<{ rate: number; rss_growth: number }> {
  const { workspace_id, user_id } = tenant
  const list_id = newId(at)
  const nobody = { brand: null, campaign_id: null, region: null, expires_at: null, created_by: user_id }
  const list = { ...nobody, id: list_id, name: 'National', source: 'bench', scope: 'national' as const, country: 'US' }
  const file_size_bytes = statSync(path).size
  const file = {
    file_name: 'numbers.csv',
    file_size_bytes,
    file_path: 'numbers.csv',
    options: {},
    uploaded_by: user_id,
  }
  await inWorkspace(db.pool, tenant, async (tx) => {
    await createSuppressionList(tx, workspace_id, list, at)
    await beginVersion(tx, workspace_id, list_id, file, at)
  })
  const rssBefore = process.memoryUsage().rss
  let peak = rssBefore
  const watch = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage().rss)
  }, 20)
  const begun = performance.now()
  await runList(
    {
      ...{ pool: db.pool, clock: { now: () => at }, worker: 'bench', data_dir: db.folder, onChange: () => {} },
      log: { info: () => {}, error: (fields, message) => console.error(message, fields) },
    },
    { workspace_id, list_id },
  )
  const seconds = (performance.now() - begun) / 1000
  clearInterval(watch)
  const done = await inWorkspace(db.pool, tenant, (tx) => readSuppressionList(tx, workspace_id, list_id))
  const refused = Math.floor(count / everyJunk)
  const wanted = ['ready', count + refused, count, count, refused].join()
  const got = [done?.status, done?.rows_read, done?.numbers, done?.added_numbers, done?.refused_rows].join()
  if (got !== wanted) throw new Error(`the list counted ${got} instead of ${wanted}`)
  return { rate: (count + refused) / seconds, rss_growth: peak - rssBefore }
}

/** Hits and misses in turn. */
function someNumbers(): string[] {
  return Array.from({ length: lookUps }, (_, i) => numberAt(Math.floor(Math.random() * count) * 2 + (i % 2)))
}

function expectHits(hits: number): void {
  if (hits !== Math.ceil(lookUps / 2)) throw new Error(`${hits} of ${lookUps} numbers were found, not every other one`)
}

/** As the database itself takes the time of each. */
async function lookUpInside(): Promise<number[]> {
  const { rows } = await inWorkspace(db.pool, tenant, (tx) =>
    tx.query<{ ms: number; hits: number }>({
      text: `with timed as materialized (
          select clock_timestamp() as begun, (select count(*)::int from blocks_on($1, n, null)) as hits, clock_timestamp() as done
          from unnest($2::text[]) n)
        select (extract(epoch from done - begun) * 1000)::double precision as ms, hits from timed`,
      values: [tenant.workspace_id, someNumbers()],
    }),
  )
  expectHits(rows.reduce((sum, { hits }) => sum + hits, 0))
  return rows.map(({ ms }) => ms)
}

/** One after the other, in the form in which the evidence asks. */
async function lookUp(): Promise<number[]> {
  const samples: number[] = []
  let hits = 0
  await inWorkspace(db.pool, tenant, async (tx) => {
    for (const number of someNumbers()) {
      const begun = performance.now()
      const { rows } = await tx.query({
        name: 'bench-look-up',
        text: `select coalesce((select jsonb_agg(jsonb_build_object('scope', s.scope, 'source', s.source, 'reason', s.reason,
          'expires_at', s.expires_at)) from blocks_on($1, $2, $3) s), '[]') as suppressions`,
        values: [tenant.workspace_id, number, null],
      })
      samples.push(performance.now() - begun)
      hits += rows[0].suppressions.length
    }
  })
  expectHits(hits)
  return samples
}

async function askNothing(): Promise<number[]> {
  const samples: number[] = []
  await inWorkspace(db.pool, tenant, async (tx) => {
    for (let i = 0; i < lookUps; i += 1) {
      const begun = performance.now()
      await tx.query({ name: 'bench-nothing', text: 'select $1::text as number', values: ['+12125550101'] })
      samples.push(performance.now() - begun)
    }
  })
  return samples
}
