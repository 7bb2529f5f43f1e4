import assert from 'node:assert/strict'
import type { RequestListener } from 'node:http'
import { buffer } from 'node:stream/consumers'
import { describe, it, type TestContext } from 'node:test'
import { setImmediate as tick } from 'node:timers/promises'
import { readWavHead } from '#domain/wav.ts'
import { createSystemClock } from '../clock.ts'
import { describeCarrier } from '../conformance.ts'
import { type CarrierHarness, commandFor, has, patience, takenId, traceOf } from '../conformance-harness.ts'
import { type OptOutReport, splitEvents } from '../events.ts'
import type { TrunkSettings } from '../port.ts'
import type { WebhookReader } from '../provider.ts'
import { no_chaos } from '../simulator/chaos.ts'
import { listen } from '../simulator/hosted-rehearsal.ts'
import { createReception, makeFolder, numberFor, readLines, rehearsal_script } from '../simulator/rehearsal.ts'
import { signForm } from '../simulator/twilio/callbacks.ts'
import { startTwilioEmulator } from '../simulator/twilio/process.ts'
import { openTwilioCarriers } from './adapter.ts'

const account_sid = `AC${'1'.repeat(32)}`
const token = '0123456789abcdef0123456789abcdef'
const trunk: TrunkSettings = {
  ...{ id: 't', workspace_id: 'w', provider: 'twilio', speed: null, settings: { account_sid }, secret: token },
}

/** Takes callbacks as the server's door does: only what is signed for this account. */
function receiveInto(reception: ReturnType<typeof createReception>, reader: () => WebhookReader): RequestListener {
  return async (request, response) => {
    const { method = '', headers, url: path = '' } = request
    const url = `http://${headers.host}${path}`
    const kind = path.replace(/^\/hooks\/?/, '')
    const webhook = { method, headers, url, kind, body: await buffer(request), source: '', received_at: Date.now() }
    const read = reader().verify(webhook, trunk).ok ? reader().translate(webhook, trunk) : null
    if (!read?.ok) return response.writeHead(401).end()
    reception.take(read.events)
    response.writeHead(200, { 'content-type': 'text/xml' }).end('<Response/>')
  }
}

async function open(
  api: {
    speed?: number
    calls_per_second?: number
    settings?: object
    script?: typeof rehearsal_script
    balance?: string | null
  } = {},
) {
  const { speed = 600, calls_per_second = 1000, settings = {}, script = rehearsal_script, balance = '20.00' } = api
  const { folder, remove } = makeFolder()
  const reception = createReception()
  const clock = createSystemClock()
  const ledger_path = `${folder}/ledger.jsonl`
  const emulator = await startTwilioEmulator({
    ...{ port: 0, sid: account_sid, token, clock, script, seed: '1', chaos: no_chaos },
    ...{ speed, calls_per_second, ledger_path, balance: () => balance, trouble: () => {} },
  })
  const receiver = await listen(receiveInto(reception, () => provider.webhooks as WebhookReader))
  const providerAt = (url: string) =>
    openTwilioCarriers({ api_urls: { twilio: url }, callback_url: () => `${receiver.url}/hooks`, clock })
  const provider = providerAt(emulator.url)
  const carrier = provider.open({ ...trunk, settings: { ...trunk.settings, ...settings } })
  const close = async () => {
    await carrier.close()
    await emulator.close()
    await receiver.close()
    remove()
  }
  const until = async (attempt_id: string, enough: Parameters<CarrierHarness['until']>[1]) => {
    const told = () => splitEvents(reception.of(attempt_id)).calls
    await reception.when(() => enough(told()))
    return told()
  }
  const dials = () => readLines(ledger_path)
  return { carrier, emulator, reception, receiver, providerAt, dials, until, close }
}

