import assert from 'node:assert/strict'
import { buffer } from 'node:stream/consumers'
import { describe, it, type TestContext } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { createSystemClock } from '../clock.ts'
import { describeCarrier } from '../conformance.ts'
import { type CarrierHarness, commandFor, has, patience, takenId } from '../conformance-harness.ts'
import type { DialCommand, TrunkSettings } from '../port.ts'
import type { WebhookReader } from '../provider.ts'
import { startBolnaEmulator } from '../simulator/bolna/process.ts'
import { no_chaos } from '../simulator/chaos.ts'
import { listen, openHintedLine, webhook_key } from '../simulator/hosted-rehearsal.ts'
import { numberFor, rehearsal_script } from '../simulator/rehearsal.ts'
import { openBolnaCarriers } from './adapter.ts'

const agent_id = '0192f000-0000-4000-8000-000000000001'
const api_key = 'bn-rehearsal'
const trunk: TrunkSettings = {
  ...{ id: 't', workspace_id: 'w', provider: 'bolna', speed: null, secret: api_key },
  settings: { agent_id, webhook_key },
}

async function open({ wallet = 10, closed = false, settings = {} } = {}) {
  const clock = createSystemClock()
  const providerAt = (url: string) => openBolnaCarriers({ api_urls: { bolna: url }, clock })
  const open = async (door: string) => {
    const emulator = await startBolnaEmulator({
      ...{ port: 0, api_key, wallet, closed, webhook_url: `${door}/${webhook_key}`, clock },
      ...{ script: rehearsal_script, seed: '1' },
      ...{ speed: 300, chaos: no_chaos, ledger_path: null, trouble: () => {} },
    })
    const provider = providerAt(emulator.url)
    const carrier = provider.open({ ...trunk, settings: { ...trunk.settings, ...settings } })
    return { emulator, carrier, reader: provider.webhooks as WebhookReader }
  }
  let opened: Awaited<ReturnType<typeof open>> | undefined
  const line = await openHintedLine(trunk, async (door) => {
    opened = await open(door)
    return opened
  })
  const { emulator } = opened as Awaited<ReturnType<typeof open>>
  const close = async () => {
    await emulator.close()
    await line.close()
  }
  return { ...line, emulator, providerAt, close }
}

async function makeHarness(): Promise<CarrierHarness> {
  const { carrier, emulator, providerAt, until, close } = await open()
  const nobody = await listen(() => {})
  await nobody.close()
  const away = providerAt(nobody.url).open(trunk)
  return {
    ...{ carrier, away, numberFor, until },
    agentFor: () => null,
    untilLeg: () => Promise.reject(new Error('it opens no legs')),
    greeting_ms: 0,
    optOut: () => Promise.reject(new Error('it tells of no messages')),
    overhear: () => [],
    turn: () => wait(5),
    rings: async (id) => emulator.placed().filter(({ order }) => order.user_data?.outdial_attempt === id).length,
    async close() {
      await away.close()
      await close()
    },
  }
}

// What is fetched has neither doubles nor disorder; ./webhook.test.ts has those of the deliveries.
describeCarrier('bolna', makeHarness, { legs: true, ids: 'none', scenarios: ['reports_twice', 'reports_out_of_order'] })

