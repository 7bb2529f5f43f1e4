import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { type App, openApp } from '#kit/app.ts'
import { makeTenant } from '#kit/tenant.ts'

const steps = [
  {
    key: 'opening',
    text: 'Hello {{ first_name }}{% if company %} of {{ company }}{% endif %}, your plan is {{ plan }}.',
    branches: [{ label: 'Interested', goes_to: 'offer' }],
  },
  { key: 'offer', text: 'It is {{ price }} in {{ city }}.', branches: [] },
]

describe('scripts', () => {
  let app: App
  let leadId: string
  before(async () => {
    app = await openApp()
    const { id } = (await app.ask('POST', '/api/v1/campaigns', { body: { name: 'One' } })).body
    const person = { phone: '+12125550142', full_name: 'Ada Lovelace', custom: { plan: '{{ price }}' } }
    const body = { leads: [{ ...person, metadata: { price: 9, first_name: 'Row' } }] }
    leadId = (await app.ask('POST', `/api/v1/campaigns/${id}/leads`, { body })).body.results[0].lead_id
  })
  after(() => app.close())

  const post = (path: string, body: object, key = app.key) => app.ask('POST', `/api/v1/scripts${path}`, { body, key })

  it('are rendered for a person, with a gap where nothing is known', async () => {
    const made = await post('', { name: 'Sale', steps })
    assert.equal(made.status, 201, made.text)
    const rendered = await post(`/${made.body.id}/render`, { lead_id: leadId })
    assert.deepEqual(rendered.body.steps, [
      { ...steps[0], text: 'Hello Ada, your plan is {{ price }}.', missing: ['company'] },
      { ...steps[1], text: 'It is 9 in [city].', missing: ['city'] },
    ])
    const change = { body: { steps: [{ key: 'only', text: 'Bye' }] } }
    const changed = await app.ask('PATCH', `/api/v1/scripts/${made.body.id}`, change)
    assert.deepEqual([changed.body.name, changed.body.steps.length], ['Sale', 1])
    assert.equal((await app.ask('DELETE', `/api/v1/scripts/${made.body.id}`)).status, 204)
    assert.equal((await post(`/${made.body.id}/render`, { lead_id: leadId })).status, 404)
  })

  it('are refused with the place of what is wrong', async () => {
    const step = { key: 'a', text: 'x' }
    const wrong: [object[], string][] = [
      [[{ ...step, text: '{% include "/etc/passwd" %}' }], 'steps.0.text'],
      [[step, { ...step, text: 'y' }], 'steps.1.key'],
      [[{ ...step, branches: [{ label: 'No', goes_to: 'b' }] }], 'steps.0.branches.0.goes_to'],
    ]
    for (const [given, path] of wrong) {
      const answer = await post('', { name: 'Wrong', steps: given })
      assert.deepEqual([answer.status, answer.body.errors?.[0].path], [422, path], answer.text)
    }
    assert.equal((await post('', { name: 'Wrong', steps: [] })).status, 400)
    await post('', { name: 'Twice', steps: [step] })
    assert.equal((await post('', { name: 'Twice', steps: [step] })).body.errors[0].path, 'name')
  })

  it("say nothing of another workspace's people", async () => {
    const stranger = await app.makeKey(await makeTenant(app.db.app, app.now()))
    const made = await post('', { name: 'Mine', steps }, stranger)
    const answer = await post(`/${made.body.id}/render`, { lead_id: leadId }, stranger)
    assert.deepEqual([answer.status, answer.body.errors[0].path], [422, 'lead_id'])
  })
})
