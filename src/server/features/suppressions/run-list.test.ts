import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { after, before, describe, it } from 'node:test'
import { openTestDatabase, type TestDatabase } from '#kit/database.ts'
import { loadLeads, makeCampaign, makeTenant, numbersFrom, type Tenant } from '#kit/tenant.ts'
import { newId } from '#store/ids.ts'
import { beginVersion, createSuppressionList, readSuppressionList } from '#store/suppression-lists.ts'
import { inWorkspace } from '#store/tx.ts'
import { type ListDeps, runList } from './run-list.ts'

const now = Date.parse('2026-03-04T15:00:00Z')
const chunk_rows = 100
const numbers = numbersFrom(0, 4_000)

/** Every 20th number stands twice, after every 25th is a row that is none. */
function* file(): Generator<string> {
  for (const [index, number] of numbers.entries()) {
    yield `${number}\n`
    if (index % 20 === 7) yield `${numbers[index - 7]}\n`
    if (index % 25 === 3) yield `bad ${index}\n`
  }
}

describe('the file of a list', () => {
  let db: TestDatabase
  let tenant: Tenant
  let deps: ListDeps
  const data_dir = mkdtempSync(join(tmpdir(), 'outdial-lists-'))
  before(async () => {
    db = await openTestDatabase()
    tenant = await makeTenant(db.app, now)
    deps = {
      ...{ pool: db.app, clock: { now: () => now }, worker: 'test', data_dir, chunk_rows, onChange() {} },
      log: { info() {}, error: (fields, message) => console.error(message, fields) },
    }
  })
  after(async () => {
    await db.close()
    rmSync(data_dir, { recursive: true })
  })

  async function makeList(): Promise<string> {
    const id = newId(now)
    const path = join(data_dir, `${id}.csv`)
    writeFileSync(path, [...file()].join(''))
    const nobody = { brand: null, campaign_id: null, country: null, region: null, expires_at: null, created_by: null }
    const list = { ...nobody, id, name: 'Opted out', source: 'a test', scope: 'workspace' as const }
    const upload = { file_name: 'list.csv', file_path: `${id}.csv`, file_size_bytes: statSync(path).size, options: {} }
    await inWorkspace(db.app, tenant, async (tx) => {
      await createSuppressionList(tx, tenant.workspace_id, list, now)
      await beginVersion(tx, tenant.workspace_id, id, { ...upload, uploaded_by: tenant.user_id }, now)
    })
    return id
  }
  const read = (id: string) => inWorkspace(db.app, tenant, (tx) => readSuppressionList(tx, tenant.workspace_id, id))

  async function assertWhole(id: string): Promise<void> {
    const list = await read(id)
    assert.deepEqual(
      [list?.status, list?.rows_read, list?.added_numbers, list?.repeated_numbers, list?.refused_rows, list?.numbers],
      ['ready', 4_360, 4_000, 200, 160, 4_000],
    )
    const { rows } = await db.owner.query(
      `select count(*)::int as numbers, (select count(*)::int from suppression_list_refusals where list_number = $1) as refusals
       from suppression_list_numbers where list_number = $1`,
      [list?.holds],
    )
    assert.deepEqual(rows[0], { numbers: 4_000, refusals: 160 })
  }

  it('that a process was killed over is read on without a number lost, doubled or left unjudged', async () => {
    const campaign = await makeCampaign(db.app, tenant, now, {})
    await loadLeads(db.app, tenant, campaign, numbers.slice(0, 1_500), now)
    const list_id = await makeList()
    const key = { workspace_id: tenant.workspace_id, list_id }
    const args = [db.url_owner, data_dir, tenant.workspace_id, list_id, String(chunk_rows), String(now)]
    const program = join(import.meta.dirname, '../../../../test/kit/list-process.ts')
    for (const chunks of [3, 5]) {
      const child = spawn(process.execPath, [program, ...args], { stdio: ['ignore', 'pipe', 'inherit'] })
      const ended = once(child, 'exit')
      let seen = 0
      for await (const _line of createInterface(child.stdout)) if (++seen === chunks) child.kill('SIGKILL')
      await ended
      const part = await read(list_id)
      assert.equal(part?.status, 'importing')
      assert.ok((part?.rows_read ?? 0) >= chunks * chunk_rows && (part?.rows_read ?? 0) < 4_000)
      // The dead worker's lease: nobody else may go on before it has lapsed.
      await runList(deps, key)
      assert.equal((await read(list_id))?.rows_read, part?.rows_read)
      await db.owner.query("update suppression_lists set lease_until = now() - interval '1 second'")
    }
    await runList(deps, key)
    await assertWhole(list_id)
    const { rows } = await db.owner.query('select distinct status from leads where campaign_id = $1', [campaign])
    assert.deepEqual(rows, [{ status: 'do_not_call' }])
  })

  it('goes on where it was told to stop', async () => {
    const list_id = await makeList()
    const key = { workspace_id: tenant.workspace_id, list_id }
    for (let run = 0; (await read(list_id))?.status === 'importing'; run += 1) {
      assert.ok(run < 20)
      const stop = new AbortController()
      let chunks = 0
      const onChange = () => {
        chunks += 1
        if (chunks === 7) stop.abort()
      }
      await runList({ ...deps, onChange }, key, stop.signal)
    }
    await assertWhole(list_id)
  })

  it('that is gone is said to be', async () => {
    const list_id = await makeList()
    rmSync(join(data_dir, `${list_id}.csv`))
    const key = { workspace_id: tenant.workspace_id, list_id }
    await runList(deps, key)
    assert.equal((await read(list_id))?.status, 'importing')
    await runList({ ...deps, clock: { now: () => now + 120_000 } }, key)
    const list = await read(list_id)
    assert.deepEqual([list?.status, list?.holds], ['failed', null])
    assert.match(list?.error ?? '', /Upload it again/)
  })
})
