/** Campaigns over carriers that sign nothing: what they deliver only makes the server ask. */
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, it, type TestContext } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { openTestDatabase } from '#kit/database.ts'
import { freePort, startServer } from '#kit/server-process.ts'
import { loadLeads, makeCampaign, makeTenant, numbersFrom } from '#kit/tenant.ts'
import { readMasterKey } from '#server/features/installation/master-key.ts'
import { newId } from '#store/ids.ts'
import { openSecretBox } from '#store/secrets.ts'
import { createTrunk } from '#store/trunks.ts'
import { inWorkspace } from '#store/tx.ts'
import { createSystemClock } from '#telephony/clock.ts'
import { startBolnaEmulator } from '#telephony/simulator/bolna/process.ts'
import { no_chaos } from '#telephony/simulator/chaos.ts'
import type { HostedOptions } from '#telephony/simulator/hosted-calls.ts'
import { parseScript } from '#telephony/simulator/script.ts'
import { startVoipstudioEmulator } from '#telephony/simulator/voipstudio/process.ts'
import { zoneAtNoon } from '../chaos/list.ts'

const api_key = 'key-of-nobody'
const webhook_key = 'only-for-this-one-trunk'

interface Emulator {
  url: string
  close(): Promise<void>
}

interface Journey<E extends Emulator> {
  provider: string
  settings: object
  campaign: object
  channels: number
  /** What each number does. */
  plays: object[]
  emulate(options: HostedOptions & { port: number; api_key: string; webhook_url: string }): Promise<E>
}

/** A campaign that runs over the emulated carrier, in a server of its own. */
async function begin<E extends Emulator>(context: TestContext, journey: Journey<E>) {
  const { provider, plays, channels } = journey
  const numbers = numbersFrom(0, plays.length)
  const folder = mkdtempSync(join(tmpdir(), `outdial-${provider}-`))
  const db = await openTestDatabase()
  const at = Date.now()
  const tenant = await makeTenant(db.app, at, { time_zone: 'UTC' })
  await db.owner.query(`update workspaces set consent_declaration = '{"basis": "express consent"}'`)
  const id = newId(at)
  const port = String(await freePort())
  const hooks = `http://127.0.0.1:${port}/webhooks/${provider}/${id}`
  const behaviours = plays.map((play, index) => [numbers[index], [{ setup_s: 1, ring_s: 6, ...play }]])
  const reading = parseScript(JSON.stringify(Object.fromEntries(behaviours)))
  assert.ok(reading.ok)
  const emulator = await journey.emulate({
    ...{ port: 0, api_key, webhook_url: `${hooks}/${webhook_key}`, clock: createSystemClock(), script: reading.script },
    ...{ seed: '1', speed: 120, chaos: no_chaos, ledger_path: null, trouble: () => {} },
  })
  const { workspace_id } = tenant
  const secrets = openSecretBox(readMasterKey(folder))
  const sealed_secret = secrets.seal(api_key, { workspace_id, table: 'trunks', id })
  const settings = { ...journey.settings, webhook_key }
  const trunk = { id, name: 'Hosted', provider, is_default: true, channels, calls_per_second: null }
  await inWorkspace(db.app, tenant, (tx) => createTrunk(tx, workspace_id, { ...trunk, settings, sealed_secret }, at))
  const campaign = await makeCampaign(db.app, tenant, at, {
    ...{ status: 'active', purpose: 'information', trunk_id: id, max_attempts: 1, ...journey.campaign },
  })
  // Where it is a lawful hour, whenever the test runs.
  await loadLeads(db.app, tenant, campaign, numbers, at, { time_zone: zoneAtNoon(at), first_name: 'Ada' })
  const server = await startServer({
    ...{ OUTDIAL_PORT: port, DATABASE_URL: db.url_owner, OUTDIAL_DATA_DIR: folder, OUTDIAL_DEMO: '0' },
    OUTDIAL_CARRIER_URLS: `${provider}=${emulator.url}`,
  })
  context.after(async () => {
    await emulator.close()
    await server.stop()
    await db.close()
    rmSync(folder, { recursive: true, force: true })
  })
  const all = async (sql: string) => (await db.owner.query(sql)).rows
  return {
    ...{ emulator, numbers, hooks, all },
    async until(what: string, seen: () => Promise<boolean>): Promise<void> {
      const deadline = performance.now() + 120_000
      while (!(await seen())) {
        if (performance.now() > deadline) throw new Error(`not in time: ${what}`)
        // The carrier lives in this process and must have its turn.
        await wait(50)
      }
    },
    /** Of the calls that are over; what a busy machine sent too late, and then anew, was none. */
    async outcomes(): Promise<Map<string, string>> {
      const rows = await all(`select number, outcome from attempts where state = 'ended'`)
      return new Map(rows.map((attempt) => [attempt.number, attempt.outcome]))
    },
    async post(address: string, body: object): Promise<number> {
      const headers = { 'content-type': 'application/json' }
      return (await fetch(address, { method: 'POST', body: JSON.stringify(body), headers })).status
    },
  }
}