describe('calls over Bolna', { timeout: 30_000 }, () => {
  const opened = async (context: TestContext, options: Parameters<typeof open>[0] = {}) => {
    const line = await open(options)
    context.after(line.close)
    return line
  }

  it('are ordered with what the voice agent should know', async (context) => {
    const { carrier, emulator } = await opened(context, { settings: { from: '+12125550177' } })
    const about = { first_name: 'Ada', company: 'Analytical Engines' }
    const brief = { next_action: 'Sell', consent_line: 'This call may be recorded.', about }
    const command: DialCommand = { ...commandFor(numberFor('busy')), caller_id: null, brief }
    takenId(await carrier.dial(command, patience()))
    const [{ order } = { order: null }] = emulator.placed()
    assert.deepEqual(order, {
      ...{ agent_id, recipient_phone_number: command.number, from_phone_number: '+12125550177' },
      user_data: {
        ...{ first_name: 'Ada', company: 'Analytical Engines', next_action: 'Sell' },
        ...{ consent_line: 'This call may be recorded.', outdial_attempt: command.attempt_id },
      },
    })
  })

  it('are refused with the verdict that fits the reason', async (context) => {
    const { carrier, providerAt, emulator } = await opened(context)
    const faultOf = async (number: string, of = carrier, change: object = {}) => {
      const reply = await of.dial({ ...commandFor(number), ...change }, patience())
      assert.ok(!reply.ok)
      assert.doesNotMatch(reply.fault.reason, /\d{5}/, 'no number in a reason')
      return reply.fault.verdict
    }
    assert.equal(await faultOf('+15005550001'), 'permanent')
    assert.equal(await faultOf('+12125550100', carrier, { caller_id: '+15005550001' }), 'blocked')
    const stranger = providerAt(emulator.url).open({ ...trunk, secret: 'not the key' })
    context.after(() => stranger.close())
    assert.equal(await faultOf('+12125550100', stranger), 'blocked')
    assert.deepEqual(emulator.placed(), [])
  })

  it('stop when the account has no money left', async (context) => {
    const { carrier, until } = await opened(context, { wallet: 0 })
    const command = commandFor(numberFor('answers'))
    takenId(await carrier.dial(command, patience()))
    const [end] = await until(command.attempt_id, has('ended'))
    assert.deepEqual(end?.event.kind === 'ended' && [end.event.outcome, end.event.cause], ['congestion', 'balance-low'])
    const reply = await carrier.dial(commandFor(numberFor('answers')), patience())
    assert.deepEqual(reply.ok ? 'taken' : reply.fault, {
      verdict: 'blocked',
      reason: 'the balance at the carrier is low',
    })
  })

  it('are taken back when the agent’s own hours would put them off', async (context) => {
    const { carrier, until, emulator } = await opened(context, { closed: true })
    const command = commandFor(numberFor('answers'))
    takenId(await carrier.dial(command, patience()))
    const [end] = await until(command.attempt_id, has('ended'))
    assert.deepEqual(end?.event.kind === 'ended' && [end.event.outcome, end.event.cause], ['congestion', 'rescheduled'])
    const id = end?.provider_call_id ?? null
    const located = await carrier.locate(command.attempt_id, id, null)
    assert.equal(located.found === 'call' && located.events[0]?.event_key, `${id}:stopped:ended`, 'it never rings')
    assert.deepEqual(emulator.placed(), [])
  })

  it('tell of their recording once all is known of them', async (context) => {
    const { carrier, emulator, until } = await opened(context)
    const command = commandFor(numberFor('answers'))
    const id = takenId(await carrier.dial(command, patience()))
    await until(command.attempt_id, has('ended'))
    const early = await carrier.locate(command.attempt_id, id, null)
    assert.ok(
      early.found === 'call' && early.more_in_ms && !early.events.some(({ event }) => event.kind === 'recorded'),
    )
    const told = await until(command.attempt_id, has('recorded'))
    const recorded = told.find(({ event }) => event.kind === 'recorded')?.event
    assert.ok(recorded?.kind === 'recorded' && recorded.url.startsWith(`${emulator.url}/recordings/`))
    const heard = await carrier.openRecording(recorded.url, patience())
    assert.ok(heard.ok && heard.content_type === 'audio/wav')
    assert.ok((await buffer(heard.body)).length > 1000)
    for (const elsewhere of ['https://evil.example/a.wav', 'https://bolna.evil.example/s3.amazonaws.com/', 'x'])
      assert.equal((await carrier.openRecording(elsewhere, patience())).ok, false)
    const late = await carrier.locate(command.attempt_id, id, null)
    assert.deepEqual(late.found === 'call' && [late.more_in_ms, late.attempt_id], [undefined, command.attempt_id])
  })

  it('of which nothing is known are neither looked for nor hung up blindly', async (context) => {
    const { carrier } = await opened(context)
    assert.equal((await carrier.locate('attempt', null, null)).found, 'unreachable')
    assert.equal((await carrier.hangup('attempt', null))?.verdict, 'indeterminate')
    const unknown = '0192f000-0000-4000-8000-000000000009'
    assert.deepEqual(await carrier.locate('attempt', unknown, null), { found: 'no_trace' })
    assert.equal(await carrier.hangup('attempt', unknown), null)
  })

  it('have an account that says what is left on it', async (context) => {
    const { carrier, providerAt, emulator } = await opened(context, { wallet: 42.42 })
    assert.deepEqual(await carrier.balance?.(patience()), { ok: true, amount: 42.42, currency: null })
    const stranger = providerAt(emulator.url).open({ ...trunk, secret: 'wrong' })
    context.after(() => stranger.close())
    const refused = await stranger.balance?.(patience())
    assert.equal(refused && !refused.ok && refused.fault.verdict, 'blocked')
  })
})
