/** The sample carrier, held to what every carrier must keep to. */
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { describe, it } from 'node:test'
import { setImmediate as tick } from 'node:timers/promises'
import { createSystemClock } from '#telephony/clock.ts'
import { describeCarrier } from '#telephony/conformance.ts'
import { type CarrierHarness, commandFor, patience } from '#telephony/conformance-harness.ts'
import { splitEvents } from '#telephony/events.ts'
import type { TrunkSettings } from '#telephony/port.ts'
import type { CarrierDeps } from '#telephony/provider.ts'
import { createReception, makeFolder, numberFor, readLines } from '#telephony/simulator/rehearsal.ts'
import { startParrot } from './far-end.ts'
import { parrot } from './parrot/adapter.ts'
import { parrotWebhooks, signature_header, signCallback } from './parrot/webhook.ts'

const key = 'key-of-the-account'
const delivery = { kind: '', source: '127.0.0.1' }
const trunk: TrunkSettings = {
  ...{ id: 'trunk-1', workspace_id: 'workspace-1', provider: 'parrot', speed: null },
  ...{ settings: { account: 'our-account' }, secret: key },
}

async function makeHarness(): Promise<CarrierHarness> {
  const { folder, remove } = makeFolder()
  const ledger_path = `${folder}/ledger.jsonl`
  const far_end = await startParrot({ key, ledger_path })
  const reception = createReception()
  // Takes callbacks as the server's door does.
  const door = createServer(async (request, response) => {
    const { method = '', headers, url = '' } = request
    const webhook = { ...delivery, method, headers, url, body: await buffer(request), received_at: Date.now() }
    const read = parrotWebhooks.verify(webhook, trunk).ok ? parrotWebhooks.translate(webhook, trunk) : null
    if (read?.ok) reception.take(read.events)
    response.writeHead(read?.ok ? 204 : 401).end()
  }).listen(0, '127.0.0.1')
  await once(door, 'listening')
  const lineTo = (url: string) => {
    const deps: CarrierDeps = {
      sim: { url: null, speed: 1, secret: '', seed: '', script_path: null, ledger_path: null, journal_path: null },
      api_urls: { parrot: url },
      callback_url: () => `http://127.0.0.1:${(door.address() as AddressInfo).port}/`,
      ...{ sink: async () => {}, clock: createSystemClock(), trouble: () => {} },
    }
    return parrot.open(deps).open(trunk)
  }
  const [carrier, away] = [lineTo(far_end.url), lineTo('http://127.0.0.1:9')]
  return {
    ...{ carrier, away, numberFor },
    async until(attempt_id, enough) {
      const told = () => splitEvents(reception.of(attempt_id)).calls
      await reception.when(() => enough(told()))
      return told()
    },
    turn: () => tick(),
    rings: async (id) => readLines(ledger_path).filter(({ attempt_id }) => attempt_id === id).length,
    // What it does not offer is not asked of it.
    agentFor: () => null,
    untilLeg: () => assert.fail('there are no legs'),
    greeting_ms: 0,
    optOut: () => assert.fail('there are no texts'),
    overhear: () => [],
    async close() {
      await carrier.close()
      await away.close()
      await far_end.close()
      door.closeAllConnections()
      door.close()
      remove()
    },
  }
}

describeCarrier('the sample carrier', makeHarness, { legs: true })

describe('the sample carrier', () => {
  it('refuses settings that are no account', () => {
    const paths = (given: object) => parrot.settings?.safeParse(given).error?.issues.map(({ path }) => path.join('.'))
    assert.equal(paths({ account: 'our-account' }), undefined)
    assert.deepEqual([paths({}), paths({ account: '../admin' })], [['account'], ['account']])
  })

  it('says of each refusal whether anybody may be dialed again', async (context) => {
    const harness = await makeHarness()
    context.after(() => harness.close())
    const reply = await harness.carrier.dial(commandFor('no number'), patience())
    assert.equal(!reply.ok && reply.fault.verdict, 'permanent')
  })

  it('believes no callback without the signature of its bytes, and none that says something else', () => {
    const body = Buffer.from(
      '{"reference":"a","call":"c","happened":[{"what":"alerting","at":"2026-03-02T15:00:00Z"}]}',
    )
    const webhookOf = (signature: string, bytes = body) => ({
      ...{ ...delivery, method: 'POST', url: 'http://127.0.0.1/', received_at: 0, body: bytes },
      headers: { [signature_header]: signature },
    })
    const verified = (signature: string, to = trunk) => parrotWebhooks.verify(webhookOf(signature), to).ok
    assert.ok(verified(signCallback(body, key)))
    for (const wrong of ['', 'x', signCallback(body, 'another key'), signCallback('{}', key)])
      assert.ok(!verified(wrong))
    assert.ok(!verified(signCallback(body, ''), { ...trunk, secret: null }))
    const read = parrotWebhooks.translate(webhookOf('', body), trunk)
    assert.equal(read.ok && read.events[0]?.event_key, 'c:alerting')
    for (const bad of ['', '[]', '{"reference":"a","call":"c","happened":[{"what":"sings"}]}']) {
      assert.equal(parrotWebhooks.translate(webhookOf('', Buffer.from(bad)), trunk).ok, false)
    }
  })
})