async function makeHarness(): Promise<CarrierHarness> {
  const { carrier, emulator, reception, receiver, providerAt, dials, until, close } = await open()
  const nobody = await listen(() => {})
  await nobody.close()
  const away = providerAt(nobody.url).open(trunk)
  return {
    ...{ carrier, away, numberFor, until },
    agentFor: () => null,
    untilLeg: () => Promise.reject(new Error('it opens no legs')),
    overhear: () => [],
    turn: () => tick(),
    async rings(attempt_id) {
      const placed = emulator.placed().filter(({ order }) => order.StatusCallback?.endsWith(attempt_id))
      const sids = new Set<unknown>(placed.map(({ sid }) => sid))
      return dials().filter((line) => sids.has(line.attempt_id)).length
    },
    greeting_ms: 0,
    async optOut(number, message) {
      const url = `${receiver.url}/hooks/message`
      const form = { AccountSid: account_sid, MessageSid: `SM${'5'.repeat(32)}`, From: number, Body: message }
      await fetch(url, {
        ...{ method: 'POST', body: new URLSearchParams(form) },
        headers: { 'x-twilio-signature': signForm(token, url, form) },
      })
      const told = () => splitEvents(reception.all()).opt_outs.find(({ event }) => event.number === number)
      await reception.when(() => told() !== undefined)
      return told() as OptOutReport
    },
    async close() {
      await away.close()
      await close()
    },
  }
}

describeCarrier('twilio', makeHarness, { legs: true, ids: 'by_number' })

