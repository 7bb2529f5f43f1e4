import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { openTestDatabase, type TestDatabase } from '#kit/database.ts'
import { freePort, type ServerProcess, startServer } from '#kit/server-process.ts'
import { loadLeads, makeCampaign, makeTenant, numbersFrom, type Tenant } from '#kit/tenant.ts'
import { readMasterKey } from '#server/features/installation/master-key.ts'
import { newId } from '#store/ids.ts'
import { openSecretBox } from '#store/secrets.ts'
import { createTrunk } from '#store/trunks.ts'
import { inWorkspace } from '#store/tx.ts'
import { createSystemClock } from '#telephony/clock.ts'
import { no_chaos } from '#telephony/simulator/chaos.ts'
import { parseScript } from '#telephony/simulator/script.ts'
import { emulated_account, startTwilioEmulator, type TwilioEmulator } from '#telephony/simulator/twilio/process.ts'
import { zoneAtNoon } from '../chaos/list.ts'

/** What each number does, and what its call comes to. The last one ends while nobody is there to hear of it. */
const plays: [object, string][] = [
  [{ do: 'answers', talk_s: 3 }, 'human'],
  [{ do: 'machine', talk_s: 4 }, 'machine'],
  [{ do: 'busy' }, 'busy'],
  [{ do: 'rings-out' }, 'no_answer'],
  [{ do: 'invalid-number' }, 'invalid_number'],
  [{ do: 'accepts-then-answers-500', talk_s: 3 }, 'human'],
  [{ do: 'answers', talk_s: 20 }, 'human'],
]
const numbers = numbersFrom(0, plays.length)
const last = numbers.at(-1) as string

describe('a campaign over Twilio', () => {
  let db: TestDatabase
  let emulator: TwilioEmulator
  let server: ServerProcess
  let port: string
  const folder = mkdtempSync(join(tmpdir(), 'outdial-twilio-'))
  const ledger_path = join(folder, 'ledger.jsonl')
  before(async () => {
    db = await openTestDatabase()
    const behaviours = plays.map(([play], index) => [numbers[index], [{ setup_s: 0.2, ring_s: 0.5, ...play }]])
    const reading = parseScript(JSON.stringify(Object.fromEntries(behaviours)))
    if (!reading.ok) throw new Error(reading.faults.join())
    emulator = await startTwilioEmulator({
      ...{ ...emulated_account, port: 0, clock: createSystemClock(), script: reading.script, seed: '1' },
      ...{ speed: 1, calls_per_second: 5, chaos: no_chaos, ledger_path, trouble: () => {} },
    })
    // Callbacks come to its address.
    port = String(await freePort())
  })
  after(async () => {
    await server?.stop()
    await emulator.close()
    await db.close()
    rmSync(folder, { recursive: true, force: true })
  })

  const start = () =>
    startServer({
      ...{ OUTDIAL_PORT: port, DATABASE_URL: db.url_owner, OUTDIAL_DATA_DIR: folder, OUTDIAL_DEMO: '0' },
      OUTDIAL_CARRIER_URLS: `twilio=${emulator.url}`,
    })
  const makeTwilioTrunk = async (tenant: Tenant, at: number): Promise<string> => {
    const id = newId(at)
    const { workspace_id } = tenant
    const secrets = openSecretBox(readMasterKey(folder))
    const trunk = { id, name: 'Twilio', provider: 'twilio', is_default: true, channels: 10, calls_per_second: 5 }
    const settings = { account_sid: emulated_account.sid, from: '+12125550199' }
    const sealed_secret = secrets.seal(emulated_account.token, { workspace_id, table: 'trunks', id })
    await inWorkspace(db.app, tenant, (tx) => createTrunk(tx, workspace_id, { ...trunk, settings, sealed_secret }, at))
    return id
  }
  const all = async (sql: string) => (await db.owner.query(sql)).rows
  async function until(what: string, seen: () => Promise<boolean> | boolean, withinMs: number): Promise<void> {
    const deadline = performance.now() + withinMs
    while (!(await seen())) {
      if (performance.now() > deadline) throw new Error(`not within ${withinMs} ms: ${what}`)
      // The carrier lives in this process and must have its turn.
      await wait(50)
    }
  }

  it('dials everybody once, says its script, and loses no call when the server is killed', async () => {
    const at = Date.now()
    const tenant = await makeTenant(db.app, at, { time_zone: 'UTC' })
    await db.owner.query(`update workspaces set consent_declaration = '{"basis": "express consent"}'`)
    const trunk_id = await makeTwilioTrunk(tenant, at)
    const campaign = await makeCampaign(db.app, tenant, at, {
      ...{ status: 'active', purpose: 'information', trunk_id, max_attempts: 1, ring_timeout_seconds: 15 },
      script: 'Your parcel is here.',
    })
    // Where it is a lawful hour, whenever the test runs.
    await loadLeads(db.app, tenant, campaign, numbers, at, { time_zone: zoneAtNoon(at) })
    server = await start()
    const open = () => all(`select number from attempts where state <> 'dropped' and ended_at is null`)
    const onlyLastIsLeft = async () => {
      const rows = await open()
      return emulator.placed().length === numbers.length && rows.length === 1 && rows[0].number === last
    }
    await until('all but one are over', onlyLastIsLeft, 40_000)
    await server.kill()
    const lastCall = () => emulator.placed().find(({ order }) => order.To === last)
    const lastEnd = lastCall()?.plan.events.at(-1)?.at ?? 0
    await until('the last one hangs up', () => Date.now() > lastEnd, 25_000)

    server = await start()
    await until('its end is found by asking', async () => (await open()).length === 0, 40_000)
    const calls = await all('select to_number, outcome from calls')
    const outcomes = new Map(calls.map(({ to_number, outcome }) => [to_number, outcome]))
    assert.deepEqual(
      numbers.map((number) => outcomes.get(number)),
      plays.map(([, outcome]) => outcome),
    )
    assert.equal(calls.length, numbers.length)
    const rung = readFileSync(ledger_path, 'utf8').trim().split('\n')
    assert.deepEqual(rung.map((line) => JSON.parse(line).number).toSorted(), numbers.toSorted())
    assert.match(lastCall()?.said ?? '', /<Say>Your parcel is here\.<\/Say><Say>Goodbye\.<\/Say><Hangup\/>/)
  })
})
