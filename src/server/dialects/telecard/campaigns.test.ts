import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { type App, openApp } from '#kit/app.ts'
import { type Floor, openFloor } from '#kit/floor.ts'
import { makeTenant } from '#kit/tenant.ts'

const followUp = { campaign_name: 'Ahmed Follow Up', segment: 'follow_up', agent: 1 }

describe("campaigns of the old system's clients", () => {
  let floor: Floor
  let app: App
  before(async () => {
    // In Karachi it is the 10th already.
    floor = await openFloor({ start: '2026-02-09T20:30:00Z' })
    app = await openApp({ floor })
    const body = { time_zone: 'Asia/Karachi' }
    await app.ask('PATCH', `/api/v1/workspaces/${app.tenant.workspace_id}`, { body })
    for (const agent_id of ['AgentAhmed', 'AgentSara']) await ask('POST', 'agents/', { agent_id })
  })
  after(async () => {
    await app.close()
    await floor.close()
  })

  const ask = (method: string, path: string, body?: unknown, key?: string | null) =>
    app.ask(method, `/api/dialer/${path}`, {
      ...(body === undefined ? {} : { body }),
      ...(key === undefined ? {} : { key }),
    })
  const make = async (body: object = {}) => {
    const made = await ask('POST', 'campaigns/', { ...followUp, ...body })
    assert.equal(made.status, 201, made.text)
    return made.body
  }
  const act = (id: number, name: string, body?: unknown) => ask('POST', `campaigns/${id}/${name}/`, body)
  const names = async (query: string) =>
    (await ask('GET', `campaigns/?${query}`)).body.results.map((each: { campaign_name: string }) => each.campaign_name)

  it('are made as the sample has them, by one agent, day by day', async () => {
    const made = await make()
    assert.deepEqual(made, {
      ...{
        id: 1,
        campaign_id: 'AgentAhmed-Follow_Up-20260210',
        campaign_name: 'Ahmed Follow Up',
        segment: 'follow_up',
      },
      ...{ agent: 1, agent_name: 'AgentAhmed', status: 'draft', duration_days: 1, created_at: '2026-02-09T20:30:00Z' },
      ...{ started_at: null, completed_at: null, updated_at: '2026-02-09T20:30:00Z', total_leads: 0, called_leads: 0 },
      ...{
        completed_calls: 0,
        failed_calls: 0,
        no_answer_calls: 0,
        leads_count: 0,
        completion_percentage: 0,
        metadata: {},
      },
    })
    for (const path of ['campaigns/1/', 'campaigns/1']) assert.deepEqual((await ask('GET', path)).body, made)
    const known = (await app.ask('GET', '/api/v1/campaigns')).body.data[0]
    assert.deepEqual([known.mode, known.completes, known.agent_ids.length], ['progressive', 'at_end', 1])
  })

  it('have a code each, however many are made at once, and deleted ones keep theirs', async () => {
    const bare = { ...followUp, segment: 'active_churn', campaign_name: 'At once' }
    const made = await Promise.all(Array.from({ length: 8 }, () => make(bare)))
    const base = 'AgentAhmed-Active_Churn-20260210'
    const codes = [base, ...[2, 3, 4, 5, 6, 7, 8].map((place) => `${base}-${place}`)]
    assert.deepEqual(made.map(({ campaign_id }) => campaign_id).sort(), codes.sort())
    for (const { id } of made) {
      const deleted = await ask('DELETE', `campaigns/${id}/`)
      assert.deepEqual([deleted.status, deleted.body], [200, { message: 'Campaign deleted' }])
      assert.equal((await ask('GET', `campaigns/${id}/`)).status, 404)
    }
    const next = await make(bare)
    assert.equal(next.campaign_id, `${base}-9`)
    await ask('DELETE', `campaigns/${next.id}/`)
  })

  it('are changed by PATCH and PUT in what the client sends, and keep their code', async () => {
    const change = { campaign_name: 'Renamed', segment: 'growth', agent: 2, duration_days: 3, metadata: { a: 1 } }
    const { id } = await make()
    const changed = (await ask('PUT', `campaigns/${id}/`, { ...change, status: 'active', id: 77 })).body
    const { campaign_name, segment, agent, agent_name, duration_days, metadata, campaign_id, status } = changed
    assert.deepEqual({ campaign_name, segment, agent, duration_days, metadata }, change)
    assert.deepEqual([agent_name, campaign_id, status], ['AgentSara', 'AgentAhmed-Follow_Up-20260210-2', 'draft'])
    assert.equal((await ask('PATCH', `campaigns/${id}`, {})).body.campaign_name, 'Renamed')
  })

  it('go where their acts take them, and say where they may not', async () => {
    const { id } = await make({ campaign_name: 'Acts' })
    const steps: [string, number, string][] = [
      ['pause', 409, ''],
      ['activate', 200, 'active'],
      ['activate', 409, ''],
      ['archive', 409, ''],
      ['pause', 200, 'paused'],
      ['pause', 409, ''],
      ['activate', 200, 'active'],
      ['complete', 200, 'completed'],
      ['complete', 409, ''],
      ['activate', 409, ''],
      ['archive', 200, 'archived'],
      ['activate', 409, ''],
    ]
    const said: Record<string, string> = {
      activate: 'activated',
      pause: 'paused',
      complete: 'completed',
      archive: 'archived',
    }
    for (const [name, status, becomes] of steps) {
      const answer = await act(id, name, {})
      assert.equal(answer.status, status, `${name}: ${answer.text}`)
      if (status === 409) assert.deepEqual(Object.keys(answer.body), ['error'])
      else {
        assert.equal(answer.body.message, `Campaign ${said[name]}`)
        assert.deepEqual(answer.body.campaign, (await ask('GET', `campaigns/${id}/`)).body)
        assert.equal(answer.body.campaign.status, becomes)
      }
    }
    assert.equal((await ask('PATCH', `campaigns/${id}/`, { campaign_name: 'No' })).status, 409)
    assert.equal((await act(999, 'activate')).status, 404)
  })

  it('begin while no agent can take calls, and the diagnosis says so', async () => {
    const { id } = await make({ campaign_name: 'Nobody there' })
    const started = (await act(id, 'activate')).body.campaign
    assert.deepEqual([started.status, started.started_at], ['active', '2026-02-09T20:30:00Z'])
    assert.equal((await ask('DELETE', `campaigns/${id}/`)).status, 409)
    const known = (await app.ask('GET', '/api/v1/campaigns?search=Nobody')).body.data[0]
    await app.ask('POST', `/api/v1/campaigns/${known.id}/leads`, { body: { leads: [{ phone: '+923001234567' }] } })
    const { diagnosis } = (await app.ask('GET', `/api/v1/campaigns/${known.id}/progress`)).body
    assert.equal(diagnosis.code, 'no_agents')
    await act(id, 'pause')
  })

  it('show those of other clients in words and values of their own', async () => {
    const body = { name: 'Plain', start_date: '2026-12-01' }
    const plain = (await app.ask('POST', '/api/v1/campaigns', { body })).body
    const cancelled = (await app.ask('POST', '/api/v1/campaigns', { body: { name: 'Gone' } })).body
    await app.ask('POST', `/api/v1/campaigns/${cancelled.id}/cancel`)
    await app.ask('POST', `/api/v1/campaigns/${plain.id}/start`)
    assert.equal((await app.ask('GET', `/api/v1/campaigns/${plain.id}`)).body.status, 'scheduled')
    const shown = (await ask('GET', `campaigns/${plain.number}/`)).body
    const { campaign_id, segment, agent, agent_name, status, duration_days } = shown
    assert.deepEqual(
      [campaign_id, segment, agent, agent_name, status, duration_days],
      [plain.id, 'active', 0, '', 'draft', 1],
    )
    const { updated_at: _, ...written } = (await ask('PUT', `campaigns/${plain.number}/`, shown)).body
    const { updated_at: _before, ...read } = shown
    assert.deepEqual(written, read)
    assert.deepEqual(await names('search=Plain&status=draft&segment=active'), ['Plain'])
    assert.deepEqual(await names('search=Gone&status=archived'), ['Gone'])
    assert.equal((await act(plain.number, 'activate')).body.campaign.status, 'active')
    await act(plain.number, 'pause')
    await ask('DELETE', `campaigns/${plain.number}/`)
    await ask('DELETE', `campaigns/${cancelled.number}/`)
  })

  it('are listed newest first, by what is asked for', async () => {
    assert.deepEqual(await names(''), ['Nobody there', 'Acts', 'Renamed', 'Ahmed Follow Up'])
    assert.deepEqual(await names('ordering=created_at'), ['Ahmed Follow Up', 'Renamed', 'Acts', 'Nobody there'])
    floor.clock.advanceTo(floor.clock.now() + 60_000)
    await ask('PATCH', 'campaigns/1/', { metadata: { seen: true } })
    assert.equal((await names('ordering=-updated_at'))[0], 'Ahmed Follow Up')
    assert.equal((await names('ordering=updated_at')).at(-1), 'Ahmed Follow Up')
    assert.deepEqual(await names('agent=2'), ['Renamed'])
    assert.deepEqual(await names('agent=77'), [])
    assert.deepEqual(await names('segment=growth'), ['Renamed'])
    assert.deepEqual(await names('status=archived'), ['Acts'])
    assert.deepEqual(await names('status=paused'), ['Nobody there'])
    assert.deepEqual(await names('search=20260210-2'), ['Renamed'])
    assert.deepEqual(await names('search=follow%20up&nonsense=1'), ['Ahmed Follow Up'])
    for (const query of ['status=running', 'segment=none', 'agent=x', 'ordering=name']) {
      const answer = await ask('GET', `campaigns/?${query}`)
      assert.deepEqual([answer.status, Object.keys(answer.body)], [400, [query.split('=')[0]]], query)
    }
    const page = (await ask('GET', 'campaigns/?page_size=3&page=2')).body
    assert.deepEqual([page.count, page.next, page.results.length], [4, null, 1])
    assert.equal(page.previous, `${app.url}/api/dialer/campaigns/?page_size=3`)
  })

  it('are refused by their fields, and nothing is made', async () => {
    const faults: [object, string][] = [
      [{ campaign_name: undefined }, 'campaign_name'],
      [{ campaign_name: '' }, 'campaign_name'],
      [{ segment: undefined }, 'segment'],
      [{ segment: 'Follow_Up' }, 'segment'],
      [{ agent: undefined }, 'agent'],
      [{ agent: 77 }, 'agent'],
      [{ agent: '1' }, 'agent'],
      [{ duration_days: 0 }, 'duration_days'],
      [{ duration_days: '1' }, 'duration_days'],
      [{ metadata: [] }, 'metadata'],
    ]
    for (const [fault, field] of faults) {
      const answer = await ask('POST', 'campaigns/', { ...followUp, ...fault })
      assert.deepEqual([answer.status, Object.keys(answer.body)], [400, [field]], answer.text)
      if (Object.values(fault)[0] === undefined) continue
      const changed = await ask('PATCH', 'campaigns/1/', fault)
      assert.deepEqual([changed.status, Object.keys(changed.body)], [400, [field]], changed.text)
    }
    assert.equal((await ask('GET', 'campaigns/')).body.count, 4)
  })

  it('are for whoever has a key of their workspace and the role for it', async () => {
    const viewer = (await app.makeMember(app.tenant, 'viewer')).key
    const other = await app.makeKey(await makeTenant(app.db.app, app.now()))
    const requests: [string, string, object?][] = [
      ['GET', 'campaigns/1/'],
      ['GET', 'campaigns/1/stats/'],
      ['PATCH', 'campaigns/1/', { campaign_name: 'Mine' }],
      ['DELETE', 'campaigns/1/'],
      ...['activate', 'pause', 'complete', 'archive'].map((name): [string, string] => ['POST', `campaigns/1/${name}/`]),
    ]
    for (const [method, path, body] of requests) {
      assert.equal((await ask(method, path, body, null)).status, 401, path)
      const stranger = await ask(method, path, body, other)
      assert.deepEqual([stranger.status, stranger.body], [404, { error: 'There is no such campaign.' }], path)
      assert.equal((await ask(method, path, body, viewer)).status, method === 'GET' ? 200 : 403, path)
    }
    assert.equal((await ask('POST', 'campaigns/', followUp, other)).status, 400)
    assert.equal((await ask('GET', 'campaigns/', undefined, other)).body.count, 0)
  })
})
