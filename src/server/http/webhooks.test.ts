import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { after, before, describe, it } from 'node:test'
import { type App, openApp, webhookSecret } from '#kit/app.ts'
import { makeTenant } from '#kit/tenant.ts'
import { newId } from '#store/ids.ts'
import type { LegSink } from '#telephony/port.ts'
import type { Webhook, WebhookReader } from '#telephony/provider.ts'
import { signature_header, signSimulatedWebhook } from '#telephony/simulator/webhook.ts'

describe("the door for carriers' reports", () => {
  let app: App
  const legs: unknown[] = []
  before(async () => {
    const onLeg: LegSink = async (trunk, events) => {
      legs.push([trunk.id, ...events])
    }
    app = await openApp({ onLeg })
  })
  after(() => app.close())

  const report = (key: string, more: object = {}) => ({
    ...{ event_key: key, attempt_id: newId(app.now()), provider_call_id: `p-${key}` },
    event: { kind: 'ringing', at: new Date(app.now()).toISOString() },
    ...more,
  })
  const bodyOf = (events: object[], trunk_id = app.tenant.trunk_id) => JSON.stringify({ trunk_id, events })

  interface Post {
    trunk?: string
    provider?: string
    kind?: string
    signature?: string | null
  }

  function post(body: string, options: Post = {}) {
    const { trunk = app.tenant.trunk_id, provider = 'simulated', kind = '' } = options
    const { signature = signSimulatedWebhook(body, webhookSecret, app.now()) } = options
    const headers: Record<string, string> = signature === null ? {} : { [signature_header]: signature }
    return app.ask('POST', `/webhooks/${provider}/${trunk}${kind}`, { key: null, body, headers })
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

  it('hands on what is told of a leg, and stores the rest', async () => {
    const at = new Date(app.now()).toISOString()
    const leg = { attempt_id: null, leg_id: newId(app.now()), event: { kind: 'leg_up', at } }
    const body = bodyOf([report('beside-a-leg'), report('of-a-leg', leg)])
    assert.equal((await post(body)).status, 204)
    assert.equal((await stored()).at(-1), 'beside-a-leg')
    assert.deepEqual(legs, [[app.tenant.trunk_id, report('of-a-leg', leg)]])
    assert.equal((await post(bodyOf([report('odd', { ...leg, leg_id: 'x' })]))).status, 400)
    assert.equal(legs.length, 1)
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
    assert.equal((await post(body, { kind: '/status' })).status, 400)
    assert.equal((await app.ask('GET', `/webhooks/simulated/${app.tenant.trunk_id}`, { key: null })).status, 401)
    assert.equal((await app.ask('PUT', `/webhooks/simulated/${app.tenant.trunk_id}`, { key: null })).status, 404)
    assert.deepEqual(await stored(), before)
  })

  it('keeps of what nobody signed only which call it is of, and only with the key', async () => {
    const [agent_id, webhook_key] = ['0192f000-0000-4000-8000-000000000001', 'a-key-that-nobody-else-has']
    const wanted = { name: 'Voices', provider: 'bolna', secret: 'bn', settings: { agent_id, webhook_key } }
    const { body: trunk } = await app.ask('POST', '/api/v1/trunks', { body: wanted })
    assert.deepEqual([trunk.channels, trunk.calls_per_second], [20, 8])
    const phone = { name: 'Phone', provider: 'voipstudio', secret: 'v' }
    const { body: another } = await app.ask('POST', '/api/v1/trunks', { body: phone })
    assert.deepEqual([another.channels, another.calls_per_second], [1, 0.5])
    const before = await stored()
    const body = JSON.stringify({ id: 'an-execution', status: 'completed', transcript: 'user: I buy it.' })
    const tell = async (address: string) => (await app.ask('POST', `/webhooks/${address}`, { key: null, body })).status
    assert.equal(await tell(`bolna/${trunk.id}/${webhook_key}`), 204)
    for (const odd of ['', '/', '/another-key-than-this-one', `/${webhook_key}/more`])
      assert.equal(await tell(`bolna/${trunk.id}${odd}`), 401, odd)
    assert.equal(await tell(`bolna/${another.id}/${webhook_key}`), 404)
    assert.equal(await tell(`voipstudio/${another.id}/${webhook_key}`), 401, 'a trunk without a key')
    const { rows } = await app.db.owner.query('select trunk_id, provider_call_id, attempt_id from call_hints')
    assert.deepEqual(rows, [{ trunk_id: trunk.id, provider_call_id: 'an-execution', attempt_id: null }])
    assert.deepEqual(await stored(), before)
    const kept = await app.db.owner.query('select from provider_payloads where trunk_id = $1', [trunk.id])
    assert.equal(kept.rows.length, 0)
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

/** Signs address and sorted form fields with the trunk's secret, tells of a ringing, and asks what to play. */
const formCarrier: WebhookReader = {
  verify: (webhook, { secret }) =>
    secret !== null && webhook.headers['x-form-signature'] === signForm(webhook, secret)
      ? { ok: true }
      : { ok: false, reason: 'signature does not match' },
  translate({ kind, url, body }) {
    const answer = { status: 200, content_type: 'text/xml', body: '<Response/>' }
    if (kind === 'play') return { ok: true, events: [], answer }
    const form = new URLSearchParams(body.toString())
    const call = { attempt_id: new URL(url).searchParams.get('attempt'), leg_id: null, provider_call_id: null }
    const event = { kind: 'ringing' as const, at: form.get('at') ?? '' }
    return { ok: true, events: [{ event_key: `${kind}:${form.get('id')}`, ...call, event }] }
  },
}

function signForm({ method, url, body }: Pick<Webhook, 'method' | 'url' | 'body'>, secret: string): string {
  const fields = [...new URLSearchParams(body.toString())].sort().flat().join('')
  return createHmac('sha1', secret).update(`${method} ${url}${fields}`).digest('base64')
}

describe("a carrier that signs address and form with its trunk's secret", () => {
  const publicUrl = 'https://calls.example.com/outdial'
  let app: App
  before(async () => {
    const settings = { OUTDIAL_PUBLIC_URL: publicUrl }
    app = await openApp({ webhooks: { simulated: formCarrier }, settings })
  })
  after(() => app.close())

  const setSecret = (secret: string) => app.ask('PATCH', `/api/v1/trunks/${app.tenant.trunk_id}`, { body: { secret } })

  function deliver(method: 'GET' | 'POST', suffix: string, secret: string) {
    const path = `/webhooks/simulated/${app.tenant.trunk_id}${suffix}`
    const form = method === 'POST' ? `id=1&at=${new Date(app.now()).toISOString()}` : ''
    const signature = signForm({ method, url: publicUrl + path, body: Buffer.from(form) }, secret)
    const headers = { 'x-form-signature': signature, 'content-type': 'application/x-www-form-urlencoded' }
    return app.ask(method, path, { key: null, headers, ...(form === '' ? {} : { body: form }) })
  }

  it('is believed by the secret that holds at this moment', async () => {
    assert.equal((await deliver('POST', '/status', 'first')).status, 401)
    for (const [secret, other] of [
      ['first', 'second'],
      ['second', 'first'],
    ] as const) {
      assert.equal((await setSecret(secret)).status, 200)
      assert.equal((await deliver('POST', '/status', secret)).status, 204)
      assert.equal((await deliver('POST', '/status', other)).status, 401)
    }
  })

  it('finds kind and call in the address, and is answered in its own words', async () => {
    await setSecret('first')
    const attempt = newId(app.now())
    assert.equal((await deliver('POST', `/late/status?attempt=${attempt}`, 'first')).status, 204)
    const { rows } = await app.db.owner.query('select event_key from event_inbox where attempt_id = $1', [attempt])
    assert.deepEqual(rows, [{ event_key: 'late/status:1' }])
    const answer = await deliver('GET', '/play', 'first')
    assert.deepEqual([answer.status, answer.text], [200, '<Response/>'])
    assert.match(answer.headers.get('content-type') ?? '', /^text\/xml/)
  })
})
