import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { makeAgent } from '#kit/agents.ts'
import { openTestDatabase, type TestDatabase } from '#kit/database.ts'
import { freePort, type ServerProcess, startServer } from '#kit/server-process.ts'
import { loadLeads, makeCampaign, makeTenant, numbersFrom } from '#kit/tenant.ts'
import { no_chaos } from '#telephony/simulator/chaos.ts'
import { type CarrierProcess, startCarrierProcess } from '#telephony/simulator/process.ts'
import { parseScript } from '#telephony/simulator/script.ts'
import { zoneAtNoon } from '../chaos/list.ts'

const crew = 4
const leads = 8
const script = JSON.stringify({ default: [{ do: 'answers', ring_s: 1, talk_s: 10, weight: 1 }] })

describe('two servers that are killed while agents talk', () => {
  let db: TestDatabase
  let carrier: CarrierProcess
  let servers: ServerProcess[] = []
  let ports: string[] | undefined
  const folder = mkdtempSync(join(tmpdir(), 'outdial-talking-'))
  before(async () => {
    db = await openTestDatabase()
    const reading = parseScript(script)
    if (!reading.ok) throw new Error(reading.faults.join())
    carrier = await startCarrierProcess({
      ...{ port: 0, folder, ledger_path: null, script: reading.script, seed: '1', speed: 1, chaos: no_chaos },
      trouble: () => {},
    })
  })
  after(async () => {
    await Promise.all(servers.map((server) => server.stop()))
    await carrier.close()
    await db.close()
    rmSync(folder, { recursive: true, force: true })
  })

  const startBoth = async () => {
    // The carrier knows them by their addresses.
    ports ??= [String(await freePort()), String(await freePort())]
    servers = await Promise.all(ports.map(start))
  }
  const start = (port: string) =>
    startServer({
      ...{
        OUTDIAL_PORT: port,
        DATABASE_URL: db.url_owner,
        OUTDIAL_DATA_DIR: folder,
        OUTDIAL_DEMO: '0',
        OUTDIAL_SIM_URL: carrier.url,
      },
    })
  const all = async (sql: string) => (await db.owner.query(sql)).rows
  /** Who hears a person at the carrier at this moment: leg by call. */
  const talks = () =>
    new Map(
      carrier.overhear().flatMap((call) => (call.leg_id === null ? [] : [[call.attempt_id, call.leg_id] as const])),
    )
  async function until(what: string, seen: () => Promise<boolean>, withinMs: number): Promise<void> {
    const deadline = performance.now() + withinMs
    while (!(await seen())) {
      if (performance.now() > deadline) throw new Error(`not within ${withinMs} ms: ${what}`)
      // The carrier lives in this process and must have its turn.
      await wait(50)
    }
  }

  it('lose no call, no agent and nobody who waits', async () => {
    const at = Date.now()
    const tenant = await makeTenant(db.app, at, { channels: 50, time_zone: 'UTC' })
    const campaign = await makeCampaign(db.app, tenant, at, {
      ...{ status: 'active', mode: 'progressive', wrap_up_seconds: 1, max_attempts: 1, completes: 'by_hand' },
    })
    for (let n = 0; n < crew; n += 1) await makeAgent(db.owner, tenant, at, { campaign_id: campaign })
    // Where it is a lawful hour, whenever the test runs.
    await loadLeads(db.app, tenant, campaign, numbersFrom(0, leads), at, { time_zone: zoneAtNoon(at) })
    await startBoth()
    await until('everybody talks', async () => talks().size === crew, 20_000)
    const before = talks()
    await Promise.all(servers.map((server) => server.kill()))
    assert.deepEqual(talks(), before, 'whoever talked talks on')

    await startBoth()
    const right = async () => {
      const rows = await all(`select s.call_id, s.leg_id from agent_sessions s where s.state = 'on_call'`)
      const now = talks()
      return rows.length === now.size && rows.every(({ call_id, leg_id }) => now.get(call_id) === leg_id)
    }
    await until('the board is right', right, 5_000)
    const done = async () => (await all(`select from leads where status = 'completed'`)).length === leads
    await until('everybody was talked to', done, 60_000)
    const calls = await all('select to_number, outcome, agent_id is not null as talked from calls')
    assert.equal(new Set(calls.map(({ to_number }) => to_number)).size, leads)
    assert.ok(
      calls.every(({ outcome, talked }) => outcome === 'human' && talked),
      JSON.stringify(calls),
    )
    assert.equal(calls.length, leads)
    assert.deepEqual(await all('select from attempts where ended_at is null'), [])
  })
})