describe('a campaign over a carrier that signs nothing', () => {
  it('is talked by Bolna, and believes nothing but what was asked', async (context) => {
    /** The last one talks until somebody ends it. */
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
    const { emulator, numbers, hooks, all, until, outcomes, post } = await begin(context, {
      ...{ provider: 'bolna', settings: { agent_id: '0192f000-0000-4000-8000-000000000001' }, channels: 20 },
      ...{ campaign: { mode: 'ai', next_action: 'Book a visit' }, plays: plays.map(([play]) => play) },
      emulate: (options) => startBolnaEmulator({ ...options, wallet: 10 }),
    })
    await until('all but one are over', async () => (await outcomes()).size === numbers.length - 1)

    const [living] = await all(`select id, provider_call_id from attempts
      where number = '${numbers.at(-1)}' and state <> 'dropped'`)
    const forged = { id: living.provider_call_id, status: 'completed', conversation_duration: 9, total_cost: 99 }
    assert.equal(await post(`${hooks}/another-key-altogether`, forged), 401)
    assert.equal(await post(`${hooks}/${webhook_key}`, { ...forged, id: 'nobody-knows-it' }), 204)
    assert.equal(await post(`${hooks}/${webhook_key}`, forged), 204)
    await until('the carrier was asked', async () => {
      const looked = await all(`select from call_hints where provider_call_id = '${living.provider_call_id}'
        and look_at > clock_timestamp() + interval '20 seconds'`)
      return looked.length === 1
    })
    assert.deepEqual(await all(`select state, recording_url, cost from calls where id = '${living.id}'`), [
      { state: 'answered', recording_url: null, cost: null },
    ])

    const stop = { method: 'POST', headers: { authorization: `Bearer ${api_key}` } }
    assert.equal((await fetch(`${emulator.url}/call/${living.provider_call_id}/stop`, stop)).status, 200)
    await until('the last one is over', async () => (await outcomes()).size === numbers.length)
    const told = await outcomes()
    assert.deepEqual(
      numbers.map((number) => told.get(number)),
      plays.map(([, outcome]) => outcome),
    )
    // Some minutes after a call its carrier has the recording, and we have it a moment later.
    const recorded = () => all(`select from recordings where state = 'kept'`)
    await until('what comes late is known and kept', async () => (await recorded()).length === 3)
    const billed = await all('select cost::text, cost_currency from calls where cost is not null')
    assert.deepEqual(billed, Array(3).fill({ cost: '0.075000', cost_currency: 'USD' }))
    const orders = emulator.placed().map(({ order }) => order)
    assert.deepEqual(orders.map((order) => order.recipient_phone_number).toSorted(), numbers.toSorted())
    for (const { user_data } of orders)
      assert.deepEqual([user_data?.first_name, user_data?.next_action], ['Ada', 'Book a visit'])
    assert.deepEqual(await all('select payload from provider_payloads'), [], 'of what is unsigned nothing is kept')
  })

  it('is called by a user of VoIPStudio', async (context) => {
    const plays: [object, string][] = [
      [{ do: 'answers', talk_s: 20 }, 'answered'],
      [{ do: 'busy' }, 'busy'],
      [{ do: 'rejects' }, 'rejected'],
      [{ do: 'invalid-number' }, 'invalid_number'],
      [{ do: 'rings-out' }, 'no_answer'],
    ]
    const { emulator, numbers, until, outcomes } = await begin(context, {
      ...{ provider: 'voipstudio', settings: { user_id: '42598' }, channels: 6 },
      ...{ campaign: {}, plays: plays.map(([play]) => play) },
      emulate: (options) => startVoipstudioEmulator({ ...options, users: { '42598': 'online' } }),
    })
    await until('all are over', async () => (await outcomes()).size === numbers.length)
    const told = await outcomes()
    assert.deepEqual(
      numbers.map((number) => told.get(number)),
      plays.map(([, outcome]) => outcome),
    )
    const dialed = emulator.placed().map(({ order }) => [order.from, `+${order.to}`])
    assert.deepEqual(dialed.toSorted(), numbers.map((number) => ['42598', number]).toSorted())
  })
})
