import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { type App, openApp, webhookSecret } from '#kit/app.ts'
import { makeTenant } from '#kit/tenant.ts'
import { newId } from '#store/ids.ts'
import { signature_header, signSimulatedWebhook } from '#telephony/simulator/webhook.ts'

describe("the door for carriers' reports", () => {
  let app: App
  before(async () => {
    app = await openApp()
  })
  after(() => app.close())

  const report = (key: string, more: object = {}) => ({
    ...{ event_key: key, attempt_id: newId(app.now()), provider_call_id: `p-${key}` },
    event: { kind: 'ringing', at: new Date(app.now()).toISOString() },
    ...more,
  })
  const bodyOf = (events: object[], trunk_id = app.tenant.trunk_id) => JSON.stringify({ trunk_id, events })

  function post(body: string, options: { trunk?: string; provider?: string; signature?: string | null } = {}) {
    const { trunk = app.tenant.trunk_id, provider = 'simulated' } = options
    const { signature = signSimulatedWebhook(body, webhookSecret, app.now()) } = options
    const headers: Record<string, string> = signature === null ? {} : { [signature_header]: signature }
    return app.ask('POST', `/webhooks/${provider}/${trunk}`, { key: null, body, headers })
  }
  const stored = async () =>
    (await app.db.owner.query('select event_key from event_inbox order by id')).rows.map((row) => row.event_key)

  it('stores a verified report before it answers, and one that comes twice once', async () => {
    const body = bodyOf([report('a')])
    assert.equal((await post(body)).status, 204)
    assert.deepEqual(await stored(), ['a'])
    assert.equal((await post(body)).status, 204)
    assert.deepEqual(await stored(), ['a'])
    const { rows } = await app.db.owner.query('select payload #>> $$ {} $$ as payload from provider_payloads')
    assert.equal(rows[0].payload, body)
  })

  it('writes what arrives at once together and answers each', async () => {
    const before = (await stored()).length
    const answers = await Promise.all(Array.from({ length: 200 }, (_, n) => post(bodyOf([report(`many-${n}`)]))))
    assert.deepEqual(new Set(answers.map((answer) => answer.status)), new Set([204]))
    assert.equal((await stored()).length, before + 200)
  })

  it('fails closed', async () => {
    const before = await stored()
    const body = bodyOf([report('b')])
    const other = await makeTenant(app.db.app, app.now())
    assert.equal((await post(body, { signature: null })).status, 401)
    assert.equal((await post(body, { signature: signSimulatedWebhook(body, 'b7'.repeat(32), app.now()) })).status, 401)
    assert.equal(
      (await post(body, { signature: signSimulatedWebhook(body, webhookSecret, app.now() - 600_000) })).status,
      401,
    )
    assert.equal(
      (await post(`${body} `, { signature: signSimulatedWebhook(body, webhookSecret, app.now()) })).status,
      401,
    )
    assert.equal((await post(body, { trunk: other.trunk_id })).status, 400)
    assert.equal((await post(body, { trunk: newId(app.now()) })).status, 404)
    assert.equal((await post(body, { trunk: 'nonsense' })).status, 404)
    assert.equal((await post(body, { provider: 'unknown' })).status, 404)
    assert.equal((await post(body, { provider: 'constructor' })).status, 404)
    assert.deepEqual(await stored(), before)
  })

  it('refuses a report that the database can not take, and keeps those that came with it apart', async () => {
    const bad = [bodyOf([report('c', { attempt_id: 'x' })]), bodyOf([report('d\0')]), 'nonsense', '']
    const good = bodyOf([report('e')])
    const answers = await Promise.all([...bad, good].map((body) => post(body)))
    assert.deepEqual(
      answers.map((answer) => answer.status),
      [400, 400, 400, 400, 204],
    )
    assert.equal((await stored()).at(-1), 'e')
  })
})
