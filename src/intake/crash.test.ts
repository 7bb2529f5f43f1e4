import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { after, before, test } from 'node:test'
import { type ImportDesk, openImportDesk } from '#kit/imports.ts'
import { openPool } from '#store/database.ts'
import { runImport } from './import.ts'

const chunkRows = 500
let desk: ImportDesk
before(async () => {
  desk = await openImportDesk({ chunk_rows: chunkRows })
})
after(() => desk.close())

/** Every 25th number is bad, every 40th stands in the file twice; quoted cells hold line ends and delimiters. */
function* file(people: number): Generator<string> {
  yield '\ufeffid,name,phone,address\r\n'
  for (let i = 0; i < people; i += 1) {
    const number = i % 25 === 3 ? `bad ${i}` : `+1212${2_000_000 + (i % 40 === 7 ? i - 7 : i)}`
    yield `${i},"Person, No ""${i}""",${number},"1 Main St\r\nNew York"\r\n`
  }
}

const key = (import_id: string) => ({ workspace_id: desk.tenant.workspace_id, import_id })

async function assertWhole(importId: string, campaign: string, people: number): Promise<void> {
  const bad = people / 25
  const twice = people / 40
  const job = await desk.read(importId)
  assert.deepEqual(
    [job.status, job.total_rows, job.imported_rows, job.duplicate_rows, job.invalid_rows, job.bytes_read],
    ['partial', people, people - bad - twice, twice, bad, job.file_size_bytes],
  )
  const [found] = await desk.rows(
    `select count(*)::int as leads, count(distinct l.number)::int as numbers, count(distinct p.number)::int as phones,
       (select count(*)::int from import_errors where import_id = $1) as errors,
       (select count(distinct row)::int from import_errors where import_id = $1) as rows
     from leads l join contact_phones p on p.contact_id = l.contact_id where l.campaign_id = $2`,
    [importId, campaign],
  )
  const leads = people - bad - twice
  assert.deepEqual(found, { leads, numbers: leads, phones: leads, errors: bad + twice, rows: bad + twice })
  assert.deepEqual(await desk.rows('select from import_staging'), [])
}

test('a process killed in the middle of an import loses no row and doubles none', async () => {
  const people = 20_000
  const campaign = await desk.campaign()
  const id = await desk.upload([...file(people)].join(''), campaign)
  const args = [
    desk.db.url_owner,
    desk.deps.data_dir,
    desk.tenant.workspace_id,
    id,
    String(chunkRows),
    String(desk.now),
  ]
  for (const chunks of [3, 9]) {
    const child = spawn(process.execPath, [join(import.meta.dirname, '../../test/kit/import-process.ts'), ...args], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const ended = once(child, 'exit')
    let seen = 0
    for await (const _line of createInterface(child.stdout)) if (++seen === chunks) child.kill('SIGKILL')
    await ended
    const job = await desk.read(id)
    assert.equal(job.status, 'processing')
    assert.ok(job.chunks_merged >= chunks && job.chunks_merged < people / chunkRows, `${job.chunks_merged} chunks`)
    assert.equal(job.total_rows, job.chunks_merged * chunkRows)
    // The dead worker's lease: nobody else may go on before it has lapsed.
    await runImport(desk.deps, key(id))
    assert.equal((await desk.read(id)).chunks_merged, job.chunks_merged)
    await desk.rows("update imports set lease_until = now() - interval '1 second' where id = $1", [id])
  }
  await runImport(desk.deps, key(id))
  await assertWhole(id, campaign, people)
})

test('a database that drops every connection in the middle of an import loses no row and doubles none', async () => {
  const people = 8_000
  const other = await openImportDesk({ chunk_rows: chunkRows })
  const mine = desk
  desk = other
  try {
    // Connections that break while in use are what this test is about, so they have a listener of their own.
    const pool = openPool({ connectionString: desk.db.url_owner }, { max: 4, onError: () => {}, copies: true })
    pool.on('connect', (client) => client.on('error', () => {}))
    const campaign = await desk.campaign()
    const id = await desk.upload([...file(people)].join(''), campaign)
    let chunks = 0
    const cut = () =>
      desk.rows(
        "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() and query not like '%pg_terminate%'",
      )
    const onChunk = () => {
      chunks += 1
      if (chunks % 7 === 0) void cut()
    }
    for (let run = 0; (await desk.read(id)).completed_at === null; run += 1) {
      assert.ok(run < 50)
      // However a connection breaks: what counts is what the next run makes of it.
      await runImport({ ...desk.deps, pool, log: { info() {}, error() {} }, onChunk }, key(id)).catch(() => {})
    }
    await assertWhole(id, campaign, people)
    await pool.end()
  } finally {
    desk = mine
    await other.close()
  }
})
