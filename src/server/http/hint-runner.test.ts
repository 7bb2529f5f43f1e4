import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { type App, openApp } from '#kit/app.ts'
import { type Floor, openFloor } from '#kit/floor.ts'
import { dialAndDie } from '#kit/lost-worker.ts'
import { numbersFrom } from '#kit/tenant.ts'
import { dropHint, keepHints, putOffHint, takeHints } from '#store/call-hints.ts'
import { inWorkspace } from '#store/tx.ts'
import type { Carrier } from '#telephony/port.ts'
import type { WebhookReader } from '#telephony/provider.ts'

/** Nobody signs, so all that is said is which calls to ask about. */
const unsigned: WebhookReader = {
  verify: () => ({ ok: true }),
  translate: ({ body }) => ({ ok: true, events: [], hints: JSON.parse(body.toString()) }),
}

describe('hints', { concurrency: false }, () => {
  let floor: Floor
  let app: App
  let line: 'up' | 'cut' = 'up'
  before(async () => {
    const script = { default: [{ do: 'never-reports-its-end', ring_s: 5, talk_s: 10, weight: 1 }] }
    floor = await openFloor({ script })
    const { carrierOf } = floor.engine
    floor.engine.carrierOf = async (workspaceId, trunkId) => {
      const carrier = (await carrierOf(workspaceId, trunkId)) as Carrier
      const nobody: Carrier['locate'] = async () => ({ found: 'unreachable', reason: 'the line is cut' })
      return line === 'up' ? carrier : { ...carrier, locate: nobody }
    }
    app = await openApp({ floor, webhooks: { simulated: unsigned } })
  })
  after(async () => {
    await app.close()
    await floor.close()
  })

  const one = async (sql: string) => (await floor.db.owner.query(sql)).rows[0]
  const hint = async (...hints: object[]) => {
    const sent = { key: null, body: JSON.stringify(hints) }
    assert.equal((await app.ask('POST', `/webhooks/simulated/${app.tenant.trunk_id}`, sent)).status, 204)
    await app.server.hints.settled()
    await floor.dialer.idle()
  }
  const left = async () => (await floor.db.owner.query('select provider_call_id from call_hints')).rows
  const within = <T>(work: Parameters<typeof inWorkspace<T>>[2]) => inWorkspace(floor.db.app, floor.tenant, work)

  it('let the carrier be asked, and apply what it says', async () => {
    await floor.startCampaign({ leads: 1 })
    await floor.run(20_000)
    const before = await one('select state, provider_call_id from calls')
    assert.equal(before.state, 'answered', 'its end was never reported')
    await hint({ provider_call_id: before.provider_call_id, attempt_id: null })
    assert.deepEqual(await one('select state, outcome from calls'), { state: 'ended', outcome: 'human' })
    assert.deepEqual(await left(), [])
    assert.deepEqual((await floor.db.owner.query('select from provider_payloads')).rows, [])
  })

  it('name no call that the carrier does not name itself', async () => {
    const campaign = await floor.startCampaign({ numbers: numbersFrom(50, 1) })
    const { attempt_id } = await dialAndDie(floor, campaign)
    await hint({ provider_call_id: 'somebody-says-so', attempt_id })
    const events = `select count(*)::int as told from call_events where call_id = '${attempt_id}'`
    assert.deepEqual(await one(events), { told: 1 })
    assert.equal((await one(`select provider_call_id from calls where id = '${attempt_id}'`)).provider_call_id, null)
    assert.deepEqual(await left(), [])
  })

  it('of calls that nobody knows wait for the answer to a dial, and not for ever', async () => {
    await hint({ provider_call_id: 'not-of-us', attempt_id: null })
    assert.deepEqual(await left(), [{ provider_call_id: 'not-of-us' }])
    await floor.db.owner.query(`update call_hints set first_told_at = now() - interval '1 minute', look_at = now()`)
    app.server.hints.wake(floor.tenant.workspace_id)
    await app.server.hints.settled()
    assert.deepEqual(await left(), [])
  })

  it('stay while the carrier is away', async () => {
    const { provider_call_id } = await one('select provider_call_id from calls where provider_call_id is not null')
    line = 'cut'
    await hint({ provider_call_id, attempt_id: null })
    assert.deepEqual(await left(), [{ provider_call_id }])
    line = 'up'
    await hint({ provider_call_id, attempt_id: null })
    assert.deepEqual(await left(), [])
  })

  it('that are told again while the carrier is asked are not lost with those before', async () => {
    const told = { trunk_id: floor.tenant.trunk_id, provider_call_id: 'twice', attempt_id: null }
    const { workspace_id } = floor.tenant
    await within((tx) => keepHints(tx, workspace_id, [told, told]))
    const take = () => within((tx) => takeHints(tx, workspace_id, { limit: 10, hold_seconds: 30 }))
    const [taken, another] = await take()
    assert.ok(taken && !another)
    assert.deepEqual(await take(), [], 'somebody asks already')
    await within((tx) => keepHints(tx, workspace_id, [told]))
    await within((tx) => dropHint(tx, workspace_id, taken))
    await within((tx) => putOffHint(tx, workspace_id, taken, 3_600_000))
    const [again] = await take()
    assert.ok(again && again.told === taken.told + 1)
    await within((tx) => dropHint(tx, workspace_id, again))
    assert.deepEqual(await left(), [])
  })
})
