import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { signOnAgent } from '#kit/agents.ts'
import { type App, openApp } from '#kit/app.ts'
import { type Floor, openFloor } from '#kit/floor.ts'
import { makeAgentUser } from '#kit/talked.ts'
import { makeTenant } from '#kit/tenant.ts'

const from = '+12125550199'
const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/

describe('calls that the older client places', () => {
  let floor: Floor
  let app: App
  let used = 0
  before(async () => {
    // 10:00 in New York.
    floor = await openFloor({
      script: { default: [{ do: 'answers', ring_s: 5, talk_s: 60, weight: 1 }] },
      channels: 100,
      concurrent_calls: 40,
      owner_concurrent_calls: 30,
    })
    app = await openApp({ floor })
  })
  after(async () => {
    await app.close()
    await floor.close()
  })

  const nextNumber = () => `+1212555${String(1000 + used++)}`
  const ask = (method: string, path: string, body?: unknown, key = app.key) =>
    app.ask(method, `/api/dialer/${path}`, { key, ...(body === undefined ? {} : { body }) })
  const place = (body: object = {}, key = app.key) => ask('POST', 'calls', { to: nextNumber(), from, ...body }, key)
  const read = async (id: string) => (await ask('GET', `calls/${id}`)).body.call

  it('are placed for nobody where the caller has no agent at a phone, and are no abandons', async () => {
    const to = nextNumber()
    const placed = await place({ to, leadId: 'crm-7', metadata: { source: 'web' } })
    assert.equal(placed.status, 201, placed.text)
    const { success, call, callId } = placed.body
    const [dial] = floor.dials().filter(({ number }) => number === to)
    assert.deepEqual([success, dial?.attempt_id, dial?.caller_id], [true, call.id, from])
    assert.deepEqual(call, {
      ...{ id: call.id, user_id: app.tenant.user_id, call_id: callId, direction: 'outbound', from_number: from },
      ...{ to_number: to, status: 'initiated', duration: 0, recording_url: null, notes: '', lead_id: 'crm-7' },
      ...{ campaign_id: null, metadata: { source: 'web' }, started_at: call.started_at, answered_at: null },
      ...{ ended_at: null, created_at: call.started_at, updated_at: call.started_at },
    })
    assert.match(call.id, uuid)
    assert.match(call.started_at, instant)
    assert.notEqual(callId, call.id)
    await floor.run(10_000)
    assert.deepEqual([(await read(call.id)).status, (await read(call.id)).duration], ['answered', 0])
    await floor.run(70_000)
    const over = await read(call.id)
    assert.deepEqual([over.status, over.duration, over.call_id], ['completed', 60, callId])
    assert.ok(over.updated_at === over.ended_at && over.ended_at > over.answered_at)
    const v1 = (await app.ask('GET', `/api/v1/calls/${call.id}`)).body
    assert.deepEqual([v1.outcome, v1.abandoned_at, v1.short, v1.agent_id], ['answered', null, false, null])
    assert.deepEqual([v1.metadata, v1.external_lead_id, v1.placed_by], [{ source: 'web' }, 'crm-7', app.tenant.user_id])
  })

  it('are put through to the own agent whose line is up', async () => {
    const agent = await makeAgentUser(app)
    const { agent_id } = agent
    await signOnAgent(floor.db.app, floor.tenant, agent_id, floor.clock.now())
    const campaign = await floor.startCampaign({ leads: 0, settings: { mode: 'power' } })
    await app.ask('PATCH', `/api/v1/campaigns/${campaign}`, { body: { agent_ids: [agent_id] } })
    await floor.run(15_000)
    const placed = await place({ campaignId: campaign }, agent.key)
    assert.equal(placed.status, 201, placed.text)
    assert.equal(placed.body.call.user_id, agent.user_id)
    await floor.run(10_000)
    const { id } = placed.body.call
    const call = (await app.ask('GET', `/api/v1/calls/${id}`)).body
    assert.deepEqual([call.agent_id, call.campaign_id], [agent_id, campaign])
    // Busy with that one, the agent is not reachable for a second.
    const second = await place({ campaignId: campaign }, agent.key)
    assert.equal(second.status, 201, second.text)
    await floor.run(10_000)
    const alone = (await app.ask('GET', `/api/v1/calls/${second.body.call.id}`)).body
    assert.deepEqual([alone.state, alone.agent_id], ['answered', null])
    const stopped = await ask('PATCH', `calls/${second.body.call.id}`, { status: 'completed' }, agent.key)
    assert.equal(stopped.status, 200, stopped.text)
    await floor.run(80_000)
  })

  it('go to a contact of the campaign where the number is one', async () => {
    const campaign = await floor.startCampaign({ leads: 0, settings: { mode: 'manual', completes: 'by_hand' } })
    const to = nextNumber()
    const contacts = [{ phone_number: to, first_name: 'Ada' }]
    const [contact] = (await ask('POST', `campaigns/${campaign}/contacts`, { contacts })).body.contacts
    const { body } = await place({ to, campaignId: campaign })
    assert.deepEqual([body.call.lead_id, body.call.campaign_id], [contact.id, campaign])
    const calling = (await ask('GET', `campaigns/${campaign}/contacts`)).body.contacts[0]
    assert.deepEqual([calling.status, calling.last_call_id], ['calling', body.call.id])
    await floor.run(80_000)
    const called = (await ask('GET', `campaigns/${campaign}/contacts`)).body.contacts[0]
    assert.deepEqual([called.status, called.attempts], ['completed', 1])
    // Final as a contact, still somebody whom a person may dial.
    assert.equal((await place({ to, campaignId: campaign })).body.call.lead_id, null)
    await floor.run(80_000)
  })

  it('are refused in one sentence, and then nobody is dialed', async () => {
    const before = floor.dials().length
    const [blocked, busy] = [nextNumber(), nextNumber()]
    await app.ask('POST', '/api/v1/suppressions', { body: { number: blocked, reason: 'asked' } })
    const draft = (await ask('POST', 'campaigns', { name: 'draft' })).body.campaign.id
    const stranger = await app.makeKey(await makeTenant(floor.db.app, floor.clock.now()))
    const theirs = (await ask('POST', 'campaigns', { name: 'theirs' }, stranger)).body.campaign.id
    const viewer = await app.makeMember(app.tenant, 'viewer')
    assert.equal((await place({ to: busy })).status, 201)
    const cases: [number, RegExp, object, string?][] = [
      [422, /^The rule do_not_call forbids the call for good\.$/, { to: blocked }],
      [409, /^The rule campaign_inactive forbids the call until /, { campaignId: draft }],
      [409, /^The number is in a call at this moment\.$/, { to: busy }],
      [404, /^There is no such campaign\.$/, { campaignId: theirs }],
      [400, /campaignId/, { campaignId: 'seven' }],
      [400, /^to: found/, { to: '12' }],
      [400, /^from: found/, { from: '12' }],
      [400, /from/, { from: undefined }],
      [400, /to/, { to: 12125550100 }],
      [400, /metadata/, { metadata: 'x' }],
      [403, /role/, {}, viewer.key],
    ]
    for (const [status, error, body, key] of cases) {
      const refused = await place(body, key)
      assert.equal(refused.status, status, refused.text)
      assert.deepEqual(Object.keys(refused.body), ['error'])
      assert.match(refused.body.error, error)
      assert.match(refused.headers.get('content-type') ?? '', /^application\/json/)
    }
    assert.equal(floor.dials().length, before + 1)
    const strange = await app.ask('POST', '/api/dialer/calls', { key: null, body: {} })
    assert.deepEqual([strange.status, Object.keys(strange.body)], [401, ['error']])
    await floor.run(80_000)
  })

  it('show only a caller id that is registered on the trunk', async () => {
    await floor.db.owner.query(`update trunks set provider = 'other' where id = $1`, [app.tenant.trunk_id])
    try {
      const refused = await place()
      assert.deepEqual(
        [refused.status, refused.body.error],
        [422, `${from} is not registered on the trunk “Simulated”.`],
      )
      const registered = [app.tenant.workspace_id, app.tenant.trunk_id, from, new Date(app.now())]
      await floor.db.owner.query(
        'insert into caller_ids (workspace_id, trunk_id, number, created_at) values ($1, $2, $3, $4)',
        registered,
      )
      assert.equal((await place()).status, 201)
    } finally {
      await floor.db.owner.query(`update trunks set provider = 'simulated' where id = $1`, [app.tenant.trunk_id])
    }
  })

  it("stay within the owner's limit and the workspace's", async () => {
    const member = await app.makeMember(app.tenant, 'supervisor')
    const limit = async (to: number) =>
      floor.db.owner.query('update memberships set concurrent_calls = $2 where user_id = $1', [member.user_id, to])
    await limit(1)
    assert.equal((await place({}, member.key)).status, 201)
    const refused = await place({}, member.key)
    assert.deepEqual([refused.status, refused.body.error], [409, 'The limit owner is reached.'])
    await limit(5)
    await floor.db.owner.query('update workspaces set concurrent_calls = 1')
    const full = await place({}, member.key)
    assert.deepEqual([full.status, full.body.error], [409, 'The limit workspace is reached.'])
    await floor.db.owner.query('update workspaces set concurrent_calls = 40')
    await floor.run(80_000)
    assert.equal((await place({}, member.key)).status, 201)
    await floor.run(80_000)
  })
})
