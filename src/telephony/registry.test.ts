import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { describe, it, type TestContext } from 'node:test'
import { setImmediate as tick } from 'node:timers/promises'
import type { CarrierEvent } from './events.ts'
import { createRegistry, findSettingsFaults, providers } from './registry.ts'
import { makeFolder, readLines, trunk } from './simulator/rehearsal.ts'
import { createVirtualClock } from './virtual-clock.ts'

const start = Date.parse('2026-03-02T15:00:00Z')

function makeRegistry(context: TestContext, folder: string, script_path: string | null = null) {
  const clock = createVirtualClock(start)
  const events: CarrierEvent[] = []
  const paths = { script_path, ledger_path: `${folder}/ledger.jsonl`, journal_path: `${folder}/calls.jsonl` }
  const registry = createRegistry({
    ...{ sim: { speed: 4, seed: '1', url: null, secret: 'between-us-and-them', ...paths }, clock },
    api_urls: {},
    callback_url: ({ id }) => `http://127.0.0.1:9/${id}`,
    sink: async (_, more) => {
      events.push(...more)
    },
    trouble: (message, cause) => assert.fail(`${message}: ${cause}`),
  })
  context.after(registry.closeAll)
  return { registry, clock, events }
}

function makeScratch(context: TestContext): string {
  const { folder, remove } = makeFolder()
  context.after(remove)
  return folder
}

describe('the registry', () => {
  it("keeps a trunk's carrier until its settings change", (context) => {
    const { registry } = makeRegistry(context, makeScratch(context))
    const carrier = registry.openCarrier(trunk)
    assert.equal(registry.openCarrier({ ...trunk }), carrier)
    assert.notEqual(registry.openCarrier({ ...trunk, id: 'trunk-2' }), carrier)
    const faster = registry.openCarrier({ ...trunk, speed: 60 })
    assert.notEqual(faster, carrier)
    assert.deepEqual([carrier.speed, faster.speed], [4, 60])
    assert.notEqual(registry.openCarrier({ ...trunk, speed: 60, secret: 'new credentials' }), faster)
  })

  it('reads the webhooks of the providers that it has, and of no other', (context) => {
    const { registry } = makeRegistry(context, makeScratch(context))
    assert.equal(typeof registry.webhooksOf('simulated')?.verify, 'function')
    for (const unknown of ['smoke-signals', 'constructor', '']) assert.equal(registry.webhooksOf(unknown), null)
  })

  it('refuses a provider that it does not have', (context) => {
    const { registry } = makeRegistry(context, makeScratch(context))
    assert.ok(providers.includes('simulated'))
    assert.throws(() => registry.openCarrier({ ...trunk, provider: 'smoke-signals' }), /smoke-signals/)
  })

  it('goes on with the calls of the last process before any trunk is opened', async (context) => {
    const folder = makeScratch(context)
    writeFileSync(`${folder}/script.json`, '{"default":[{"do":"busy","weight":1}]}')
    const first = makeRegistry(context, folder, `${folder}/script.json`)
    const dialed = { attempt_id: 'attempt-1', number: '+12125550100', caller_id: null, ring_timeout_ms: 25_000 }
    const command = { ...dialed, detect_machines: true }
    await first.registry.openCarrier(trunk).dial(command, new AbortController().signal)
    await first.registry.closeAll()

    const second = makeRegistry(context, folder, `${folder}/script.json`)
    second.registry.resume()
    second.clock.advanceTo(start + 60_000)
    await tick()
    assert.deepEqual(
      second.events.map(({ attempt_id, event }) => [attempt_id, event.kind]),
      [['attempt-1', 'ended']],
    )
    assert.equal(readLines(`${folder}/ledger.jsonl`).length, 1)
  })

  it('says what a provider misses in the settings of a trunk', () => {
    const faultsOf = (provider: string, settings: object, has_secret = true) =>
      findSettingsFaults(provider, { settings: { ...settings }, has_secret }, { pbx_addresses: [] }).map(
        ({ path }) => path,
      )
    const agent_id = '0192f000-0000-4000-8000-000000000001'
    assert.deepEqual(faultsOf('bolna', { agent_id, url: 'https://elsewhere.example' }), [])
    assert.deepEqual(faultsOf('bolna', {}, false), ['settings.agent_id', 'secret'])
    const webhooks = { webhook_key: 'short', webhook_sources: ['here'] }
    const wrong = ['settings.webhook_key', 'settings.webhook_sources.0']
    assert.deepEqual(faultsOf('bolna', { agent_id, ...webhooks }), wrong)
    assert.deepEqual(faultsOf('voipstudio', webhooks), wrong)
    assert.deepEqual(faultsOf('voipstudio', { user_id: 'Ada' }), ['settings.user_id'])
    assert.deepEqual(faultsOf('voipstudio', {}), [], 'the user of the key')
  })

  it('does not start with a faulty script', (context) => {
    const folder = makeScratch(context)
    writeFileSync(`${folder}/script.json`, '{"default":[{"do":"sings","weight":1}]}')
    assert.throws(() => makeRegistry(context, folder, `${folder}/script.json`), /default\.0\.do/)
  })
})
