import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { type App, openApp } from '#kit/app.ts'
import { type Floor, openFloor } from '#kit/floor.ts'

const minute = 60_000

describe('toll limits', () => {
  let floor: Floor
  let app: App
  before(async () => {
    // Each talks for 30 s, which is one started minute.
    floor = await openFloor({ channels: 50, concurrent_calls: 50, owner_concurrent_calls: 50 })
    app = await openApp({ floor })
    const price = { price_per_minute: 0.1, currency: 'USD' }
    const answer = await app.ask('PATCH', `/api/v1/trunks/${floor.tenant.trunk_id}`, { body: price })
    assert.equal(answer.status, 200)
  })
  after(async () => {
    await app.close()
    await floor.close()
  })
  const bound = (change: object) => app.ask('PATCH', `/api/v1/workspaces/${app.tenant.workspace_id}`, { body: change })
  const diagnosisOf = async (id: string) => (await app.ask('GET', `/api/v1/campaigns/${id}/progress`)).body.diagnosis
  const spent = async () => {
    const { rows } = await floor.db.owner.query('select sum(spent)::float8 as spent from spend_days')
    return rows[0].spent ?? 0
  }

  it('no call begins that the money of the day might not be enough for, and the next day begins anew', async () => {
    assert.equal((await bound({ daily_spend_limit: 3 })).body.daily_spend_limit, 3)
    const campaign = await floor.startCampaign({ leads: 60, settings: { mode: 'broadcast' } })
    await floor.run(1_000)
    // Each call keeps back ten minutes: three fit.
    assert.equal(floor.dials().length, 3)
    assert.equal((await diagnosisOf(campaign)).code, 'spend')
    await floor.run(10 * minute, minute)
    // 20 calls and their 2.00 leave 1.00 for one more; after it 0.90 is too little.
    assert.equal(floor.dials().length, 21)
    assert.ok(Math.abs((await spent()) - 2.1) < 1e-9)
    const { code, sentence } = await diagnosisOf(campaign)
    assert.equal(code, 'spend')
    assert.match(sentence, /^Calls of today cost 2\.10, .* the workspace's limit is 3\.00 a day\.$/)
    await floor.runCoarsely(24 * 60 * minute, 180 * minute, 5_000)
    await floor.run(10 * minute, minute)
    assert.equal(floor.dials().length, 42)
    await bound({ daily_spend_limit: null })
    await floor.run(5 * minute)
    assert.equal(floor.dials().length, 60)
    assert.ok(Math.abs((await spent()) - 6) < 1e-9, 'what was counted is what a recount gives')
  })

  it('a burst begins no faster than the workspace may, whatever its trunk would take', async () => {
    await bound({ calls_per_second: 1 })
    const before = floor.dials().length
    const started = performance.now()
    const campaign = await floor.startCampaign({ leads: 20, first_number: 500, settings: { mode: 'broadcast' } })
    await floor.run(1_000)
    const seconds = (performance.now() - started) / 1000
    const dials = floor.dials().length - before
    // A bucket two calls deep, refilled by the real clock.
    assert.ok(dials >= 1 && dials <= 2 + Math.ceil(seconds), `${dials} dials in ${seconds} s`)
    assert.equal((await diagnosisOf(campaign)).code, 'workspace_calls_per_second')
    await bound({ calls_per_second: null })
    await floor.run(2 * minute)
    assert.equal(floor.dials().length - before, 20)
  })

  it('under a limit of money nothing is dialed over a trunk whose price nobody has named', async () => {
    await bound({ daily_spend_limit: 100 })
    // A price is set, or it is not: nobody takes it for nothing.
    await floor.db.owner.query('update trunks set price_per_minute = null')
    const before = floor.dials().length
    const campaign = await floor.startCampaign({ leads: 2, first_number: 900, settings: { mode: 'broadcast' } })
    await floor.run(minute)
    assert.equal(floor.dials().length, before)
    assert.equal((await diagnosisOf(campaign)).code, 'no_price')
  })
})