describe('calls over Twilio', { timeout: 30_000 }, () => {
  const opened = async (context: TestContext, options: Parameters<typeof open>[0] = {}) => {
    const line = await open(options)
    context.after(line.close)
    return line
  }

  it('are recorded where the trunk says so, read by nobody at another place, and deleted when they may be', async (context) => {
    const { carrier, until } = await opened(context, { settings: { record_calls: true } })
    const command = commandFor(numberFor('answers') ?? '')
    await carrier.dial(command, patience())
    const told = (await until(command.attempt_id, has('recorded'))).map(({ event }) => event)
    const recorded = told.find((event) => event.kind === 'recorded')
    const heard = await carrier.openRecording(recorded?.url ?? '', patience())
    if (!heard.ok) assert.fail(heard.reason)
    const audio = await buffer(heard.body)
    assert.equal(readWavHead(audio, audio.length)?.channels, 2)
    const gone = await carrier.openRecording(`${recorded?.url}0`, patience())
    assert.deepEqual([gone.ok, !gone.ok && gone.gone], [false, true])
    for (const place of [
      'http://127.0.0.1:1/RE',
      'https://api.twilio.com.evil.example/RE',
      'file:///etc/passwd',
      'RE',
    ]) {
      const refused = await carrier.openRecording(place, patience())
      assert.deepEqual(refused, { ok: false, gone: false, reason: 'the recording is at another place' })
      assert.equal((await carrier.forgetRecording(place))?.verdict, 'permanent')
    }
    for (let time = 0; time < 2; time++) assert.equal(await carrier.forgetRecording(recorded?.url ?? ''), null)
    const forgotten = await carrier.openRecording(recorded?.url ?? '', patience())
    assert.deepEqual([forgotten.ok, !forgotten.ok && forgotten.gone], [false, true])
  })

  it('are refused with the verdict that fits the reason', async (context) => {
    const { carrier, providerAt, emulator, dials } = await opened(context)
    const verdictOf = async (number: string, of = carrier, change: object = {}) => {
      const reply = await of.dial({ ...commandFor(number), ...change }, patience())
      return reply.ok ? 'taken' : reply.fault.verdict
    }
    for (const number of ['+15005550001', '+15005550002']) assert.equal(await verdictOf(number), 'permanent')
    for (const number of ['+15005550003', '+15005550004']) assert.equal(await verdictOf(number), 'barred')
    assert.equal(await verdictOf('+12125550100', carrier, { caller_id: '+15005550001' }), 'blocked')
    assert.equal(await verdictOf('+12125550100', carrier, { caller_id: null }), 'blocked', 'nobody to call as')
    const stranger = providerAt(emulator.url).open({ ...trunk, secret: 'not the token' })
    context.after(() => stranger.close())
    assert.equal(await verdictOf('+12125550100', stranger), 'blocked')
    assert.deepEqual(dials(), [], 'and rang nobody')
  })

  it('show the trunk’s number where a campaign has none, and are not sent for detection where it is off', async (context) => {
    const settings = { from: '+12125550177', detect_machines: false }
    const { carrier, emulator, until } = await opened(context, { settings })
    assert.equal(carrier.capabilities.answering_machine_detection, false)
    const command = { ...commandFor(numberFor('machine')), caller_id: null }
    takenId(await carrier.dial(command, patience()))
    const events = await until(command.attempt_id, has('ended'))
    assert.deepEqual(
      events.map(({ event }) => event.kind),
      ['ringing', 'answered', 'ended'],
    )
    assert.equal(emulator.placed()[0]?.order.From, '+12125550177')
  })

  it('that wait in the account’s queue are found, and end without having rung', async (context) => {
    const { carrier, emulator, until, dials } = await opened(context, { calls_per_second: 0.01 })
    const [first, second] = [commandFor(numberFor('busy')), commandFor(numberFor('stays'))]
    takenId(await carrier.dial(first, patience()))
    const sid = takenId(await carrier.dial(second, patience()))
    assert.equal(emulator.placed().length, 2)
    const located = await carrier.locate(second.attempt_id, null, traceOf(second))
    assert.deepEqual(located, { found: 'call', provider_call_id: sid, events: [] })
    assert.equal(await carrier.hangup(second.attempt_id, sid), null)
    const [end] = await until(second.attempt_id, has('ended'))
    assert.equal(end?.event.kind === 'ended' && end.event.outcome, 'canceled')
    assert.equal(await carrier.hangup(second.attempt_id, sid), null, 'it is over already')
    assert.equal(dials().length, 1)
  })

  it('of which nothing is known are neither looked for nor hung up blindly', async (context) => {
    const { carrier } = await opened(context)
    assert.equal((await carrier.locate('attempt', null, null)).found, 'unreachable')
    assert.equal((await carrier.hangup('attempt', null))?.verdict, 'indeterminate')
    const unknown = `CA${'9'.repeat(32)}`
    assert.deepEqual(await carrier.locate('attempt', unknown, null), { found: 'no_trace' })
    assert.equal(await carrier.hangup('attempt', unknown), null)
  })

  it('tell in the listing what their callbacks told', async (context) => {
    const { carrier, until } = await opened(context)
    const command = commandFor(numberFor('machine'))
    const sid = takenId(await carrier.dial(command, patience()))
    const told = await until(command.attempt_id, (events) => has('ended')(events) && has('detected')(events))
    const located = await carrier.locate(command.attempt_id, sid, null)
    assert.ok(located.found === 'call')
    const keys = located.events.map(({ event_key }) => event_key)
    assert.deepEqual(keys.toSorted(), [`${sid}:answered-by`, `${sid}:completed`])
    for (const key of keys) assert.ok(told.some(({ event_key }) => event_key === key))
  })

  it('have an account that says what is left on it, unless it is a subaccount', async (context) => {
    const { carrier } = await opened(context, { balance: '-0.05' })
    assert.deepEqual(await carrier.balance?.(patience()), { ok: true, amount: -0.05, currency: 'USD' })
    const sub = await opened(context, { balance: null })
    const reply = await sub.carrier.balance?.(patience())
    assert.ok(reply && !reply.ok && /tells no balance/.test(reply.fault.reason))
    const stranger = sub.providerAt(sub.emulator.url).open({ ...trunk, secret: 'wrong' })
    context.after(() => stranger.close())
    const refused = await stranger.balance?.(patience())
    assert.equal(refused && !refused.ok && refused.fault.verdict, 'blocked')
  })
})
