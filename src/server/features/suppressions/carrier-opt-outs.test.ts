import assert from 'node:assert/strict'
import { createHmac, randomBytes } from 'node:crypto'
import { after, before, describe, it } from 'node:test'
import { type App, openApp, webhookSecret } from '#kit/app.ts'
import { type Floor, openFloor } from '#kit/floor.ts'
import { makeTenant } from '#kit/tenant.ts'
import { signature_header, signSimulatedWebhook } from '#telephony/simulator/webhook.ts'

/** Everybody is rung for 25 s, and nobody picks up. */
const script = { default: [{ do: 'rings-out', ring_s: 25, weight: 1 }] }
const token = 'e'.repeat(32)
const account_sid = `AC${'b'.repeat(32)}`
const publicUrl = 'https://calls.example.com'
const newSid = () => `SM${randomBytes(16).toString('hex')}`

describe('a carrier that tells of an opt-out', () => {
  let floor: Floor
  let app: App
  let twilio: string
  before(async () => {
    floor = await openFloor({ script, channels: 40, concurrent_calls: 40, owner_concurrent_calls: 40 })
    app = await openApp({ floor, settings: { OUTDIAL_PUBLIC_URL: publicUrl } })
    const body = { name: 'Twilio', provider: 'twilio', settings: { account_sid }, secret: token }
    twilio = (await app.ask('POST', '/api/v1/trunks', { body })).body.id
  })
  after(async () => {
    await app.close()
    await floor.close()
  })

  function text(fields: Record<string, string>, { secret = token, trunk = twilio } = {}) {
    const form: Record<string, string> = {
      AccountSid: account_sid,
      MessageSid: newSid(),
      To: '+12125550199',
      ...fields,
    }
    const path = `/webhooks/twilio/${trunk}/message`
    const signed = Object.keys(form)
      .sort()
      .reduce((sum, name) => sum + name + form[name], publicUrl + path)
    const headers = {
      'content-type': 'application/x-www-form-urlencoded',
      'x-twilio-signature': createHmac('sha1', secret).update(signed).digest('base64'),
    }
    return app.ask('POST', path, { key: null, body: `${new URLSearchParams(form)}`, headers })
  }
  function tell(events: object[], secret = webhookSecret) {
    const body = JSON.stringify({ trunk_id: app.tenant.trunk_id, events })
    const headers = { [signature_header]: signSimulatedWebhook(body, secret, app.now()) }
    return app.ask('POST', `/webhooks/simulated/${app.tenant.trunk_id}`, { key: null, body, headers })
  }
  const optOut = (number: string, event_key = newSid()) => ({
    ...{ event_key, attempt_id: null, leg_id: null, provider_call_id: null },
    event: { kind: 'opted_out', at: new Date(app.now()).toISOString(), number, keyword: 'STOP' },
  })
  const blocksOf = async (number: string) =>
    (await app.ask('GET', `/api/v1/suppressions/look-up?number=${encodeURIComponent(number)}`)).body.suppressions
  const ringing = () => {
    const over = new Set(floor.ends().map(({ attempt_id }) => attempt_id))
    return floor.dials().filter(({ attempt_id }) => !over.has(attempt_id))
  }
  const rows = async (sql: string) => (await app.db.owner.query(sql)).rows[0].n

  /** Rings these people, lets the first one opt out, and sees that nobody else's telephone falls silent. */
  async function endsWithinTwoSeconds(first_number: number, oppose: (number: string) => Promise<unknown>) {
    const campaign = await floor.startCampaign({ leads: 3, first_number, settings: { mode: 'broadcast' } })
    await floor.run(4_000)
    const up = ringing()
    const [called, ...others] = up
    assert.equal(others.length, 2)
    const number = called?.number as string
    await oppose(number)
    await floor.run(2_000)
    const end = floor.ends().find(({ attempt_id }) => attempt_id === called?.attempt_id)
    assert.equal(end?.outcome, 'canceled')
    assert.deepEqual(ringing(), others)
    const { data } = (await app.ask('GET', `/api/v1/leads?campaign_id=${campaign}&status=do_not_call`)).body
    assert.deepEqual(
      data.map(({ phone }: { phone: string }) => phone),
      [number],
    )
    const [block, ...more] = await blocksOf(number)
    assert.deepEqual([block.scope, block.source, more.length], ['workspace', 'customer_request', 0])
    await floor.run(30_000)
    return block
  }

  it('ends the ringing within two seconds, told by a Twilio message', async () => {
    const block = await endsWithinTwoSeconds(0, async (From) => {
      const answer = await text({ From, Body: ' Stop! ' })
      assert.equal(answer.status, 200)
      assert.match(answer.headers.get('content-type') ?? '', /^text\/xml/)
      assert.equal(answer.text, '<?xml version="1.0" encoding="UTF-8"?><Response/>')
    })
    assert.equal(block.reason, 'texted STOP (Twilio)')
  })

  it('ends the ringing within two seconds, told by the simulated carrier itself', async () => {
    const block = await endsWithinTwoSeconds(100, async (number) => {
      assert.equal(floor.text(number, 'no thanks'), 'no_opt_out')
      assert.equal(floor.text(number, 'UNSUBSCRIBE me'), 'opted_out')
    })
    assert.equal(block.reason, 'texted UNSUBSCRIBE (Simulated)')
    assert.equal(floor.text('+12125559876', 'STOP'), 'nobody_called')
  })

  it('ends the ringing within two seconds, told by its signed webhook', async () => {
    await endsWithinTwoSeconds(200, async (number) => assert.equal((await tell([optOut(number)])).status, 204))
  })

  it('is heard once, however often it tells the same, and not again after the block was taken back', async () => {
    const [From, other] = ['+12125550411', '+12125550412']
    const twice = { From, Body: 'STOP', MessageSid: newSid() }
    const answers = await Promise.all([text(twice), text(twice), text(twice)])
    assert.deepEqual(new Set(answers.map(({ status }) => status)), new Set([200]))
    const doubled = optOut(other)
    assert.deepEqual([(await tell([doubled, doubled])).status, (await tell([doubled])).status], [204, 204])
    const asked = `select count(*)::int * 10 + sum(asked)::int as n from suppressions where number in ('${From}', '${other}')`
    assert.equal(await rows(asked), 22)
    const [block] = await blocksOf(From)
    await app.ask('POST', `/api/v1/suppressions/${block.id}/remove`, { body: { reason: 'asked to be called again' } })
    await text(twice)
    assert.deepEqual(await blocksOf(From), [])
    await text({ From, Body: 'stop', MessageSid: newSid() })
    assert.equal((await blocksOf(From)).length, 1)
  })

  it('is heard for what the account made of a message, and for a message on another channel', async () => {
    await text({ From: '+12125550421', Body: 'NO MAS', OptOutType: 'STOP' })
    await text({ From: 'whatsapp:+12125550422', Body: 'stop' })
    for (const number of ['+12125550421', '+12125550422']) assert.equal((await blocksOf(number)).length, 1)
  })

  it('is not heard where a message is harmless or from nobody who can be called', async () => {
    const before = await rows('select count(*)::int as n from suppressions')
    for (const fields of [
      { From: '+12125550431', Body: "don't stop calling" },
      { From: '+12125550431', Body: '' },
      { From: '+12125550431', Body: 'START', OptOutType: 'START' },
      { From: '24567', Body: 'STOP' },
      { From: 'STOPCO', Body: 'STOP' },
    ]) {
      assert.equal((await text(fields)).status, 200, JSON.stringify(fields))
    }
    assert.equal(await rows('select count(*)::int as n from suppressions'), before)
  })

  it('is not believed without its signature, nor for what is no message; others told meanwhile are', async () => {
    const stranger = await makeTenant(app.db.app, app.now())
    const From = '+12125550441'
    assert.equal((await text({ From, Body: 'STOP' }, { secret: 'd'.repeat(32) })).status, 401)
    assert.equal((await text({ From, Body: 'STOP' }, { trunk: stranger.trunk_id })).status, 404)
    assert.equal((await text({ From, Body: 'STOP', MessageSid: 'x' })).status, 400)
    assert.equal((await tell([optOut(From)], 'b7'.repeat(32))).status, 401)
    const [odd, good] = await Promise.all([tell([optOut('0044 20')]), tell([optOut('+12125550442')])])
    assert.deepEqual([odd.status, good.status], [400, 204])
    assert.deepEqual(await blocksOf(From), [])
    assert.equal((await blocksOf('+12125550442')).length, 1)
  })
})
