import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, it } from 'node:test'
import { type App, openApp } from '#kit/app.ts'
import { type Floor, openFloor } from '#kit/floor.ts'
import { letTalk, makeAgentUser } from '#kit/talked.ts'
import { numbersFrom } from '#kit/tenant.ts'

const minute = 60_000
const hour = 60 * minute

interface Call {
  id: string
  campaign_id: string
  lead_id: string
  to_number: string
}

describe('calls promised in a disposition', () => {
  let floor: Floor
  let app: App
  let agent: { agent_id: string; user_id: string; key: string }
  let used = 0
  before(async () => {
    floor = await openFloor({ channels: 10 })
    app = await openApp({ floor })
    agent = await makeAgentUser(app)
  })
  after(async () => {
    await app.close()
    await floor.close()
  })
  beforeEach(() => app.ask('POST', '/api/v1/stop-all'))

  const get = async (path: string) => (await app.ask('GET', `/api/v1/${path}`)).body
  const say = (call: Call, body: object, key = agent.key) =>
    app.ask('POST', `/api/v1/calls/${call.id}/disposition`, { body, key })
  const leadOf = async (call: Call) => get(`leads/${call.lead_id}`)
  const promisesOf = async (call: Call) => (await get(`callbacks?lead_id=${call.lead_id}&sort=created_at`)).data
  const endsOf = async (call: Call) =>
    (await promisesOf(call)).map((row: Record<string, unknown>) => [
      row.status,
      row.closed_reason,
      row.call_id === call.id,
    ])
  const inFuture = (ms: number) => new Date(app.now() + ms).toISOString()

  /** A call that the person has answered, on which the agent talked; over after `forMs`. */
  async function makeCall(forMs = 2 * minute, settings: object = {}): Promise<Call> {
    const body = { name: 'Talks', mode: 'broadcast', agent_ids: [agent.agent_id], ...settings }
    const { id } = (await app.ask('POST', '/api/v1/campaigns', { body })).body
    const leads = numbersFrom(used, 1).map((phone) => ({ phone }))
    used += 1
    await app.ask('POST', `/api/v1/campaigns/${id}/leads`, { body: { leads } })
    await app.ask('POST', `/api/v1/campaigns/${id}/start`)
    await floor.run(forMs)
    return lastCall(id)
  }

  async function lastCall(campaignId: string): Promise<Call> {
    const [call] = (await get(`campaigns/${campaignId}/calls?sort=-number&limit=1`)).data as [Call]
    await letTalk(app, agent.agent_id, call.id)
    return call
  }

  it("are the team's unless they are said to be the agent's", async () => {
    const said = { disposition: 'callback', callback_at: inFuture(3 * hour), note: 'after lunch' }
    const teams = await makeCall()
    assert.equal((await say(teams, said)).status, 201)
    const [promise] = await promisesOf(teams)
    assert.deepEqual([promise.agent_id, promise.promised_at, promise.note], [null, said.callback_at, 'after lunch'])
    assert.deepEqual([promise.call_id, promise.created_by], [teams.id, agent.user_id])
    const own = await makeCall()
    await say(own, { ...said, callback_agent: 'me' })
    assert.equal((await promisesOf(own))[0].agent_id, agent.agent_id)
    // Said again, it is the same; with another agent it is a correction.
    assert.equal((await get(`calls/${own.id}/disposition`)).changes.length, 1)
    await say(own, { ...said, callback_agent: 'me' })
    await say(own, said)
    assert.equal((await get(`calls/${own.id}/disposition`)).changes.length, 1)
    await say(own, { ...said, callback_agent: 'team' })
    const promises = await promisesOf(own)
    assert.deepEqual([promises.length, promises[0].agent_id], [1, null])
    await say(own, { ...said, callback_agent: agent.agent_id }, app.key)
    assert.equal((await promisesOf(own))[0].agent_id, agent.agent_id)
  })

  it('are refused where nobody may call then, or the agent can not be promised, and nothing is said then', async () => {
    const call = await makeCall()
    const stranger = await makeAgentUser(app)
    const at = inFuture(hour)
    const wrong: [object, string, string, number][] = [
      [{ callback_at: '2026-03-05T04:00:00Z' }, agent.key, 'callback_at', 422],
      [{ callback_at: inFuture(200 * 24 * hour) }, agent.key, 'callback_at', 422],
      [{ callback_at: at, callback_agent: 'me' }, app.key, 'callback_agent', 422],
      [{ callback_at: at, callback_agent: stranger.agent_id }, app.key, 'callback_agent', 422],
      [{ callback_at: at, callback_agent: 'somebody' }, agent.key, 'callback_agent', 400],
    ]
    for (const [body, key, path, status] of wrong) {
      const answer = await say(call, { disposition: 'callback', ...body }, key)
      assert.deepEqual([answer.status, answer.body.errors?.[0].path], [status, path], answer.text)
    }
    const others = await say(call, { disposition: 'callback', callback_at: at, callback_agent: stranger.agent_id })
    assert.equal(others.status, 403)
    const alone = await say(call, { disposition: 'sale', callback_agent: 'me' })
    assert.equal(alone.body.errors[0].path, 'callback_agent')
    const night = await say(call, { disposition: 'callback', callback_at: '2026-03-05T04:00:00Z' })
    assert.equal(night.body.next_lawful_at, '2026-03-05T13:00:00.000Z')
    assert.deepEqual([(await leadOf(call)).status, await promisesOf(call)], ['completed', []])
    assert.equal((await app.ask('GET', `/api/v1/calls/${call.id}/disposition`)).status, 404)
  })

  it('change with a correction, and are cancelled by one that promises nothing', async () => {
    const call = await makeCall()
    await say(call, { disposition: 'callback', callback_at: inFuture(3 * hour), callback_agent: 'me' })
    const later = inFuture(5 * hour)
    await say(call, { disposition: 'callback', callback_at: later })
    const [moved] = await promisesOf(call)
    assert.deepEqual([moved.promised_at, moved.agent_id, moved.status], [later, agent.agent_id, 'open'])
    assert.equal((await leadOf(call)).due_at, later)
    await say(call, { disposition: 'sale' })
    assert.deepEqual(await endsOf(call), [['cancelled', 'disposition_corrected', true]])
    assert.equal((await leadOf(call)).status, 'completed')
    await floor.run(1000)
    await say(call, { disposition: 'callback', callback_at: later })
    assert.deepEqual((await endsOf(call))[1], ['open', null, true])
    const again = await say(call, { disposition: 'do_not_call' })
    assert.equal(again.status, 200)
    assert.deepEqual((await endsOf(call))[1], ['cancelled', 'disposition_corrected', true])
    assert.equal((await leadOf(call)).status, 'do_not_call')
    await floor.run(1000)
    assert.equal((await say(call, { disposition: 'callback', callback_at: later })).status, 200)
    assert.deepEqual([(await leadOf(call)).status, (await endsOf(call))[2]], ['callback', ['open', null, true]])
  })

  it('during the call keep what was promised before, and hold when it ends', async () => {
    const first = await makeCall()
    await say(first, { disposition: 'callback', callback_at: inFuture(hour) })
    await floor.run(hour - 5 * minute + 10_000, minute)
    await floor.run(4 * minute + 58_000, 5_000)
    const second = await lastCall(first.campaign_id)
    assert.notEqual(second.id, first.id)
    assert.equal((await leadOf(second)).status, 'calling')
    const callback_at = inFuture(2 * hour)
    assert.equal((await say(second, { disposition: 'callback', callback_at, callback_agent: 'me' })).status, 201)
    assert.deepEqual(await endsOf(second), [
      ['kept', null, false],
      ['open', null, true],
    ])
    await floor.run(2 * minute)
    const lead = await leadOf(second)
    assert.deepEqual([lead.status, lead.due_at], ['callback', callback_at])
    assert.deepEqual(await endsOf(second), [
      ['kept', null, false],
      ['open', null, true],
    ])
  })

  it('are open again where the call that kept them is said to have reached nobody', async () => {
    const first = await makeCall()
    await say(first, { disposition: 'callback', callback_at: inFuture(hour) })
    await floor.run(hour + 5 * minute, minute)
    const second = await lastCall(first.campaign_id)
    assert.deepEqual(await endsOf(first), [['kept', null, true]])
    await say(second, { disposition: 'voicemail' })
    assert.deepEqual(await endsOf(first), [['open', null, true]])
    const lead = await leadOf(first)
    assert.deepEqual([lead.status, lead.attempts, lead.due_at > inFuture(0)], ['callback', 2, true])
    await say(second, { disposition: 'sale' })
    assert.deepEqual(await endsOf(first), [['kept', null, true]])
    assert.equal((await leadOf(first)).status, 'completed')
    const callback_at = inFuture(hour)
    await say(second, { disposition: 'callback', callback_at })
    assert.deepEqual(await endsOf(second), [
      ['kept', null, false],
      ['open', null, true],
    ])
  })

  it('are cancelled by a correction after a try that reached nobody, too', async () => {
    const first = await makeCall()
    await say(first, { disposition: 'callback', callback_at: inFuture(hour) })
    await floor.run(hour + 5 * minute, minute)
    const second = await lastCall(first.campaign_id)
    await say(second, { disposition: 'voicemail' })
    await say(first, { disposition: 'sale' }, app.key)
    assert.deepEqual(await endsOf(first), [['cancelled', 'disposition_corrected', true]])
    assert.equal((await leadOf(first)).status, 'pending')
  })
})
