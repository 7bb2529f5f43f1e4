import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { type App, openApp } from '#kit/app.ts'
import { type Floor, openFloor } from '#kit/floor.ts'
import { importOver } from '#kit/http-imports.ts'
import { numbersFrom } from '#kit/tenant.ts'

const minute = 60_000

describe('lists and what is done with those who were called', () => {
  let floor: Floor
  let app: App
  let used = 0
  before(async () => {
    floor = await openFloor({ channels: 4 })
    app = await openApp({ floor })
  })
  after(async () => {
    await app.close()
    await floor.close()
  })

  const take = (count: number) => {
    used += count
    return numbersFrom(used - count, count)
  }
  async function make(settings: object, leads: string[]): Promise<string> {
    const { id } = (
      await app.ask('POST', '/api/v1/campaigns', { body: { name: 'Calls', mode: 'broadcast', ...settings } })
    ).body
    const body = { leads: leads.map((phone) => ({ phone })) }
    assert.equal((await app.ask('POST', `/api/v1/campaigns/${id}/leads`, { body })).body.added, leads.length)
    return id
  }
  const get = async (path: string) => (await app.ask('GET', `/api/v1/${path}`)).body
  const weigh = (campaign: string, list: string, weight: unknown) =>
    app.ask('PATCH', `/api/v1/campaigns/${campaign}/lists/${list}`, { body: { weight } })
  const recycle = (campaign: string, body: object) => app.ask('POST', `/api/v1/campaigns/${campaign}/recycle`, { body })

  it('are each import and the leads added by hand, with a weight that the next dials follow', async () => {
    const id = await make({}, take(8))
    const file = `name,phone\n${take(8)
      .map((phone) => `Ann,${phone}\n`)
      .join('')}`
    const job = await importOver(app, file, { campaign_id: id }, 'spring.csv')
    const lists = (await get(`campaigns/${id}/lists`)).data
    assert.deepEqual(
      lists.map((list: Record<string, unknown>) => [list.id, list.name, list.weight, list.due_now, list.dialed]),
      [
        [id, null, 1, 8, 0],
        [job.id, 'spring.csv', 1, 8, 0],
      ],
    )
    const rests = await weigh(id, id, 0)
    assert.deepEqual(
      [rests.status, rests.body.weight, rests.body.leads],
      [200, 0, { total: 8, by_status: { pending: 8 } }],
    )
    await app.ask('POST', `/api/v1/campaigns/${id}/start`)
    await floor.run(3 * minute)
    const [byHand, spring] = (await get(`campaigns/${id}/lists`)).data
    assert.deepEqual([byHand.dialed, spring.dialed, spring.leads.by_status], [0, 8, { completed: 8 }])
    const later = await importOver(app, `phone\n${take(1)[0]}\n`, { campaign_id: id }, 'summer.csv')
    await weigh(id, later.id, 3)
    await weigh(id, id, 1)
    await floor.run(3 * minute)
    const after = (await get(`campaigns/${id}/lists`)).data
    assert.deepEqual(
      after.map((list: { weight: number; dialed: number }) => [list.weight, list.dialed]),
      [
        [1, 8],
        [1, 8],
        [3, 1],
      ],
    )
  })

  it('are refused a weight that is none, and lists of other campaigns', async () => {
    const [id, other] = [await make({}, take(1)), await make({}, take(1))]
    for (const weight of [-1, 1001, 1.5, 'heavy']) assert.equal((await weigh(id, id, weight)).status, 400)
    assert.equal((await weigh(id, other, 2)).status, 404)
    assert.equal((await weigh(other, id, 2)).status, 404)
    const { rows } = await floor.db.owner.query('select from lists where campaign_id = any ($1)', [[id, other]])
    assert.equal(rows.length, 0)
    await app.ask('POST', `/api/v1/campaigns/${id}/cancel`)
    assert.equal((await weigh(id, id, 2)).status, 409)
    assert.equal((await recycle(id, { outcomes: ['busy'] })).status, 409)
  })

  it('are called again by what their last call came to, within the law and the budget', async () => {
    const phones = take(5)
    const id = await make({ max_attempts: 1 }, phones)
    await app.ask('POST', `/api/v1/campaigns/${id}/start`)
    await floor.run(3 * minute)
    assert.equal((await get(`campaigns/${id}`)).status, 'completed')
    const calls = (await get(`campaigns/${id}/calls`)).data
    const callOf = (phone: string) => calls.find((call: { to_number: string }) => call.to_number === phone)
    const say = async (phone: string, disposition: string) => {
      const body = { disposition }
      assert.equal((await app.ask('POST', `/api/v1/calls/${callOf(phone).id}/disposition`, { body })).status, 201)
    }
    const [refuser, blocked, buyer] = phones as [string, string, string]
    await say(refuser, 'not_interested')
    await say(blocked, 'do_not_call')
    await say(buyer, 'sale')
    const statusOf = async (phone: string) => (await get(`leads/${callOf(phone).lead_id}`)).status

    assert.equal((await recycle(id, {})).status, 422)
    assert.equal((await recycle(id, { outcomes: ['dreamt'] })).status, 400)
    const unknown = await recycle(id, { dispositions: ['sold'] })
    assert.deepEqual([unknown.status, unknown.body.allowed.includes('sale')], [422, true])
    assert.deepEqual((await recycle(id, { outcomes: ['human'] })).body, { recycled: 0, kept: { attempts_spent: 4 } })
    assert.equal(await statusOf(refuser), 'completed', 'who is kept stays as it was')
    assert.deepEqual((await recycle(id, { outcomes: ['human'], older_than_hours: 1, reset_attempts: true })).body, {
      recycled: 0,
      kept: {},
    })
    assert.equal((await get(`campaigns/${id}`)).status, 'completed')

    const one = await recycle(id, { dispositions: ['not_interested'], reset_attempts: true })
    assert.deepEqual(one.body, { recycled: 1, kept: {} })
    const { status, status_reason } = await get(`campaigns/${id}`)
    assert.deepEqual([status, status_reason], ['active', 'leads were recycled'])
    await floor.run(3 * minute)
    const lead = await get(`leads/${callOf(refuser).lead_id}`)
    assert.deepEqual([lead.status, lead.attempts], ['completed', 1])
    assert.equal(floor.dials().filter(({ number }) => number === refuser).length, 2)
    assert.equal(await statusOf(buyer), 'completed')

    await app.ask('POST', '/api/v1/suppressions', { body: { number: phones[3] } })
    const rest = await recycle(id, { outcomes: ['human'], reset_attempts: true })
    assert.deepEqual(rest.body, { recycled: 3, kept: { do_not_call: 1 } })
    assert.deepEqual([await statusOf(blocked), await statusOf(phones[3] as string)], ['do_not_call', 'completed'])
  })
})
