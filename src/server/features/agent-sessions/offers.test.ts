import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { makeAgent } from '#kit/agents.ts'
import { type App, openApp } from '#kit/app.ts'
import { type Floor, openFloor } from '#kit/floor.ts'

describe('leads shown before they are dialed, and calls dialed by hand', { concurrency: false }, () => {
  let floor: Floor
  let app: App
  before(async () => {
    floor = await openFloor({
      script: { default: [{ do: 'answers', ring_s: 5, talk_s: 40, weight: 1 }] },
      channels: 20,
    })
    app = await openApp({ floor })
  })
  after(async () => {
    await app.close()
    await floor.close()
  })
  const all = async (sql: string, values: unknown[] = []) => (await floor.db.owner.query(sql, values)).rows

  /** An agent of a campaign of their own, signed on. */
  async function signOn(settings: object, leads = 3, firstNumber = 0) {
    const campaign = await floor.startCampaign({ leads, first_number: firstNumber, settings })
    const { user_id, key } = await app.makeMember(app.tenant, 'agent')
    const options = { user_id, reached_at: 'browser' as const, campaign_id: campaign }
    const agent_id = await makeAgent(floor.db.owner, app.tenant, app.now(), options)
    const { id } = (await app.ask('POST', '/api/v1/agent-sessions', { key, body: {} })).body
    const session = async () => (await app.ask('GET', `/api/v1/agent-sessions/${id}`, { key })).body
    const offers = async () =>
      (await all(`select data from agent_messages where session_id = $1 and type = 'offer' order by seq`, [id])).map(
        ({ data }) => data,
      )
    const decide = (body: object) => app.ask('POST', `/api/v1/agent-sessions/${id}/offer`, { key, body })
    const dial = (body: object) => app.ask('POST', '/api/v1/calls', { key, body })
    const signOff = () => app.ask('POST', `/api/v1/agent-sessions/${id}/state`, { key, body: { state: 'offline' } })
    return { campaign, key, agent_id, id, session, offers, decide, dial, signOff }
  }
  const dialsOf = async (campaign: string) => {
    const ids = new Set((await all('select id from attempts where campaign_id = $1', [campaign])).map(({ id }) => id))
    return floor.dials().filter(({ attempt_id }) => ids.has(attempt_id))
  }

  it('shows a lead, dials it when the agent takes it, and puts who answers through to that agent', async () => {
    const s = await signOn({ mode: 'preview', preview_seconds: 60, script: 'Hello {{ full_name }}' }, 2, 0)
    await floor.run(10_000, 1000)
    const [offer] = await s.offers()
    assert.equal(offer.contact.phones.length, 1)
    assert.deepEqual(offer.script.steps[0].missing, ['full_name'])
    assert.deepEqual([(await s.session()).state, (await s.session()).call_id], ['reserved', offer.call_id])
    assert.deepEqual(await dialsOf(s.campaign), [])
    assert.equal((await s.decide({ call_id: offer.call_id, accept: true })).status, 200)
    await floor.run(10_000, 1000)
    assert.equal((await dialsOf(s.campaign)).length, 1)
    assert.equal((await s.session()).state, 'on_call')
    const call = (await app.ask('GET', `/api/v1/calls/${offer.call_id}`)).body
    assert.deepEqual([call.agent_id, call.wait_ms], [s.agent_id, 0])
    const again = await s.decide({ call_id: offer.call_id, accept: true })
    assert.deepEqual([again.status, again.body.detail], [409, 'There is no such offer any more.'])
    await floor.run(60_000)
    assert.equal((await s.session()).state, 'wrap_up')
    await s.signOff()
    await floor.run(60_000)
  })

  it('passes a lead over with the reason, at no cost, and shows the next one', async () => {
    const s = await signOn({ mode: 'preview' }, 2, 20)
    await floor.run(5000, 1000)
    const [first] = await s.offers()
    assert.equal((await s.decide({ call_id: first.call_id, accept: false, reason: 'called yesterday' })).status, 200)
    await floor.run(5000, 1000)
    const [, second] = await s.offers()
    assert.notEqual(second.lead.id, first.lead.id)
    const [skipped] = await all('select state, drop_reason from attempts where id = $1', [first.call_id])
    assert.deepEqual(skipped, { state: 'dropped', drop_reason: 'skipped: called yesterday' })
    const [lead] = await all('select status, attempts, due_at from leads where id = $1', [first.lead.id])
    assert.deepEqual([lead.status, lead.attempts, lead.due_at > floor.clock.now()], ['pending', 0, true])
    await s.decide({ call_id: second.call_id, accept: false })
    await s.signOff()
  })

  it('ends an offer by itself: passed over, or dialed where the campaign says so', async () => {
    const skips = await signOn({ mode: 'preview', preview_seconds: 10 }, 1, 40)
    const dials = await signOn({ mode: 'preview', preview_seconds: 10, preview_ends: 'dial' }, 1, 50)
    await floor.run(5000, 1000)
    const until = (await skips.offers())[0].until
    floor.clock.advanceTo(Date.parse(until) - 1)
    assert.equal((await skips.session()).state, 'reserved')
    await floor.run(8000, 1000)
    assert.deepEqual([(await skips.session()).state, (await dialsOf(skips.campaign)).length], ['available', 0])
    assert.equal((await dialsOf(dials.campaign)).length, 1)
    await floor.run(8000, 1000)
    assert.equal((await dials.session()).state, 'on_call')
    await skips.signOff()
    await dials.signOff()
    await floor.run(120_000)
  })

  it('does not dial a lead that was blocked, or whose campaign was paused, while it was shown', async () => {
    const s = await signOn({ mode: 'preview' }, 2, 60)
    await floor.run(5000, 1000)
    const [first] = await s.offers()
    await app.ask('POST', '/api/v1/suppressions', { body: { number: first.number, reason: 'asked us to' } })
    const blocked = await s.decide({ call_id: first.call_id, accept: true })
    assert.deepEqual([blocked.status, blocked.body.rule, blocked.body.next_lawful_at], [409, 'do_not_call', null])
    assert.equal((await all('select status from leads where id = $1', [first.lead.id]))[0].status, 'do_not_call')
    await floor.run(5000, 1000)
    const second = (await s.offers())[1]
    await app.ask('POST', `/api/v1/campaigns/${s.campaign}/pause`, { body: {} })
    const paused = await s.decide({ call_id: second.call_id, accept: true })
    assert.deepEqual([paused.status, paused.body.rule], [409, 'campaign_inactive'])
    assert.deepEqual(await dialsOf(s.campaign), [])
    assert.equal((await s.session()).state, 'available')
    await s.signOff()
  })

  it('is decided by the agent who is shown it alone', async () => {
    const s = await signOn({ mode: 'preview' }, 1, 70)
    await floor.run(5000, 1000)
    const [offer] = await s.offers()
    const body = { call_id: offer.call_id, accept: true }
    assert.equal((await app.ask('POST', `/api/v1/agent-sessions/${s.id}/offer`, { body })).status, 403)
    const other = await signOn({ mode: 'manual' }, 1, 80)
    assert.equal((await other.decide(body)).status, 409)
    assert.deepEqual(await dialsOf(s.campaign), [])
    await s.signOff()
    await other.signOff()
  })

  it('brings a promised call to the agent who promised it, at its time, and knows who kept it', async () => {
    const s = await signOn({ mode: 'progressive', wrap_up_seconds: 0, completes: 'by_hand' }, 1, 85)
    const other = await makeAgent(floor.db.owner, app.tenant, app.now(), { campaign_id: s.campaign })
    const [lead] = await all('select id from leads where campaign_id = $1', [s.campaign])
    const at = new Date(app.now() + 10 * 60_000).toISOString()
    const promised = await app.ask('POST', '/api/v1/callbacks', {
      body: { lead_id: lead.id, at, agent_id: s.agent_id },
    })
    assert.equal(promised.status, 201, promised.text)
    await floor.run(9 * 60_000)
    assert.deepEqual(await dialsOf(s.campaign), [])
    await floor.run(3 * 60_000)
    const calls = (await app.ask('GET', `/api/v1/calls?campaign_id=${s.campaign}`)).body.data
    assert.deepEqual(
      calls.map((call: { agent_id: string; initiated_at: string }) => [call.agent_id, call.initiated_at >= at]),
      [[s.agent_id, true]],
    )
    const kept = (await app.ask('GET', `/api/v1/callbacks/${promised.body.id}`)).body
    assert.deepEqual([kept.status, kept.kept_by_agent_id], ['kept', s.agent_id])
    assert.deepEqual(
      await all('select call_id from agent_transitions where agent_id = $1 and call_id is not null', [other]),
      [],
    )
    await s.signOff()
  })

  it('dials a lead and a number from the keypad for the agent who asks', async () => {
    const s = await signOn({ mode: 'manual', wrap_up_seconds: 0, completes: 'by_hand' }, 1, 90)
    await floor.run(5000, 1000)
    assert.deepEqual(await dialsOf(s.campaign), [], 'nobody is dialed by hand but by hands')
    const [lead] = await all('select id from leads where campaign_id = $1', [s.campaign])
    const placed = await s.dial({ lead_id: lead.id })
    assert.deepEqual([placed.status, placed.headers.get('location')], [202, `/api/v1/calls/${placed.body.id}`])
    const busy = await s.dial({ number: '+1 212 555 0199' })
    assert.deepEqual([busy.status, busy.body.current_status], [409, 'reserved'])
    await floor.run(10_000, 1000)
    assert.equal((await s.session()).state, 'on_call')
    await floor.run(60_000)
    assert.equal((await all('select status from leads where id = $1', [lead.id]))[0].status, 'completed')
    const keypad = await s.dial({ number: '(212) 555-0199', campaign_id: s.campaign })
    assert.equal(keypad.status, 202)
    await floor.run(10_000, 1000)
    const call = (await app.ask('GET', `/api/v1/calls/${keypad.body.id}`)).body
    assert.deepEqual([call.to_number, call.lead_id, call.agent_id], ['+12125550199', null, s.agent_id])
    await floor.run(60_000)
    assert.equal((await s.session()).state, 'available')
    assert.equal((await all('select count(*)::int as n from attempts where ended_at is null'))[0].n, 0)
    await s.signOff()
  })

  it('says why a call by hand is not made, and makes none', async () => {
    const s = await signOn({ mode: 'manual' }, 1, 110)
    const before = floor.dials().length
    const refused = async (body: object, status: number, says: RegExp) => {
      const answer = await s.dial(body)
      assert.equal(answer.status, status, answer.text)
      assert.match(answer.text, says)
    }
    await refused({ number: '+12125550142' }, 409, /line is up/)
    await floor.run(5000, 1000)
    await refused({}, 422, /name one of/)
    await refused({ number: '911' }, 422, /number/)
    await refused({ number: '+12125550142', lead_id: s.id }, 422, /name one of/)
    await refused({ lead_id: s.id }, 422, /names no lead/)
    await refused({ number: '+12125550142', campaign_id: s.id }, 422, /names no campaign/)
    const other = await floor.startCampaign({ leads: 1, first_number: 120, settings: { mode: 'manual' } })
    await refused({ number: '+12125550142', campaign_id: other }, 409, /does not take the calls/)
    await app.ask('POST', '/api/v1/suppressions', { body: { number: '+12125550143', reason: 'asked us to' } })
    await refused({ number: '+12125550143' }, 409, /do_not_call/)
    // It is two in the morning there.
    await refused({ number: '+61293744000' }, 409, /hours/)
    assert.equal(floor.dials().length, before + (await legsSince(before)))
    assert.equal((await s.session()).state, 'available')
    const viewer = await app.makeMember(app.tenant, 'viewer')
    assert.equal(
      (await app.ask('POST', '/api/v1/calls', { key: viewer.key, body: { number: '+12125550142' } })).status,
      403,
    )
    await s.signOff()
  })
  const legsSince = async (count: number) =>
    floor
      .dials()
      .slice(count)
      .filter((line) => 'leg_id' in line).length
})
