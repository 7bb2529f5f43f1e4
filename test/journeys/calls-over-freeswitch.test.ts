import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { openTestDatabase, type TestDatabase } from '#kit/database.ts'
import { type ServerProcess, startServer } from '#kit/server-process.ts'
import { loadLeads, makeCampaign, makeTenant, numbersFrom } from '#kit/tenant.ts'
import { readMasterKey } from '#server/features/installation/master-key.ts'
import { newId } from '#store/ids.ts'
import { openSecretBox } from '#store/secrets.ts'
import { createTrunk } from '#store/trunks.ts'
import { inWorkspace } from '#store/tx.ts'
import { createSystemClock } from '#telephony/clock.ts'
import { type FakePbx, startFakePbx } from '#telephony/simulator/freeswitch/event-socket.ts'
import { parseScript } from '#telephony/simulator/script.ts'
import { zoneAtNoon } from '../chaos/list.ts'

/** What each number does, and what its call comes to. The last one ends while nobody is there to hear of it. */
const plays: [object, string][] = [
  [{ do: 'answers', talk_s: 1 }, 'answered'],
  [{ do: 'busy' }, 'busy'],
  [{ do: 'rejects' }, 'rejected'],
  [{ do: 'invalid-number' }, 'invalid_number'],
  [{ do: 'congestion' }, 'congestion'],
  [{ do: 'answers', talk_s: 600 }, 'answered'],
]
const numbers = numbersFrom(0, plays.length)
const password = 'only-here'

describe('a campaign over FreeSWITCH', () => {
  let db: TestDatabase
  let pbx: FakePbx
  let server: ServerProcess
  const folder = mkdtempSync(join(tmpdir(), 'outdial-freeswitch-'))
  before(async () => {
    db = await openTestDatabase()
    const behaviours = plays.map(([play], index) => [numbers[index], [{ setup_s: 0.1, ring_s: 0.3, ...play }]])
    const reading = parseScript(JSON.stringify(Object.fromEntries(behaviours)))
    if (!reading.ok) throw new Error(reading.faults.join())
    const script = { script: reading.script, seed: '1', speed: 1 }
    pbx = await startFakePbx({ ...script, clock: createSystemClock(), password, gateways: { out: 'up' } })
  })
  after(async () => {
    await server?.stop()
    await pbx?.close()
    await db?.close()
    rmSync(folder, { recursive: true, force: true })
  })

  async function until(what: string, seen: () => Promise<boolean>, within_ms: number): Promise<void> {
    const deadline = performance.now() + within_ms
    while (!(await seen())) {
      if (performance.now() > deadline) throw new Error(`not within ${within_ms} ms: ${what}\n${server.said()}`)
      // The PBX lives in this process and must have its turn.
      await wait(25)
    }
  }

  it('rings everybody once, and loses no call with the connection', async () => {
    const at = Date.now()
    const tenant = await makeTenant(db.app, at, { time_zone: 'UTC' })
    const { workspace_id } = tenant
    await db.owner.query(`update workspaces set consent_declaration = '{"basis": "express consent"}'`)
    const id = newId(at)
    const sealed_secret = openSecretBox(readMasterKey(folder)).seal(password, { workspace_id, table: 'trunks', id })
    const settings = { host: '127.0.0.1', port: pbx.port, gateway: 'out' }
    const trunk = { id, name: 'PBX', provider: 'freeswitch', is_default: true, channels: 10, calls_per_second: null }
    await inWorkspace(db.app, tenant, (tx) => createTrunk(tx, workspace_id, { ...trunk, settings, sealed_secret }, at))
    const campaign = await makeCampaign(db.app, tenant, at, {
      ...{ status: 'active', purpose: 'information', trunk_id: id, max_attempts: 1, ring_timeout_seconds: 15 },
    })
    // Where it is a lawful hour, whenever the test runs.
    await loadLeads(db.app, tenant, campaign, numbers, at, { time_zone: zoneAtNoon(at) })
    const OUTDIAL_PBX_ADDRESSES = `127.0.0.1:${pbx.port}`
    const env = { DATABASE_URL: db.url_owner, OUTDIAL_DATA_DIR: folder, OUTDIAL_DEMO: '0', OUTDIAL_PBX_ADDRESSES }
    server = await startServer(env)

    const calls = async () => {
      // The first dials of a process may come before it hears the PBX: they rang nobody, and their trunk rests a while.
      const asked = `select id, to_number, state, outcome from calls where hangup_cause is distinct from 'trunk refused'`
      return (await db.owner.query(asked)).rows as { id: string; to_number: string; state: string; outcome: string }[]
    }
    const talks = async () => {
      const all = await calls()
      return all.length === numbers.length && all.filter(({ state }) => state !== 'ended').length === 1
    }
    await until('all but one are over', talks, 60_000)
    const last = (await calls()).find(({ state }) => state !== 'ended')
    assert.deepEqual([last?.to_number, last?.state], [numbers.at(-1), 'answered'])
    pbx.cut()
    await pbx.run(`uuid_kill ${last?.id}`)
    pbx.mend()
    const over = async () => (await calls()).every(({ state }) => state === 'ended')
    await until('the end that nobody heard is known', over, 20_000)
    const outcomes = new Map((await calls()).map(({ to_number, outcome }) => [to_number, outcome]))
    assert.deepEqual(
      numbers.map((number) => outcomes.get(number)),
      plays.map(([, outcome]) => outcome),
    )
    assert.deepEqual(
      pbx
        .rung()
        .map(({ plan }) => plan.number)
        .toSorted(),
      numbers.toSorted(),
    )
  })
})
