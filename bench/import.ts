/**
 * A list with quoted fields and line breaks in cells, 4 % bad numbers and 3 % duplicates becomes leads ready to dial:
 * validated, deduplicated, scrubbed, dated. Against COPY of the very rows that are staged into one unindexed unlogged
 * table, and COPY of the finished rows into tables with the same indexes, in the same run.
 */
import { createReadStream, createWriteStream, statSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { from as copyFrom, to as copyTo } from 'pg-copy-streams'
import { openChunks } from '#intake/chunks.ts'
import { type ImportDeps, runImport } from '#intake/import.ts'
import { readLayout } from '#intake/layout.ts'
import { planReading, readRules } from '#intake/reading-plan.ts'
import { stageFile } from '#intake/stage-file.ts'
import { makeCampaign, makeTenant, numbersFrom } from '#kit/tenant.ts'
import { newId } from '#store/ids.ts'
import { clearStaging, stagingColumns } from '#store/import-merge.ts'
import { createImport, readImport } from '#store/imports.ts'
import { inWorkspace } from '#store/tx.ts'
import { type Bar, flag, openBenchDatabase, report } from './kit.ts'
import { timeUploads } from './upload-time.ts'

const rows = flag('rows', 1_000_000)
const mb = 1024 * 1024
/** A Wednesday noon in New York. */
const at = Date.parse('2026-11-18T17:00:00Z')

const db = await openBenchDatabase()
const csv = join(db.folder, 'list.csv')
const expected = await writeList(csv)
const tenant = await makeTenant(db.pool, at)
const campaign = await makeCampaign(db.pool, tenant, at, { window_start: 480, window_end: 1260, hours_zone: 'person' })

const whole = await importWhole()
const staging = await stageOnly()
const raw = await copyRaw()
const indexed = await copyIndexed(false)
const guarded = await copyIndexed(true)
const upload_ms = await timeUploads(db, 100)
const bars: Bar[] = [
  { name: 'raw COPY, unlogged, no index', value: raw, unit: 'rows/s' },
  { name: 'parse to staging', value: staging, unit: 'rows/s' },
  { name: 'parse to staging, share of raw', value: (staging / raw) * 100, unit: '%', floor: 40, goal: 80 },
  { name: 'COPY into the tables as they are', value: guarded, unit: 'rows/s' },
  { name: 'COPY into the same without foreign keys', value: indexed, unit: 'rows/s' },
  { name: 'whole import', value: whole.rate, unit: 'rows/s' },
  {
    name: 'whole, share of COPY into the tables',
    value: (whole.rate / guarded) * 100,
    unit: '%',
    floor: 60,
    goal: 110,
  },
  { name: 'whole, share of COPY without foreign keys', value: (whole.rate / indexed) * 100, unit: '%' },
  { name: 'peak RSS growth', value: whole.rss_growth / mb, unit: 'MB', floor: 300, better: 'lower' },
  { name: 'first lead dialable', value: whole.first_ms, unit: 'ms', goal: 300, better: 'lower' },
  { name: '100 rows uploaded and answered', value: upload_ms, unit: 'ms', floor: 1000, better: 'lower' },
]
report('import', bars)
await db.close()

/** Every 25th number bad, every 33rd there already, a line break in every tenth row. */
async function writeList(path: string): Promise<{ invalid: number; duplicate: number }> {
  const numbers = numbersFrom(0, rows)
  let invalid = 0
  let duplicate = 0
  function* lines(): Generator<string> {
    yield '\ufeffid,first_name,last_name,company_name,address,phone,email,city,state,notes\r\n'
    for (let i = 0; i < rows; i += 1) {
      const bad = i % 25 === 3
      // 7 + 33 k is bad itself where k is 2 more than a multiple of 25; such a row counts as bad only.
      const again = !bad && i % 33 === 7 && (i - 7) % 25 !== 3
      if (bad) invalid += 1
      else if (again) duplicate += 1
      const phone = bad ? `n/a ${i}` : numbers[again ? i - 7 : i]
      const note = i % 10 === 0 ? '"said ""call later"",\r\nthen hung up"' : 'plain'
      yield `${i},Ann${i % 991},Smith${i % 1777},"Benton, John B Jr ${i % 100}","6649 N Blue Gum St, New Orleans",${phone},ann${i}@example.com,Rome,NY,${note}\r\n`
    }
  }
  await pipeline(Readable.from(lines(), { highWaterMark: 1000 }), createWriteStream(path))
  return { invalid, duplicate }
}

async function importWhole(): Promise<{ rate: number; rss_growth: number; first_ms: number }> {
  const id = newId(at)
  const file_size_bytes = statSync(csv).size
  const job = {
    id,
    campaign_id: campaign,
    owner_user_id: tenant.user_id,
    file_name: 'list.csv',
    file_size_bytes,
    file_path: 'list.csv',
    options: {},
  }
  await inWorkspace(db.pool, tenant, (tx) => createImport(tx, tenant.workspace_id, job, at))
  // The import removes its file; the others read it again.
  const kept = createWriteStream(join(db.folder, 'kept.csv'))
  await pipeline(createReadStream(csv), kept)
  const rssBefore = process.memoryUsage().rss
  let peak = rssBefore
  const watch = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage().rss)
  }, 20)
  let first_ms = Number.NaN
  const begun = performance.now()
  const deps: ImportDeps = {
    pool: db.copies,
    clock: { now: () => at },
    worker: 'bench',
    data_dir: db.folder,
    log: { info: () => {}, error: (fields, message) => console.error(message, fields) },
    onChunk: () => {
      if (Number.isNaN(first_ms)) first_ms = performance.now() - begun
    },
  }
  await runImport(deps, { workspace_id: tenant.workspace_id, import_id: id })
  const seconds = (performance.now() - begun) / 1000
  clearInterval(watch)
  await checkCounts(id)
  return { rate: rows / seconds, rss_growth: peak - rssBefore, first_ms }
}

