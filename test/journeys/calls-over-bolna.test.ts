import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { openTestDatabase, type TestDatabase } from '#kit/database.ts'
import { freePort, type ServerProcess, startServer } from '#kit/server-process.ts'
import { loadLeads, makeCampaign, makeTenant, numbersFrom } from '#kit/tenant.ts'
import { readMasterKey } from '#server/features/installation/master-key.ts'
import { newId } from '#store/ids.ts'
import { openSecretBox } from '#store/secrets.ts'
import { createTrunk } from '#store/trunks.ts'
import { inWorkspace } from '#store/tx.ts'
import { createSystemClock } from '#telephony/clock.ts'
import { type BolnaEmulator, startBolnaEmulator } from '#telephony/simulator/bolna/process.ts'
import { no_chaos } from '#telephony/simulator/chaos.ts'
import { parseScript } from '#telephony/simulator/script.ts'
import { zoneAtNoon } from '../chaos/list.ts'

/** What each number does, and what its call comes to. The last one talks until somebody ends it. */
const plays: [object, string][] = [
  [{ do: 'answers', talk_s: 20 }, 'answered'],
  [{ do: 'machine', talk_s: 20 }, 'machine'],
  [{ do: 'busy' }, 'busy'],
  [{ do: 'rings-out' }, 'no_answer'],
  [{ do: 'rejects' }, 'rejected'],
  [{ do: 'invalid-number' }, 'invalid_number'],
  [{ do: 'accepts-then-answers-500', talk_s: 20 }, 'answered'],
  [{ do: 'answers', talk_s: 86_400 }, 'answered'],
]
const numbers = numbersFrom(0, plays.length)
const last = numbers.at(-1) as string
const api_key = 'bn-of-nobody'
const webhook_key = 'only-for-this-one-trunk'
const agent_id = '0192f000-0000-4000-8000-000000000001'

describe('a campaign over Bolna', () => {
  let db: TestDatabase
  let emulator: BolnaEmulator
  let server: ServerProcess
  const folder = mkdtempSync(join(tmpdir(), 'outdial-bolna-'))
  before(async () => {
    db = await openTestDatabase()
  })
  after(async () => {
    await emulator?.close()
    await server?.stop()
    await db.close()
    rmSync(folder, { recursive: true, force: true })
  })

  const all = async (sql: string) => (await db.owner.query(sql)).rows
  async function until(what: string, seen: () => Promise<boolean>): Promise<void> {
    const deadline = performance.now() + 30_000
    while (!(await seen())) {
      if (performance.now() > deadline) throw new Error(`not in time: ${what}`)
      // The carrier lives in this process and must have its turn.
      await wait(50)
    }
  }

  it('dials everybody once, and believes nothing that it was not told when it asked', async () => {
    const at = Date.now()
    const tenant = await makeTenant(db.app, at, { time_zone: 'UTC' })
    await db.owner.query(`update workspaces set consent_declaration = '{"basis": "express consent"}'`)
    const id = newId(at)
    const port = String(await freePort())
    const hooks = `http://127.0.0.1:${port}/webhooks/bolna/${id}`
    const behaviours = plays.map(([play], index) => [numbers[index], [{ setup_s: 1, ring_s: 6, ...play }]])
    const reading = parseScript(JSON.stringify(Object.fromEntries(behaviours)))
    assert.ok(reading.ok)
    emulator = await startBolnaEmulator({
      ...{ port: 0, api_key, wallet: 10, webhook_url: `${hooks}/${webhook_key}`, clock: createSystemClock() },
      ...{ script: reading.script, seed: '1', speed: 120, chaos: no_chaos, ledger_path: null, trouble: () => {} },
    })
    const { workspace_id } = tenant
    const secrets = openSecretBox(readMasterKey(folder))
    const sealed_secret = secrets.seal(api_key, { workspace_id, table: 'trunks', id })
    const trunk = { id, name: 'Bolna', provider: 'bolna', is_default: true, channels: 20, calls_per_second: null }
    const settings = { agent_id, webhook_key }
    await inWorkspace(db.app, tenant, (tx) => createTrunk(tx, workspace_id, { ...trunk, settings, sealed_secret }, at))
    const campaign = await makeCampaign(db.app, tenant, at, {
      ...{ status: 'active', mode: 'ai', purpose: 'information', trunk_id: id, max_attempts: 1 },
      next_action: 'Book a visit',
    })
    // Where it is a lawful hour, whenever the test runs.
    const person = { time_zone: zoneAtNoon(at), first_name: 'Ada' }
    await loadLeads(db.app, tenant, campaign, numbers, at, person)
    server = await startServer({
      ...{ OUTDIAL_PORT: port, DATABASE_URL: db.url_owner, OUTDIAL_DATA_DIR: folder, OUTDIAL_DEMO: '0' },
      OUTDIAL_CARRIER_URLS: `bolna=${emulator.url}`,
    })
    const outcomes = async () =>
      new Map((await all('select to_number, outcome from calls')).map((call) => [call.to_number, call.outcome]))
    const known = async () => [...(await outcomes()).values()].filter((outcome) => outcome !== null).length
    await until('all but one are over', async () => (await known()) === numbers.length - 1)

    const [living] = await all(`select id, state, provider_call_id from calls where to_number = '${last}'`)
    const forged = { id: living.provider_call_id, status: 'completed', conversation_duration: 9, total_cost: 99 }
    const post = (address: string, body: object) =>
      fetch(address, { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json' } })
    assert.equal((await post(`${hooks}/another-key-altogether`, forged)).status, 401)
    assert.equal((await post(`${hooks}/${webhook_key}`, forged)).status, 204)
    assert.equal((await post(`${hooks}/${webhook_key}`, { ...forged, id: 'nobody-knows-it' })).status, 204)
    await until('the carrier was asked', async () => {
      const looked = await all(`select from call_hints where provider_call_id = '${living.provider_call_id}'
        and look_at > clock_timestamp() + interval '20 seconds'`)
      return looked.length === 1
    })
    const [still] = await all(`select state from calls where id = '${living.id}'`)
    assert.equal(still.state, 'answered')

    const stopped = await fetch(`${emulator.url}/call/${living.provider_call_id}/stop`, {
      ...{ method: 'POST', headers: { authorization: `Bearer ${api_key}` } },
    })
    assert.equal(stopped.status, 200)
    await until('the last one is over', async () => (await known()) === numbers.length)
    const told = await outcomes()
    assert.deepEqual(
      numbers.map((number) => told.get(number)),
      plays.map(([, outcome]) => outcome),
    )
    await until('recordings are known', async () => {
      return (await all('select from calls where recording_url is not null')).length >= 3
    })
    const orders = emulator.placed().map(({ order }) => order)
    assert.deepEqual(orders.map((order) => order.recipient_phone_number).toSorted(), numbers.toSorted())
    for (const { user_data } of orders)
      assert.deepEqual([user_data?.first_name, user_data?.next_action], ['Ada', 'Book a visit'])
    assert.deepEqual(await all('select payload from provider_payloads'), [], 'nothing unsigned is kept')
  })
})
