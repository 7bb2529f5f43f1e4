import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { type App, openApp } from '#kit/app.ts'

describe('choosing among trunks', () => {
  let app: App
  before(async () => {
    app = await openApp()
  })
  after(() => app.close())

  const twilio = { account_sid: `AC${'1'.repeat(32)}`, from: '+12125550199' }
  const ask = (method: string, path: string, body?: object) => app.ask(method, `/api/v1${path}`, body ? { body } : {})
  const real = (body: object) =>
    ask('POST', '/trunks', { name: 'T', provider: 'twilio', secret: 'x'.repeat(32), settings: twilio, ...body })
  const errors = ({ body }: { body: { errors: { path: string; message: string }[] } }) =>
    body.errors.map(({ path, message }) => `${path}: ${message}`)

  it('begins with trunks that say what they serve', async () => {
    const made = await ask('POST', '/trunks', { name: 'A', provider: 'simulated', serves: ['+4930', 'DE'], weight: 3 })
    assert.equal(made.status, 201)
    assert.deepEqual([made.body.serves, made.body.weight], [['+4930', 'DE'], 3])
    const changed = await ask('PATCH', `/trunks/${made.body.id}`, { serves: ['+'], weight: 0 })
    assert.deepEqual([changed.body.serves, changed.body.weight], [['+'], 0])
    assert.deepEqual((await ask('PATCH', `/trunks/${made.body.id}`, { name: 'B' })).body.serves, ['+'])
    await ask('PATCH', `/trunks/${made.body.id}`, { serves: [] })
  })

  it('refuses what is no prefix and no country, and loses nothing', async () => {
    const { id } = (await ask('GET', '/trunks')).body.data[0]
    for (const serves of [['49'], ['de'], ['+49a'], ['+1234567890123456'], 'DE']) {
      const refused = await ask('PATCH', `/trunks/${id}`, { serves })
      assert.equal(refused.status, 400, JSON.stringify(serves))
    }
    const refused = await ask('PATCH', `/trunks/${id}`, { serves: ['DE', 'XX'], name: 'lost' })
    assert.equal(refused.status, 422)
    assert.deepEqual(errors(refused), ['serves.1: is no country with phone numbers'])
    assert.deepEqual((await ask('GET', `/trunks/${id}`)).body.serves, [])
    assert.notEqual((await ask('GET', `/trunks/${id}`)).body.name, 'lost')
    const silent = { name: 'V', provider: 'openai', secret: 'x', serves: ['+'] }
    assert.match(errors(await ask('POST', '/trunks', silent)).join(), /serves: this provider speaks and does not call/)
  })

  it('compares prices in one currency', async () => {
    const euros = await real({ serves: ['DE'], price_per_minute: 0.02, currency: 'EUR' })
    assert.equal(euros.status, 201)
    const refused = await real({ serves: ['US'], price_per_minute: 0.01, currency: 'USD' })
    assert.equal(refused.status, 422)
    assert.match(errors(refused).join(), /currency: must be EUR/)
    const apart = await real({ price_per_minute: 0.01, currency: 'USD' })
    assert.equal(apart.status, 201, 'one that campaigns name')
    assert.equal((await ask('PATCH', `/trunks/${apart.body.id}`, { serves: ['US'] })).status, 422)
    await ask('PATCH', `/trunks/${euros.body.id}`, { serves: [] })
  })

  it('is not for campaigns whose agents have a line on one trunk', async () => {
    const wanted = { name: 'C', trunk_choice: 'least_cost' }
    for (const mode of ['power', 'predictive', 'preview', 'progressive', 'manual']) {
      const refused = await ask('POST', '/campaigns', { ...wanted, mode })
      assert.equal(refused.status, 422, mode)
      assert.match(errors(refused).join(), /trunk_choice: is for campaigns in ai or broadcast mode/)
    }
    const made = await ask('POST', '/campaigns', { ...wanted, mode: 'broadcast' })
    assert.equal(made.body.trunk_choice, 'least_cost')
    assert.equal((await ask('PATCH', `/campaigns/${made.body.id}`, { mode: 'power' })).status, 422)
    const both = await ask('PATCH', `/campaigns/${made.body.id}`, { mode: 'power', trunk_choice: 'fixed' })
    assert.deepEqual([both.status, both.body.mode, both.body.trunk_choice], [200, 'power', 'fixed'])
    assert.equal((await ask('PATCH', `/campaigns/${made.body.id}`, { trunk_choice: 'least_cost' })).status, 422)
  })

  it('does not start while there is nothing to choose from, and says why of each trunk', async () => {
    const { id } = (await ask('POST', '/campaigns', { name: 'C', mode: 'broadcast', trunk_choice: 'least_cost' })).body
    const start = () => ask('POST', `/campaigns/${id}/start`)
    assert.match(errors(await start()).join(), /trunk_choice: There is no trunk to choose: set what a trunk serves/)
    const line = (await real({ name: 'Line', serves: ['+'] })).body
    const spare = (await ask('POST', '/trunks', { name: 'Spare', provider: 'simulated', serves: ['+'] })).body
    await ask('PATCH', `/trunks/${spare.id}`, { active: false })
    assert.match(errors(await start()).join(), /“Line” is not of the kind .* rings nobody; “Spare” is off/)
    await ask('PATCH', `/campaigns/${id}`, { trunk_id: line.id, caller_id: '+12125550100' })
    assert.match(errors(await start()).join(), /“Line” does not have the campaign's caller id registered/)
    await ask('POST', `/trunks/${line.id}/caller-ids`, { number: '+12125550100' })
    assert.equal((await start()).status, 200)
  })
})
