import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type ImportDesk, openImportDesk } from '#kit/imports.ts'
import { newId } from '#store/ids.ts'
import { runImport } from './import.ts'
import { cancelImport, undoImport } from './import-acts.ts'
import { createImportRunner } from './import-runner.ts'
import { previewImport } from './preview.ts'

let desk: ImportDesk
before(async () => {
  desk = await openImportDesk({ chunk_rows: 100 })
})
after(() => desk.close())

const key = (import_id: string) => ({ workspace_id: desk.tenant.workspace_id, import_id })
const list = (from: number, count: number) =>
  `name,phone\n${Array.from({ length: count }, (_, index) => `P ${from + index},+1415${2_000_000 + from + index}`).join('\n')}\n`
const countOf = async (table: string) =>
  (await desk.rows<{ count: number }>(`select count(*)::int from ${table}`))[0]?.count

test('undo removes leads and the contacts that nothing else uses, and lets the list be imported again', async () => {
  const campaign = await desk.campaign()
  const other = await desk.campaign()
  const before = [await countOf('contacts'), await countOf('leads')]
  const job = await desk.import(list(0, 20), campaign)
  await desk.import(list(0, 5), other)
  assert.deepEqual(await undoImport(desk.deps, key(job.id)), { ok: true, leads: 20, contacts: 15 })
  assert.equal((await desk.read(job.id)).status, 'undone')
  assert.deepEqual([await countOf('contacts'), await countOf('leads')], [(before[0] ?? 0) + 5, (before[1] ?? 0) + 5])
  assert.deepEqual(await desk.rows('select had_leads from campaigns where id = $1', [campaign]), [{ had_leads: false }])
  assert.deepEqual(await undoImport(desk.deps, key(job.id)), { ok: false, reason: 'status', status: 'undone' })
  assert.equal((await desk.import(list(0, 20), campaign)).imported_rows, 20)
})

test('undo is refused once anybody was called, and skips what a dropped attempt keeps', async () => {
  const campaign = await desk.campaign()
  const job = await desk.import(list(100, 3), campaign)
  const [lead] = await desk.rows<{ id: string; contact_id: string }>(
    'select id, contact_id from leads where import_id = $1 limit 1',
    [job.id],
  )
  const attempt = newId(desk.now)
  await desk.rows(
    `insert into attempts (workspace_id, id, lead_id, campaign_id, contact_id, owner_user_id, trunk_id, agentless, number, state,
       verdict, claimed_by, claimed_at, lease_until, ended_at)
     values ($1, $2, $3, $4, $5, $6, $7, true, '+14152000100', 'ended', '{}', 'x', now(), now(), now())`,
    [
      desk.tenant.workspace_id,
      attempt,
      lead?.id,
      campaign,
      lead?.contact_id,
      desk.tenant.user_id,
      desk.tenant.trunk_id,
    ],
  )
  assert.deepEqual(await undoImport(desk.deps, key(job.id)), { ok: false, reason: 'dialed', dialed: 1 })
  await desk.rows("update attempts set state = 'dropped' where id = $1", [attempt])
  assert.deepEqual(await undoImport(desk.deps, key(job.id)), { ok: true, leads: 2, contacts: 2 })
  assert.deepEqual(await desk.rows('select status, held_by, due_at from leads where id = $1', [lead?.id]), [
    { status: 'skipped', held_by: 'import_undone', due_at: null },
  ])
})

test('undo and cancel of what is not there, or another workspace’s, find nothing', async () => {
  assert.deepEqual(await undoImport(desk.deps, key(newId(desk.now))), { ok: false, reason: 'not_found' })
  const { makeTenant } = await import('#kit/tenant.ts')
  const stranger = await makeTenant(desk.db.app, desk.now)
  const job = await desk.import(list(200, 2), await desk.campaign())
  const theirs = { workspace_id: stranger.workspace_id, import_id: job.id }
  assert.deepEqual(await undoImport(desk.deps, theirs), { ok: false, reason: 'not_found' })
  assert.deepEqual(await cancelImport(desk.deps, theirs), { ok: false, reason: 'not_running' })
})

