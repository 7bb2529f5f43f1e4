import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { makeAgent } from '#kit/agents.ts'
import { openTestDatabase, type TestDatabase } from '#kit/database.ts'
import { type ServerProcess, startServer } from '#kit/server-process.ts'
import { loadLeads, makeCampaign, makeTenant, type Tenant } from '#kit/tenant.ts'
import { readMasterKey } from '#server/features/installation/master-key.ts'
import { addCallerId } from '#store/caller-ids.ts'
import { newId } from '#store/ids.ts'
import { openSecretBox } from '#store/secrets.ts'
import { createTrunk } from '#store/trunks.ts'
import { inWorkspace } from '#store/tx.ts'
import { account_name } from '#telephony/asterisk/settings.ts'
import { zoneAtNoon } from '../chaos/list.ts'
import { digits } from './digits.ts'
import { type FarEnd, openFarEnd, requireCalls } from './far-end.ts'

const skip = await requireCalls()

/** A number of New York whose owner does so. */
const who = (does: keyof typeof digits, n: number) => `+1212200${String(n).padStart(3, '0')}${digits[does]}`

describe('a campaign over real calls', { skip, timeout: 300_000 }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'outdial-calls-'))
  let db: TestDatabase
  let far: FarEnd
  let server: ServerProcess
  let tenant: Tenant
  let trunk_id: string

  const start = async () => {
    const OUTDIAL_PBX_ADDRESSES = new URL(far.url).host
    const env = { DATABASE_URL: db.url_owner, OUTDIAL_DATA_DIR: folder, OUTDIAL_DEMO: '0', OUTDIAL_PBX_ADDRESSES }
    server = await startServer(env)
  }
  before(async () => {
    db = await openTestDatabase()
    far = await openFarEnd()
    const at = Date.now()
    tenant = await makeTenant(db.app, at, { time_zone: 'UTC', concurrent_calls: 20, owner_concurrent_calls: 20 })
    trunk_id = newId(at)
    const secrets = openSecretBox(readMasterKey(folder))
    const sealed_secret = secrets.seal(far.secret, { workspace_id: tenant.workspace_id, table: 'trunks', id: trunk_id })
    const dialed = { endpoint: 'PJSIP/{number}@out', phone: 'PJSIP/{phone}@phones' }
    const settings = { url: far.url, user: account_name, ...dialed }
    const size = { channels: 20, calls_per_second: null, is_default: false }
    const trunk = { id: trunk_id, name: 'PBX', provider: 'asterisk', settings, sealed_secret, ...size }
    await inWorkspace(db.app, tenant, async (tx) => {
      await createTrunk(tx, tenant.workspace_id, trunk, at)
      const shown = { number: '+12125550199', name: null, calls_per_hour: null, rests_until: null }
      await addCallerId(tx, tenant.workspace_id, { trunk_id, ...shown }, at)
    })
    const consent = JSON.stringify({ basis: 'express consent' })
    await db.owner.query('update workspaces set consent_declaration = $1 where id = $2', [consent, tenant.workspace_id])
    await start()
  })
  after(async () => {
    await server?.stop()
    await far?.close()
    await db?.close()
    rmSync(folder, { recursive: true, force: true })
  })

  /** `mode` needs an agent, who is at a phone. */
  const call = async (numbers: string[], mode?: 'progressive') => {
    const at = Date.now()
    const campaign = await makeCampaign(db.app, tenant, at, {
      ...{
        status: 'active',
        trunk_id,
        max_attempts: 1,
        purpose: 'information',
        ring_timeout_seconds: 15,
        completes: 'by_hand',
        ...(mode && { mode }),
      },
    })
    if (mode) await makeAgent(db.owner, tenant, at, { campaign_id: campaign })
    // Where it is a lawful hour, whenever the test runs.
    await loadLeads(db.app, tenant, campaign, numbers, at, { time_zone: zoneAtNoon(at) })
  }
  const callsTo = async (numbers: string[]) => {
    // The first dials of a process may come before it hears the PBX: they rang nobody, and their trunk rests a while.
    const asked = `select id, to_number, state, outcome from calls
      where to_number = any ($1) and hangup_cause is distinct from 'trunk refused'`
    const { rows } = await db.owner.query(asked, [numbers])
    return rows as { id: string; to_number: string; state: string; outcome: string | null }[]
  }
  async function until(what: string, seen: () => Promise<boolean>, within_ms: number): Promise<void> {
    const deadline = performance.now() + within_ms
    while (!(await seen())) {
      if (performance.now() > deadline) throw new Error(`not within ${within_ms} ms: ${what}\n${server.said()}`)
      await wait(50)
    }
  }
  const haveEnded = (numbers: string[]) => async () => {
    const calls = await callsTo(numbers)
    return calls.length === numbers.length && calls.every(({ state }) => state === 'ended')
  }

  it('has the outcome that each of twelve people made of it, and rings each once', async () => {
    const wanted = {
      ...{ answers: 'answered', busy: 'busy', rings_out: 'no_answer', rejects: 'rejected' },
      ...{ invalid_number: 'invalid_number', congestion: 'congestion' },
    } as const
    const people = (Object.keys(wanted) as (keyof typeof wanted)[]).flatMap((does) =>
      [1, 2].map((n) => ({ number: who(does, n), outcome: wanted[does] })),
    )
    const numbers = people.map(({ number }) => number)
    await call(numbers)
    await until('all calls have ended', haveEnded(numbers), 120_000)
    const outcomes = new Map((await callsTo(numbers)).map(({ to_number, outcome }) => [to_number, outcome]))
    for (const { number, outcome } of people) assert.equal(outcomes.get(number), outcome, number)
    assert.deepEqual(far.rung().toSorted(), numbers.toSorted())
  })

  it('brings who answers together with an agent at a phone', async () => {
    const [number = ''] = [who('stays', 5)]
    await call([number], 'progressive')
    const connected = async () => {
      const asked = 'select id, connected_at from calls where to_number = $1 and connected_at is not null'
      const { rows } = await db.owner.query(asked, [number])
      return (rows as { id: string }[])[0]?.id ?? null
    }
    await until('they are connected', async () => (await connected()) !== null, 30_000)
    const id = await connected()
    const authorization = `Basic ${Buffer.from(`${account_name}:${far.secret}`).toString('base64')}`
    const bridge = await fetch(`${far.url}/ari/bridges/talk.${trunk_id}.${id}`, { headers: { authorization } })
    const { channels } = (await bridge.json()) as { channels: string[] }
    assert.deepEqual(channels.map((channel) => channel.split('.')[0]).toSorted(), ['call', 'leg'])
    await fetch(`${far.url}/ari/channels/call.${trunk_id}.${id}`, { method: 'DELETE', headers: { authorization } })
    await until('the call has ended', haveEnded([number]), 10_000)
  })

  it('is whole again after the server was killed in the middle of its calls', async () => {
    const [ends = '', goes_on = ''] = [who('stays', 3), who('stays', 4)]
    const numbers = [ends, goes_on]
    await call(numbers)
    const allAnswered = async () => (await callsTo(numbers)).filter(({ state }) => state === 'answered').length === 2
    await until('both talk', allAnswered, 45_000)
    await server.kill()
    const calls = await callsTo(numbers)
    const hangUp = async (number: string) => {
      const id = calls.find(({ to_number }) => to_number === number)?.id
      const authorization = `Basic ${Buffer.from(`${account_name}:${far.secret}`).toString('base64')}`
      const channel = `${far.url}/ari/channels/call.${trunk_id}.${id}`
      assert.equal((await fetch(channel, { method: 'DELETE', headers: { authorization } })).status, 204)
    }
    await hangUp(ends)
    await start()
    await until('the end that nobody heard is known', haveEnded([ends]), 60_000)
    const [still] = await callsTo([goes_on])
    assert.equal(still?.state, 'answered')
    await hangUp(goes_on)
    await until('the other one is heard', haveEnded([goes_on]), 10_000)
    assert.deepEqual(
      (await callsTo(numbers)).map(({ outcome }) => outcome),
      ['answered', 'answered'],
    )
    for (const number of numbers) assert.equal(far.rung().filter((rung) => rung === number).length, 1)
  })
})
