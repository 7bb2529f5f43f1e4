import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { type App, openApp } from '#kit/app.ts'
import { type Floor, openFloor } from '#kit/floor.ts'
import { makeAgentUser } from '#kit/talked.ts'
import { numbersFrom } from '#kit/tenant.ts'

const noStats = { total: 0, completed: 0, pending: 0, failed: 0, answered: 0, no_answer: 0, busy: 0 }

describe('contacts of the older client', () => {
  let floor: Floor
  let app: App
  let used = 0
  before(async () => {
    const script = { default: [{ do: 'answers', ring_s: 5, talk_s: 30, weight: 1 }] }
    floor = await openFloor({ script, concurrent_calls: 20 })
    app = await openApp({ floor })
  })
  after(async () => {
    await app.close()
    await floor.close()
  })

  const ask = (method: string, path: string, body?: unknown, key = app.key) =>
    app.ask(method, `/api/dialer/${path}`, { key, ...(body === undefined ? {} : { body }) })
  const make = async (body: object = {}, key = app.key) =>
    (await ask('POST', 'campaigns', { name: 'one', ...body }, key)).body.campaign
  const patch = (id: string, body: object, method = 'PATCH') => ask(method, `campaigns/${id}`, body)
  const nextNumber = () => numbersFrom(used++, 1)[0] as string

  it('take contacts one by one: new ones, those they have, and those that are no numbers', async () => {
    const { id } = await make()
    const [one, two] = [nextNumber(), nextNumber()]
    const person = { first_name: 'Ada', last_name: 'Lovelace', email: 'ada@example.com', company: 'Engines' }
    const contacts = [
      { phone_number: one, ...person, metadata: { source: 'web' }, colour: 'red' },
      { phone_number: 'nonsense', first_name: null },
      { phone_number: two, email: '', company: null },
      { phone_number: one },
      {},
    ]
    const added = await ask('POST', `campaigns/${id}/contacts`, { contacts })
    assert.equal(added.status, 201, added.text)
    const [first] = added.body.contacts
    assert.deepEqual(first, {
      ...{ id: first.id, campaign_id: id, phone_number: one, ...person, status: 'pending', attempts: 0 },
      ...{ last_attempt_at: null, next_attempt_at: first.next_attempt_at, last_call_id: null },
      ...{ metadata: { source: 'web' }, created_at: first.created_at, updated_at: first.updated_at },
    })
    assert.equal(first.next_attempt_at, '2026-03-04T15:00:00.000Z')
    const [, second] = added.body.contacts
    assert.deepEqual([second.phone_number, second.first_name, second.company, second.metadata], [two, '', '', {}])
    assert.deepEqual([added.body.contacts.length, added.body.added, added.body.skipped], [2, 2, 1])
    const errors = added.body.errors
    assert.deepEqual(
      errors.map(({ index, phone_number }: Record<string, unknown>) => [index, phone_number]),
      [
        [1, 'nonsense'],
        [4, ''],
      ],
    )
    assert.match(errors[0].error, /^found .*; expected /)
    const again = await ask('POST', `campaigns/${id}/contacts`, { contacts: contacts.slice(0, 2) })
    assert.deepEqual([again.status, again.body.contacts, again.body.added, again.body.skipped], [201, [], 0, 1])
    const none = await ask('POST', `campaigns/${id}/contacts`, { contacts: [{ phone_number: 'x' }] })
    assert.deepEqual([none.body.added, none.body.skipped, none.body.errors.length], [0, 0, 1])
    assert.equal((await ask('GET', `campaigns/${id}`)).body.campaign.stats.total, 2)
    for (const body of [{}, { contacts: [] }, { contacts: [{ phone_number: 1 }] }, { contacts: [{ metadata: 'x' }] }]) {
      assert.equal((await ask('POST', `campaigns/${id}/contacts`, body)).status, 400, JSON.stringify(body))
    }
    const v1 = { leads: [{ phone: nextNumber() }, { phone: 'x' }], skip_invalid: true }
    const partly = (await app.ask('POST', `/api/v1/campaigns/${id}/leads`, { body: v1 })).body
    assert.deepEqual([partly.added, partly.refused[0].index, partly.results.length], [1, 1, 1])
  })

  it('show how their contacts stand, tried and due again as pending, and count their calls', async () => {
    const key = (await makeAgentUser(app)).key
    const { id } = await make({ type: 'manual' })
    const numbers = Array.from({ length: 8 }, nextNumber)
    await ask('POST', `campaigns/${id}/contacts`, { contacts: numbers.map((phone_number) => ({ phone_number })) })
    const statuses = ['pending', 'pending', 'callback', 'completed', 'called', 'failed', 'skipped', 'do_not_call']
    const words = ['pending', 'pending', 'callback', 'completed', 'completed', 'failed', 'failed', 'do-not-call']
    const leads = (await ask('GET', `campaigns/${id}/contacts`)).body.contacts
    for (const [index, status] of statuses.entries()) {
      await floor.db.owner.query('update leads set status = $2, attempts = $3 where id = $1', [
        ...[leads[index].id, status, index === 1 ? 1 : 0],
      ])
    }
    const list = async (query = '') => (await ask('GET', `campaigns/${id}/contacts${query}`)).body
    const all = await list()
    assert.deepEqual([all.contacts.map((row: { status: string }) => row.status), all.total], [words, 8])
    assert.deepEqual(
      all.contacts.map((row: { phone_number: string }) => row.phone_number),
      numbers,
    )
    for (const word of ['pending', 'calling', 'completed', 'failed', 'do-not-call', 'callback']) {
      const { contacts, total } = await list(`?status=${word}`)
      assert.equal(total, words.filter((each) => each === word).length, word)
      assert.ok(contacts.every((row: { status: string }) => row.status === word))
    }
    assert.deepEqual((await list('?limit=3&offset=2')).contacts, all.contacts.slice(2, 5))
    assert.equal((await ask('GET', `campaigns/${id}/contacts?status=called`)).status, 400)
    await patch(id, { status: 'active' })
    const call = { to: numbers[0], from: '+12125550199', campaignId: id }
    assert.equal((await ask('POST', 'calls', call)).status, 201)
    const counted = async () => (await ask('GET', `campaigns/${id}`)).body.campaign.stats
    assert.deepEqual(await counted(), { ...noStats, total: 8, pending: 1 })
    await floor.run(10_000)
    assert.deepEqual(await counted(), { ...noStats, total: 8, pending: 1, answered: 1 })
    await floor.run(60_000)
    assert.deepEqual(await counted(), { ...noStats, total: 8, pending: 1, answered: 1, completed: 1 })
    assert.equal((await ask('POST', `campaigns/${id}/contacts`, { contacts: [{}] }, key)).status, 403)
  })
})
