import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { type App, openApp } from '#kit/app.ts'
import { type Floor, openFloor } from '#kit/floor.ts'
import { makeTenant, numbersFrom } from '#kit/tenant.ts'

const sample = {
  ...{ name: 'Q1 Outreach', description: 'First quarter lead follow-up', type: 'power', caller_id: '+19175551234' },
  ...{ script: 'Hello, this is...', max_attempts: 3, retry_interval: 3600 },
  ...{ active_hours: { start: '09:00', end: '17:00' }, timezone: 'America/New_York' },
}
const noStats = { total: 0, completed: 0, pending: 0, failed: 0, answered: 0, no_answer: 0, busy: 0 }

describe('campaigns of the older client', () => {
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
  const v1 = async (id: string) => (await app.ask('GET', `/api/v1/campaigns/${id}`)).body
  const nextNumber = () => numbersFrom(used++, 1)[0] as string

  it('are made and read as the sample shows, and in v1 are what they say', async () => {
    const made = await ask('POST', 'campaigns', { ...sample, colour: 'red' })
    assert.equal(made.status, 201, made.text)
    const { campaign } = made.body
    const { id, created_at, updated_at } = campaign
    const expected = { id, user_id: app.tenant.user_id, status: 'draft', stats: noStats, created_at, updated_at }
    assert.deepEqual(campaign, { ...sample, ...expected })
    assert.match(created_at, /^2026-03-04T15:00:00\.000Z$/)
    assert.deepEqual((await ask('GET', `campaigns/${id}`)).body, { campaign })
    assert.deepEqual((await ask('GET', `campaigns/${id}/`)).body, { campaign })
    const { mode, power_ratio, completes, retry_interval_seconds, window_start, window_end } = await v1(id)
    assert.deepEqual([mode, power_ratio, completes, retry_interval_seconds], ['power', 1, 'by_hand', 3600])
    assert.deepEqual([window_start, window_end], ['09:00', '17:00'])
  })

  it('have neutral values for what they do not say, and those of other clients for what they never set', async () => {
    const plain = await make({ description: null, script: null, caller_id: null, active_hours: null })
    const { type, description, caller_id, script, max_attempts, retry_interval, active_hours, timezone } = plain
    assert.deepEqual([type, description, caller_id, script, max_attempts], ['manual', '', '', '', 3])
    assert.deepEqual([retry_interval, timezone], [3600, 'America/New_York'])
    assert.deepEqual(active_hours, { start: '08:00', end: '21:00' })
    const workday = Array.from({ length: 7 }, (_, day) => (day < 5 ? [[540, 1320]] : []))
    await app.ask('PATCH', `/api/v1/workspaces/${app.tenant.workspace_id}`, { body: { hours: workday } })
    const ai = (await app.ask('POST', '/api/v1/campaigns', { body: { name: 'two', mode: 'ai' } })).body
    const shown = (await ask('GET', `campaigns/${ai.id}`)).body.campaign
    assert.deepEqual([shown.type, shown.retry_interval, shown.caller_id], ['power', 3600, ''])
    assert.deepEqual(shown.active_hours, { start: '09:00', end: '21:00' })
    await app.ask('PATCH', `/api/v1/workspaces/${app.tenant.workspace_id}`, { body: { hours: null } })
    // Sent back as it was shown, it stays what it was.
    assert.equal((await patch(ai.id, { ...shown, name: 'three' }, 'PUT')).status, 200)
    const after = await v1(ai.id)
    assert.deepEqual([after.mode, after.name], ['ai', 'three'])
  })

  it("are served by their maker's own agent", async () => {
    const { user_id } = await app.makeMember(app.tenant, 'supervisor')
    const key = await app.makeKey({ ...app.tenant, user_id })
    const agent = (await app.ask('POST', '/api/v1/agents', { body: { name: 'Own', user_id } })).body
    assert.deepEqual((await v1((await make({}, key)).id)).agent_ids, [agent.id])
    assert.deepEqual((await v1((await make()).id)).agent_ids, [])
  })

  it('go from status to status as the model lets them; a move that does not fit changes nothing', async () => {
    const { id } = await make(sample)
    const moves: [object, number, string][] = [
      [{ status: 'paused' }, 409, 'draft'],
      [{ status: 'completed', name: 'not kept' }, 409, 'draft'],
      [{ status: 'draft' }, 409, 'draft'],
      [{ status: 'active' }, 200, 'active'],
      [{ status: 'active' }, 409, 'active'],
      [{ status: 'archived' }, 409, 'active'],
      [{ status: 'paused' }, 200, 'paused'],
      [{ status: 'active' }, 200, 'active'],
      [{ status: 'completed' }, 200, 'completed'],
      [{ status: 'draft' }, 409, 'completed'],
      [{ status: 'active', max_attempts: 5 }, 200, 'active'],
      [{ status: 'paused' }, 200, 'paused'],
      [{ status: 'archived' }, 200, 'archived'],
      [{ name: 'late' }, 409, 'archived'],
    ]
    for (const [body, status, becomes] of moves) {
      const answer = await patch(id, body)
      assert.equal(answer.status, status, `${JSON.stringify(body)} ${answer.text}`)
      const { campaign } = (await ask('GET', `campaigns/${id}`)).body
      assert.deepEqual([campaign.status, campaign.name], [becomes, 'Q1 Outreach'])
      if (status === 409) assert.deepEqual(Object.keys(answer.body), ['error'])
      else assert.deepEqual(answer.body, { campaign })
    }
    const misfit = await patch((await make()).id, { status: 'paused' })
    assert.match(misfit.body.error, /^A campaign that is draft does not take “pause”\. Allowed: .*active/)
    const scheduled = (await app.ask('POST', '/api/v1/campaigns', { body: { name: 's', start_date: '2026-04-01' } }))
      .body
    await app.ask('POST', `/api/v1/campaigns/${scheduled.id}/start`)
    assert.equal((await ask('GET', `campaigns/${scheduled.id}`)).body.campaign.status, 'draft')
    assert.equal((await patch(scheduled.id, { status: 'active' })).body.campaign?.status, 'active')
  })

  it('refuse values of the wrong kind, naming what they take, and are then not changed', async () => {
    const { id } = await make(sample)
    const wrong: [object, RegExp][] = [
      [{ type: 'robot' }, /"manual"\|"power"\|"predictive"\|"preview"/],
      [{ status: 'running' }, /"draft"\|"active"\|"paused"\|"completed"\|"archived"/],
      [{ name: '' }, /name/],
      [{ name: 7 }, /name/],
      [{ max_attempts: '3' }, /max_attempts/],
      [{ max_attempts: 0 }, /max_attempts/],
      [{ retry_interval: -1 }, /retry_interval/],
      [{ active_hours: { start: '9', end: '17:00' } }, /must be a time such as 09:00/],
      [{ active_hours: '09:00-17:00' }, /active_hours/],
      [{ timezone: 'Mars/Olympus' }, /IANA time zone/],
      [{ caller_id: '12' }, /^caller_id: found/],
      [{ active_hours: { start: '24:00', end: '17:00' } }, /^active_hours|can not be the end of a day/],
    ]
    for (const [body, error] of wrong) {
      const refused = await patch(id, { ...body, script: 'not kept' })
      assert.deepEqual([refused.status, Object.keys(refused.body)], [400, ['error']], refused.text)
      assert.match(refused.body.error, error)
    }
    assert.equal((await ask('GET', `campaigns/${id}`)).body.campaign.script, sample.script)
    assert.equal((await ask('POST', 'campaigns', {})).status, 400)
    assert.equal((await app.ask('POST', '/api/dialer/campaigns', { body: '{' })).status, 400)
  })

  it('are listed whole, newest first, by status and type, and by page where a limit is given', async () => {
    const key = await app.makeKey(await makeTenant(floor.db.app, floor.clock.now()))
    const list = async (query = '') => (await ask('GET', `campaigns${query}`, undefined, key)).body
    assert.deepEqual(await list(), { campaigns: [], total: 0 })
    const ids: string[] = []
    for (const type of ['manual', 'power', 'predictive', 'preview', 'power'])
      ids.unshift((await make({ type }, key)).id)
    const idsOf = ({ campaigns }: { campaigns: { id: string }[] }) => campaigns.map(({ id }) => id)
    assert.deepEqual(idsOf(await list()), ids)
    assert.deepEqual(idsOf(await list('?type=power')), [ids[0], ids[3]])
    assert.deepEqual(idsOf(await list('?limit=2&offset=1&colour=red')), ids.slice(1, 3))
    assert.equal((await list('?limit=2')).total, 5)
    await ask('PATCH', `campaigns/${ids[0]}`, { status: 'active' }, key)
    await app.ask('POST', `/api/v1/campaigns/${ids[1]}/cancel`, { key })
    assert.deepEqual(idsOf(await list('?status=active')), [ids[0]])
    assert.deepEqual(idsOf(await list('?status=archived')), [ids[1]])
    assert.deepEqual(idsOf(await list('?status=draft')), ids.slice(2))
    for (const query of ['?status=cancelled', '?type=ai', '?limit=many']) {
      assert.equal((await ask('GET', `campaigns${query}`, undefined, key)).status, 400, query)
    }
  })

  it('are deleted with their leads once they do not call; calls and people stay', async () => {
    const { id } = await make({ type: 'manual' })
    await ask('POST', `campaigns/${id}/contacts`, { contacts: [{ phone_number: nextNumber() }] })
    await patch(id, { status: 'active' })
    const refused = await ask('DELETE', `campaigns/${id}`)
    assert.deepEqual([refused.status, Object.keys(refused.body)], [409, ['error']])
    await patch(id, { status: 'paused' })
    const deleted = await ask('DELETE', `campaigns/${id}`)
    assert.deepEqual([deleted.status, deleted.body], [200, { success: true }])
    for (const path of [`campaigns/${id}`, `campaigns/${id}/contacts`]) {
      assert.deepEqual((await ask('GET', path)).body, { error: 'There is no such campaign.' })
    }
    assert.equal((await ask('DELETE', `campaigns/${id}`)).status, 404)
  })

  it("are nobody else's, and a viewer only looks", async () => {
    const { id } = await make()
    const stranger = await app.makeKey(await makeTenant(floor.db.app, floor.clock.now()))
    const viewer = await app.makeMember(app.tenant, 'viewer')
    const contacts = { contacts: [{ phone_number: nextNumber() }] }
    const requests: [string, string, object?][] = [
      ['GET', `campaigns/${id}`],
      ['GET', `campaigns/${id}/contacts`],
      ['PATCH', `campaigns/${id}`, { name: 'x' }],
      ['PUT', `campaigns/${id}`, { status: 'active' }],
      ['POST', `campaigns/${id}/contacts`, contacts],
      ['DELETE', `campaigns/${id}`],
    ]
    for (const [method, path, body] of requests) {
      const theirs = await ask(method, path, body, stranger)
      assert.deepEqual(
        [theirs.status, theirs.body],
        [404, { error: 'There is no such campaign.' }],
        `${method} ${path}`,
      )
      assert.equal((await ask(method, path, body, viewer.key)).status, method === 'GET' ? 200 : 403, method)
      const nobody = await app.ask(method, `/api/dialer/${path}`, { key: null, ...(body && { body }) })
      assert.deepEqual([nobody.status, Object.keys(nobody.body)], [401, ['error']])
    }
    assert.equal((await ask('POST', 'campaigns', { name: 'x' }, viewer.key)).status, 403)
  })
})
