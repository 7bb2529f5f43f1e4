import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { type App, openApp } from '#kit/app.ts'
import { type Floor, openFloor } from '#kit/floor.ts'
import { createLog } from '#server/http/log.ts'
import { createSystemClock } from '#telephony/clock.ts'
import type { Carrier, TrunkSettings } from '#telephony/port.ts'
import { no_chaos } from '#telephony/simulator/chaos.ts'
import { rehearsal_script } from '#telephony/simulator/rehearsal.ts'
import { emulated_account, startTwilioEmulator, type TwilioEmulator } from '#telephony/simulator/twilio/process.ts'
import { openTwilioCarriers } from '#telephony/twilio/adapter.ts'
import { type BalanceKeeper, createBalanceKeeper } from './balance-keeper.ts'

const minute = 60_000

describe("what is left on a trunk's account", () => {
  let floor: Floor
  let app: App
  let emulator: TwilioEmulator
  let carrier: Carrier
  let keeper: BalanceKeeper
  let left: string | null = '12.50'
  let asked = 0
  before(async () => {
    floor = await openFloor({ start: '2026-03-04T15:00:00Z' })
    app = await openApp({ floor })
    // Whoever is due stays so.
    await floor.killDialer()
    emulator = await startTwilioEmulator({
      ...{ ...emulated_account, port: 0, clock: createSystemClock(), script: rehearsal_script, seed: '1' },
      ...{ speed: 1, calls_per_second: 1, chaos: no_chaos, ledger_path: null, trouble: () => {} },
      balance() {
        asked += 1
        return left
      },
    })
    const trunk: TrunkSettings = {
      ...{ id: 't', workspace_id: 'w', provider: 'twilio', speed: null, secret: emulated_account.token },
      settings: { account_sid: emulated_account.sid },
    }
    const deps = { api_urls: { twilio: emulator.url }, callback_url: () => '', clock: createSystemClock() }
    carrier = openTwilioCarriers(deps).open(trunk)
    const engine = { clock: floor.clock, carrierOf: async () => carrier }
    keeper = createBalanceKeeper({ pool: app.db.app, log: createLog('silent'), engine })
  })
  after(async () => {
    await carrier.close()
    await emulator.close()
    await app.close()
    await floor.close()
  })
  const ask = async (method: string, path: string, body?: object) => {
    const answer = await app.ask(method, `/api/v1/${path}`, body ? { body } : {})
    assert.ok(answer.status < 300, answer.text)
    return answer.body
  }
  const look = async (after_ms: number) => {
    floor.clock.advanceTo(floor.clock.now() + after_ms)
    keeper.wake(app.tenant.workspace_id)
    await keeper.settled()
    return (await ask('GET', `trunks/${app.tenant.trunk_id}`)).balance
  }
  const diagnosis = async (id: string) => (await ask('GET', `campaigns/${id}/progress`)).diagnosis

  it('is asked for while a campaign dials over it, once in five minutes, and named when it is low or nothing', async () => {
    assert.equal(await look(0), null)
    assert.equal(asked, 0, 'no campaign runs')
    const { id } = await ask('POST', 'campaigns', { name: 'C', mode: 'broadcast' })
    await ask('POST', `campaigns/${id}/leads`, { leads: [{ phone: '+12125550143' }] })
    await ask('POST', `campaigns/${id}/start`)
    const told = await look(minute)
    const told_at = '2026-03-04T15:01:00.000Z'
    assert.deepEqual(told, { amount: 12.5, currency: 'USD', told_at, asked_at: told_at, fault: null })
    assert.equal((await diagnosis(id)).code, 'dialing')
    await ask('PATCH', `trunks/${app.tenant.trunk_id}`, { low_balance: 20 })
    const low = await diagnosis(id)
    assert.equal(low.code, 'low_balance')
    assert.match(low.sentence, /^Dialing: .* The account of “Simulated” has 12.50 USD left \(.*\)\.$/)

    left = '-0.01'
    await look(2 * minute)
    await look(2 * minute)
    assert.equal(asked, 1)
    assert.equal((await look(minute)).amount, -0.01)
    assert.equal(asked, 2)
    const empty = await diagnosis(id)
    assert.equal(empty.code, 'balance')
    assert.match(empty.sentence, /^The account of “Simulated” has -0.01 USD left/)

    left = null
    const unanswered = await look(5 * minute)
    assert.deepEqual([unanswered.amount, unanswered.told_at], [-0.01, '2026-03-04T15:06:00.000Z'])
    assert.deepEqual(unanswered.asked_at, '2026-03-04T15:11:00.000Z')
    assert.match(unanswered.fault, /tells no balance/)

    await ask('POST', `campaigns/${id}/pause`)
    await look(10 * minute)
    assert.equal(asked, 3, 'nobody dials any more')
  })

  it('is not asked for where a carrier tells none', async () => {
    const { balance: _, ...silent } = carrier
    const engine = { clock: floor.clock, carrierOf: async () => silent }
    const other = createBalanceKeeper({ pool: app.db.app, log: createLog('silent'), engine })
    const { id } = await ask('POST', 'campaigns', { name: 'C', mode: 'broadcast' })
    await ask('POST', `campaigns/${id}/start`)
    floor.clock.advanceTo(floor.clock.now() + 10 * minute)
    const before = (await ask('GET', `trunks/${app.tenant.trunk_id}`)).balance
    other.wake(app.tenant.workspace_id)
    await other.settled()
    assert.deepEqual((await ask('GET', `trunks/${app.tenant.trunk_id}`)).balance, before)
  })
})
