import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
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
import { createVoicemailDrop } from '#store/voicemail-drops.ts'
import { account_name } from '#telephony/asterisk/settings.ts'
import { zoneAtNoon } from '../chaos/list.ts'
import { tone, wavOf } from './audio.ts'
import { greeting_ms, message_hz } from './call-harness.ts'
import { digits } from './digits.ts'
import { type FarEnd, openFarEnd, requireCalls } from './far-end.ts'

const skip = await requireCalls()
const drop_id = newId(Date.now())

interface PlacedCall {
  id: string
  to_number: string
  state: string
  outcome: string | null
  detection: string | null
  trunk_id: string
  initiated_at: Date
}

/** A number of New York whose owner does so. */
const who = (does: keyof typeof digits, n: number) => `+1212200${String(n).padStart(3, '0')}${digits[does]}`

describe('a campaign over real calls', { skip, timeout: 300_000 }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'outdial-calls-'))
  let db: TestDatabase
  let far: FarEnd
  let server: ServerProcess
  let tenant: Tenant
  /** By the PBX's lines that they dial over, and one that dials five calls a second. */
  const trunks = { out: '', phones: '', nobody: '', steady: '' }

  const start = async () => {
    const OUTDIAL_PBX_ADDRESSES = new URL(far.url).host
    const env = { DATABASE_URL: db.url_owner, OUTDIAL_DATA_DIR: folder, OUTDIAL_DEMO: '0', OUTDIAL_PBX_ADDRESSES }
    server = await startServer(env)
  }
  before(async () => {
    db = await openTestDatabase()
    far = await openFarEnd()
    const at = Date.now()
    tenant = await makeTenant(db.app, at, { time_zone: 'UTC', concurrent_calls: 40, owner_concurrent_calls: 40 })
    writeFileSync(join(far.folder, 'messages', 'call-us-back.wav'), wavOf(tone(message_hz, 1_000)))
    for (const name of Object.keys(trunks) as (keyof typeof trunks)[]) trunks[name] = await makePbxTrunk(name, at)
    const drop = { id: drop_id, name: 'Call us back', message: 'call-us-back', duration_seconds: 1 }
    await inWorkspace(db.app, tenant, (tx) => createVoicemailDrop(tx, tenant.workspace_id, drop, at))
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

  async function makePbxTrunk(name: keyof typeof trunks, at: number): Promise<string> {
    const id = newId(at)
    const { workspace_id } = tenant
    const secrets = openSecretBox(readMasterKey(folder))
    const sealed_secret = secrets.seal(far.secret, { workspace_id, table: 'trunks', id })
    const dialed = { endpoint: `PJSIP/{number}@${name === 'steady' ? 'out' : name}`, phone: 'PJSIP/{phone}@phones' }
    const settings = { url: far.url, user: account_name, ...dialed }
    const size = { channels: 20, calls_per_second: name === 'steady' ? 5 : null, is_default: false }
    const trunk = { id, name, provider: 'asterisk', settings, sealed_secret, ...size }
    await inWorkspace(db.app, tenant, async (tx) => {
      await createTrunk(tx, workspace_id, trunk, at)
      const shown = { number: '+12125550199', name: null, calls_per_hour: null, rests_until: null }
      await addCallerId(tx, workspace_id, { trunk_id: id, ...shown }, at)
    })
    return id
  }

  /** Some modes need an agent, who is at a phone. */
  const call = async (numbers: string[], { mode, ...more }: { mode?: 'progressive'; [name: string]: unknown } = {}) => {
    const at = Date.now()
    const campaign = await makeCampaign(db.app, tenant, at, {
      ...{
        status: 'active',
        trunk_id: trunks.out,
        max_attempts: 1,
        detects_machines: false,
        purpose: 'information',
        ring_timeout_seconds: 15,
        completes: 'by_hand',
        ...(mode && { mode }),
        ...more,
      },
    })
    if (mode) await makeAgent(db.owner, tenant, at, { campaign_id: campaign })
    // Where it is a lawful hour, whenever the test runs.
    await loadLeads(db.app, tenant, campaign, numbers, at, { time_zone: zoneAtNoon(at) })
  }
  const callsTo = async (numbers: string[]) => {
    // The first dials of a process may come before it hears the PBX: they rang nobody, and their trunk rests a while.
    const asked = `select id, to_number, state, outcome, detection, trunk_id, initiated_at from calls
      where to_number = any ($1) and hangup_cause is distinct from 'trunk refused'`
    const { rows } = await db.owner.query(asked, [numbers])
    return rows as PlacedCall[]
  }
  const authorized = () => ({
    authorization: `Basic ${Buffer.from(`${account_name}:${far.secret}`).toString('base64')}`,
  })
  /** As somebody at the PBX does. */
  const hangUp = async (number: string) => {
    const [placed] = await callsTo([number])
    const channel = `${far.url}/ari/channels/call.${placed?.trunk_id}.${placed?.id}`
    assert.equal((await fetch(channel, { method: 'DELETE', headers: authorized() })).status, 204)
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

  describe('at one time', { concurrency: true }, () => {
    it('has the outcome that each of twelve people made of it, and rings each once', async () => {
      const [given_up, away] = [who('rings_out', 2), who('answers', 2)]
      const [greets, talks, machine] = [who('greets', 1), who('talks', 1), who('machine', 1)]
      const outcomes = new Map([
        [who('answers', 1), 'answered'],
        [who('busy', 1), 'busy'],
        [who('busy', 2), 'busy'],
        [who('rings_out', 1), 'no_answer'],
        [who('rejects', 1), 'rejected'],
        [who('invalid_number', 1), 'invalid_number'],
        [who('congestion', 1), 'congestion'],
        // We hang up while it rings.
        [given_up, 'canceled'],
        // Its host is dead.
        [away, 'no_answer'],
        [greets, 'human'],
        // Who talks on is taken for a machine.
        [talks, 'machine'],
        [machine, 'machine'],
      ])
      assert.equal(outcomes.size, 12)
      const heard = [greets, talks, machine]
      const out = [...outcomes.keys()].filter((number) => number !== away && !heard.includes(number))
      const leaves = { detects_machines: true, on_machine: 'leave_message', voicemail_drop_id: drop_id }
      await Promise.all([
        call(out),
        call([away], { trunk_id: trunks.nobody }),
        call(heard, { trunk_id: trunks.phones, ...leaves }),
      ])
      await until('one rings', async () => (await callsTo([given_up]))[0]?.state === 'ringing', 60_000)
      await hangUp(given_up)
      await until('a person is heard', async () => (await callsTo([greets]))[0]?.detection === 'human', 60_000)
      await hangUp(greets)
      await until('all calls have ended', haveEnded([...outcomes.keys()]), 120_000)
      for (const { to_number, outcome } of await callsTo([...outcomes.keys()]))
        assert.equal(outcome, outcomes.get(to_number), to_number)
      assert.deepEqual(
        far
          .rung()
          .filter((number) => out.includes(number))
          .toSorted(),
        out.toSorted(),
      )
      assert.deepEqual(
        (await far.phones.rung()).filter((number) => heard.includes(number)).toSorted(),
        heard.toSorted(),
      )

      const first_heard = await far.phones.firstHeard(machine, message_hz)
      assert.ok(first_heard !== null && first_heard > greeting_ms, `the message is heard after ${first_heard} ms`)
      assert.equal(await far.phones.firstHeard(greets, message_hz), null)
      const { rows } = await db.owner.query('select usage_count from voicemail_drops where id = $1', [drop_id])
      assert.equal(rows[0].usage_count, 2)
    })

    it('dials five calls a second for twenty seconds, and everybody once', async () => {
      const numbers = Array.from({ length: 100 }, (_, n) => who('answers', 100 + n))
      await call(numbers, { trunk_id: trunks.steady })
      await until('all calls have ended', haveEnded(numbers), 120_000)
      const calls = await callsTo(numbers)
      assert.deepEqual([...new Set(calls.map(({ outcome }) => outcome))], ['answered'])
      assert.deepEqual(
        far
          .rung()
          .filter((number) => numbers.includes(number))
          .toSorted(),
        numbers.toSorted(),
      )
      const times = calls.map(({ initiated_at }) => initiated_at.getTime()).toSorted((one, other) => one - other)
      // Of a second's calls some may leave at once; no more than that leave faster.
      const took_s = (Number(times.at(-1)) - Number(times[0])) / 1000
      assert.ok(took_s > 100 / 5 - 2, `they left within ${took_s} s`)
    })
  })

  it('brings who answers together with an agent at a phone', async () => {
    const [number = ''] = [who('stays', 5)]
    await call([number], { mode: 'progressive' })
    const connected = async () => {
      const asked = 'select id, connected_at from calls where to_number = $1 and connected_at is not null'
      const { rows } = await db.owner.query(asked, [number])
      return (rows as { id: string }[])[0]?.id ?? null
    }
    await until('they are connected', async () => (await connected()) !== null, 30_000)
    const id = await connected()
    const bridge = await fetch(`${far.url}/ari/bridges/talk.${trunks.out}.${id}`, { headers: authorized() })
    const { channels } = (await bridge.json()) as { channels: string[] }
    assert.deepEqual(channels.map((channel) => channel.split('.')[0]).toSorted(), ['call', 'leg'])
    await hangUp(number)
    await until('the call has ended', haveEnded([number]), 10_000)
  })

  it('is whole again after the server was killed in the middle of its calls', async () => {
    const [ends = '', goes_on = ''] = [who('stays', 3), who('stays', 4)]
    const numbers = [ends, goes_on]
    await call(numbers)
    const allAnswered = async () => (await callsTo(numbers)).filter(({ state }) => state === 'answered').length === 2
    await until('both talk', allAnswered, 45_000)
    await server.kill()
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
