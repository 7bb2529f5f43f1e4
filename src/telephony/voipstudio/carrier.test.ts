import assert from 'node:assert/strict'
import { describe, it, type TestContext } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { createSystemClock } from '../clock.ts'
import { describeCarrier } from '../conformance.ts'
import { type CarrierHarness, commandFor, patience, takenId } from '../conformance-harness.ts'
import type { TrunkSettings } from '../port.ts'
import type { WebhookReader } from '../provider.ts'
import { no_chaos } from '../simulator/chaos.ts'
import { listen, openHintedLine, webhook_key } from '../simulator/hosted-rehearsal.ts'
import { numberFor, rehearsal_script } from '../simulator/rehearsal.ts'
import { startVoipstudioEmulator } from '../simulator/voipstudio/process.ts'
import { openVoipstudioCarriers } from './adapter.ts'

const api_key = 'key-of-nobody'
const users = { '42598': 'online', '42599': 'offline' } as const
const settings = { user_id: '42598', webhook_key }
const trunk: TrunkSettings = {
  ...{ id: 't', workspace_id: 'w', provider: 'voipstudio', speed: null, settings, secret: api_key },
}

async function open() {
  const clock = createSystemClock()
  const providerAt = (url: string) => openVoipstudioCarriers({ api_urls: { voipstudio: url }, clock })
  const open = async (door: string) => {
    const emulator = await startVoipstudioEmulator({
      ...{ port: 0, api_key, users, webhook_url: `${door}/${webhook_key}`, clock, script: rehearsal_script, seed: '1' },
      ...{ speed: 300, chaos: no_chaos, ledger_path: null, trouble: () => {} },
    })
    const provider = providerAt(emulator.url)
    return { emulator, carrier: provider.open(trunk), reader: provider.webhooks as WebhookReader }
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
  const { carrier, emulator, providerAt, until, ids, close } = await open()
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
    rings: async (attempt_id) => emulator.placed().filter(({ id }) => ids(attempt_id).has(id)).length,
    async close() {
      await away.close()
      await close()
    },
  }
}

// Nobody listens to who answers; what is fetched has neither doubles nor disorder.
const scenarios = ['machine', 'reports_twice', 'reports_out_of_order'] as const
describeCarrier('voipstudio', makeHarness, { legs: true, ids: 'by_number', scenarios })

describe('calls over VoIPStudio', { timeout: 30_000 }, () => {
  const opened = async (context: TestContext) => {
    const line = await open()
    context.after(line.close)
    return line
  }

  it('are made by the user of the trunk, and shown as the campaign says', async (context) => {
    const { carrier, emulator } = await opened(context)
    takenId(await carrier.dial(commandFor(numberFor('busy')), patience()))
    takenId(await carrier.dial({ ...commandFor(numberFor('busy')), caller_id: null }, patience()))
    const to = numberFor('busy').slice(1)
    assert.deepEqual(
      emulator.placed().map(({ order }) => order),
      [
        { to, from: '42598', caller_id: '12125550199' },
        { to, from: '42598' },
      ],
    )
  })

  it('are refused with the verdict that fits the reason', async (context) => {
    const { carrier, providerAt, emulator } = await opened(context)
    const faultOf = async (number: string, of = carrier, change: object = {}) => {
      const reply = await of.dial({ ...commandFor(number), ...change }, patience())
      assert.ok(!reply.ok)
      return reply.fault
    }
    const as = (change: Partial<TrunkSettings>) => {
      const other = providerAt(emulator.url).open({ ...trunk, ...change })
      context.after(() => other.close())
      return other
    }
    assert.equal((await faultOf('+15005550001')).verdict, 'permanent')
    assert.equal((await faultOf('+12125550100', carrier, { caller_id: '+15005550001' })).verdict, 'blocked')
    assert.equal((await faultOf('+12125550100', as({ secret: 'not the key' }))).verdict, 'blocked')
    assert.equal((await faultOf('+12125550100', as({ settings: { user_id: '1' } }))).verdict, 'blocked')
    const offline = await faultOf('+12125550100', as({ settings: { user_id: '42599' } }))
    assert.equal(offline.verdict, 'blocked')
    assert.match(offline.reason, /softphone .* is not signed on/)
    assert.deepEqual(emulator.placed(), [], 'and nobody was called')
  })

  it('of which nothing is known are neither looked for nor hung up blindly', async (context) => {
    const { carrier } = await opened(context)
    assert.equal((await carrier.locate('attempt', null, null)).found, 'unreachable')
    assert.equal((await carrier.hangup('attempt', null))?.verdict, 'indeterminate')
    assert.equal((await carrier.locate('attempt', '7', null)).found, 'unreachable', 'its record may be still to come')
    assert.equal(await carrier.hangup('attempt', '7'), null)
  })
})