test('cancel stops before the next chunk; what is merged stays', async () => {
  const campaign = await desk.campaign()
  const id = await desk.upload(list(1000, 1000), campaign)
  const cancelling = { ...desk.deps, onChunk: () => void cancelImport(desk.deps, key(id)) }
  await runImport(cancelling, key(id))
  const job = await desk.read(id)
  assert.equal(job.status, 'cancelled')
  assert.ok(job.imported_rows >= 100 && job.imported_rows < 1000, `${job.imported_rows}`)
  const leads = await desk.rows<{ count: number }>('select count(*)::int from leads where import_id = $1', [id])
  assert.equal(leads[0]?.count, job.imported_rows)
})

test('a runner runs what is unfinished, stops between chunks, and another goes on from there', async () => {
  const campaign = await desk.campaign()
  const id = await desk.upload(list(5000, 1500), campaign)
  const { promise: begun, resolve: firstChunk } = Promise.withResolvers<void>()
  const first = createImportRunner({ ...desk.deps, worker: 'first', onChunk: () => firstChunk() })
  first.start()
  await begun
  await first.stop()
  const stopped = await desk.read(id)
  assert.ok(stopped.chunks_merged > 0 && stopped.chunks_merged < 15, `${stopped.chunks_merged}`)
  assert.equal(stopped.status, 'processing')
  const { promise: ended, resolve: lastChunk } = Promise.withResolvers<void>()
  const onChunk = () => void desk.read(id).then((job) => job.status !== 'processing' && lastChunk())
  const second = createImportRunner({ ...desk.deps, worker: 'second', onChunk })
  second.start()
  await ended
  await second.stop()
  const job = await desk.read(id)
  assert.deepEqual([job.status, job.total_rows, job.imported_rows, job.chunks_merged], ['completed', 1500, 1500, 15])
  const [leads] = await desk.rows(
    'select count(*)::int, count(distinct number)::int as numbers from leads where import_id = $1',
    [id],
  )
  assert.deepEqual(leads, { count: 1500, numbers: 1500 })
})

test('two workers on one import: one runs it, the other leaves it alone', async () => {
  const id = await desk.upload(list(9000, 600), await desk.campaign())
  await Promise.all(['a', 'b', 'c'].map((worker) => runImport({ ...desk.deps, worker }, key(id))))
  const job = await desk.read(id)
  assert.deepEqual([job.status, job.imported_rows, job.duplicate_rows], ['completed', 600, 0])
})

test('a preview counts what an import would do, shows the first rows, and leaves nothing', async () => {
  const campaign = await desk.campaign()
  await desk.import(list(20_000, 30), campaign)
  await desk.import(list(20_030, 30), null)
  const before = [await countOf('contacts'), await countOf('leads'), await countOf('imports')]
  const { Readable } = await import('node:stream')
  const file = `${list(20_020, 250)}Twice,+14152020269\nBad,12\n`
  const request = { workspace_id: desk.tenant.workspace_id, campaign_id: campaign, options: {} }
  const preview = await previewImport(desk.deps, Readable.from([Buffer.from(file)]), request)
  assert.ok(preview.ok)
  assert.deepEqual(preview.counts, { total: 252, invalid: 1, duplicate: 11, suppressed: 0, create: 210, update: 30 })
  assert.equal(preview.rows.length, 50)
  assert.deepEqual([preview.rows[0]?.row, preview.rows[0]?.fields?.full_name], [2, 'P 20020'])
  assert.deepEqual(
    preview.layout.columns.map((column) => column.role),
    ['full_name', 'phone'],
  )
  assert.deepEqual([await countOf('contacts'), await countOf('leads'), await countOf('imports')], before)
  assert.equal(await countOf('import_staging'), 0)
  const job = await desk.import(file, campaign)
  assert.deepEqual([job.total_rows, job.imported_rows, job.duplicate_rows, job.invalid_rows], [252, 240, 11, 1])
  const refused = await previewImport(desk.deps, Readable.from([Buffer.from('PK\x03\x04')]), request)
  assert.ok(!refused.ok)
})

test('staging takes rows and gives none back: the app can neither read it nor name another workspace', async () => {
  const { inWorkspace } = await import('#store/tx.ts')
  const attempt = (sql: string) => inWorkspace(desk.db.app, desk.tenant, (tx) => tx.query(sql))
  await assert.rejects(attempt('select * from import_staging'), { code: '42501' })
  await assert.rejects(attempt('delete from import_staging'), { code: '42501' })
  await assert.rejects(attempt(`insert into import_staging (workspace_id) values ('${newId(desk.now)}')`), {
    code: '42501',
  })
  await assert.rejects(attempt('select add_staged_people(null, 1, 1, null, null, 1, now())'), { code: '42501' })
})