async function checkCounts(id: string): Promise<void> {
  const job = await inWorkspace(db.pool, tenant, (tx) => readImport(tx, tenant.workspace_id, id))
  const { invalid, duplicate } = expected
  const wanted = [rows, rows - invalid - duplicate, duplicate, invalid].join()
  const got = [job?.total_rows, job?.imported_rows, job?.duplicate_rows, job?.invalid_rows].join()
  const { rows: found } = await db.owner.query('select count(*)::int as leads from leads where due_at is not null')
  if (got !== wanted || found[0].leads !== job?.imported_rows)
    throw new Error(`the import counted ${got} instead of ${wanted}`)
}

async function planned() {
  const path = join(db.folder, 'kept.csv')
  const rules = await inWorkspace(db.pool, tenant, (tx) => readRules(tx, tenant.workspace_id, campaign, {}))
  const found = await readLayout(path, {}, rules.numbers)
  if (!found.ok) throw new Error(found.refusal)
  return planReading({
    path,
    file_size_bytes: statSync(path).size,
    layout: found.layout,
    rules,
    import_id: newId(at),
    at,
  })
}

/** From opening the file to the last row in staging. */
async function stageOnly(): Promise<number> {
  const begun = performance.now()
  const plan = await planned()
  const chunks = openChunks(db.copies, tenant.workspace_id, plan)
  for (let staged = await chunks.stageNext(); staged !== null; staged = await chunks.stageNext()) {
    if ('refusal' in staged) throw new Error(staged.refusal)
  }
  const seconds = (performance.now() - begun) / 1000
  await chunks.close()
  await inWorkspace(db.pool, tenant, (tx) => clearStaging(tx, plan.import_id))
  await db.owner.query('vacuum import_staging')
  return rows / seconds
}

/** The same lines, made before the clock runs. */
async function copyRaw(): Promise<number> {
  const path = join(db.folder, 'staging.copy')
  const plan = await planned()
  async function* lines(): AsyncGenerator<Uint8Array> {
    for await (const event of stageFile(plan)) if (event.kind === 'lines') yield event.bytes
  }
  await pipeline(Readable.from(lines()), createWriteStream(path))
  await db.owner.query('create unlogged table raw_rows (like import_staging including defaults)')
  await db.owner.query("alter table raw_rows alter workspace_id set default '00000000-0000-0000-0000-000000000000'")
  return rows / (await copyInto('raw_rows', stagingColumns.join(', '), path))
}

/** What the import made, into empty tables like those it made it in; `guarded` with their foreign keys. */
async function copyIndexed(guarded: boolean): Promise<number> {
  let seconds = 0
  for (const table of ['contacts', 'contact_phones', 'leads']) {
    const { rows: columns } = await db.owner.query(
      "select string_agg(quote_ident(attname), ', ' order by attnum) as list from pg_attribute where attrelid = $1::regclass and attnum > 0 and not attisdropped and attgenerated = ''",
      [table],
    )
    const path = join(db.folder, `${table}.copy`)
    const client = await db.owner.connect()
    await pipeline(
      client.query(copyTo(`copy (select ${columns[0].list} from ${table}) to stdout`)),
      createWriteStream(path),
    )
    await client.query(`drop table if exists copied_${table} cascade`)
    await client.query(`create table copied_${table} (like ${table} including all)`)
    const { rows: keys } = await client.query(
      "select pg_get_constraintdef(oid) as key from pg_constraint where conrelid = $1::regclass and contype = 'f'",
      [table],
    )
    // The copies refer to the originals, which hold the same rows.
    if (guarded) for (const { key } of keys) await client.query(`alter table copied_${table} add ${key}`)
    client.release()
    seconds += await copyInto(`copied_${table}`, columns[0].list, path)
  }
  return rows / seconds
}

async function copyInto(table: string, columns: string, path: string): Promise<number> {
  const client = await db.owner.connect()
  try {
    await client.query('checkpoint')
    const begun = performance.now()
    await pipeline(
      createReadStream(path, { highWaterMark: mb }),
      client.query(copyFrom(`copy ${table} (${columns}) from stdin`)),
    )
    return (performance.now() - begun) / 1000
  } finally {
    client.release()
  }
}
