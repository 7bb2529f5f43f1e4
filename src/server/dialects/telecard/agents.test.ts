import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { makeWaitingCall } from '#kit/agents.ts'
import { type App, openApp } from '#kit/app.ts'
import { type Floor, openFloor } from '#kit/floor.ts'
import { makeTenant } from '#kit/tenant.ts'

const second = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/
const ahmed = { agent_id: 'AgentAhmed', extension: '101', phone_number: '923001234567', email: 'ahmed@udhaar.pk' }

describe("agents of the old system's clients", () => {
  let floor: Floor
  let app: App
  before(async () => {
    floor = await openFloor({ start: '2026-02-09T08:00:00.250Z' })
    app = await openApp({ floor })
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
  const make = async (body: object) => {
    const made = await ask('POST', 'agents/', body)
    assert.equal(made.status, 201, made.text)
    return made.body
  }
  const change = (id: number, body: object) => ask('PATCH', `agents/${id}/`, body)
  const ids = async (query: string) =>
    (await ask('GET', `agents/?${query}`)).body.results.map((each: { agent_id: string }) => each.agent_id)

  it('are made as the sample has them, and start available', async () => {
    const made = await make({ ...ahmed, nickname: 'ignored' })
    assert.deepEqual(made, {
      ...{ id: 1, agent_id: 'AgentAhmed', extension: '101', phone_number: '923001234567', email: 'ahmed@udhaar.pk' },
      ...{ status: 'available', is_active: true, max_concurrent_calls: 1 },
      ...{ created_at: '2026-02-09T08:00:00Z', updated_at: '2026-02-09T08:00:00Z' },
    })
    for (const path of ['agents/1/', 'agents/1']) assert.deepEqual((await ask('GET', path)).body, made)
    const [known] = (await app.ask('GET', '/api/v1/agents')).body.data
    assert.deepEqual(
      [known.code, known.name, known.reached_at, known.phone_number, known.state],
      ['AgentAhmed', 'AgentAhmed', 'extension', '+923001234567', 'available'],
    )
  })

  it('are reached at the outside number where there is no extension, and wait where there is neither', async () => {
    const outside = await make({ agent_id: 'Outside', phone_number: '0300 123 4568', max_concurrent_calls: 2 })
    assert.deepEqual([outside.phone_number, outside.status], ['923001234568', 'available'])
    const nowhere = await make({ agent_id: 'Nowhere', extension: '', email: null })
    const { extension, phone_number, email, status } = nowhere
    assert.deepEqual([extension, phone_number, email, status], ['', '', '', 'offline'])
    const away = await make({ agent_id: 'Away', extension: '109', is_active: false })
    assert.equal(away.status, 'offline')
    assert.equal((await change(nowhere.id, { extension: '110' })).body.status, 'available')
    assert.equal((await change(away.id, { is_active: true })).body.status, 'available')
    assert.equal((await change(away.id, { is_active: false })).body.status, 'offline')
    assert.equal((await change(nowhere.id, { extension: null })).body.status, 'offline')
  })

  it('move with the status that is set, by PUT as by PATCH, and no further', async () => {
    for (const [method, status] of [
      ['PATCH', 'break'],
      ['PUT', 'break'],
      ['PUT', 'available'],
      ['PATCH', 'offline'],
      ['PATCH', 'available'],
    ] as const) {
      const answer = await ask(method, 'agents/1/', { status })
      assert.deepEqual([answer.status, answer.body.status], [200, status], answer.text)
    }
    const refused = await change(1, { status: 'busy', extension: '999' })
    assert.equal(refused.status, 400)
    assert.match(refused.body.status[0], /available.*break.*offline/)
    assert.equal((await ask('GET', 'agents/1/')).body.extension, '101')
    const nobody = (await app.ask('POST', '/api/v1/agents', { body: { name: 'At a browser' } })).body
    const browser = await change(nobody.number, { status: 'available', email: 'x@example.com' })
    assert.equal(browser.status, 409)
    assert.deepEqual(Object.keys(browser.body), ['error'])
    assert.equal((await ask('GET', `agents/${nobody.number}`)).body.email, '')
    await ask('DELETE', `agents/${nobody.number}/`)
  })

  it('are left as they are by what was read and is sent back', async () => {
    const browser = { name: 'Browser', phone_number: '+923001234599' }
    const known = (await app.ask('POST', '/api/v1/agents', { body: browser })).body
    for (const id of [1, known.number]) {
      const read = (await ask('GET', `agents/${id}/`)).body
      const written = await ask('PUT', `agents/${id}/`, read)
      assert.deepEqual([written.status, written.body], [200, read])
    }
    assert.equal((await app.ask('GET', `/api/v1/agents/${known.id}`)).body.reached_at, 'browser')
    await ask('DELETE', `agents/${known.number}/`)
  })

  it('are busy with a call in hand, and go on a break behind it', async () => {
    const agent = await make({ agent_id: 'Busy', extension: '120' })
    const campaign = (await app.ask('POST', '/api/v1/campaigns', { body: { name: 'Calls' } })).body
    const call = await makeWaitingCall(app.db.app, app.tenant, campaign.id, app.now())
    await app.db.owner.query(
      `update agent_sessions set state = 'reserved', call_id = $2 where ended_at is null
       and agent_id = (select id from agents where number = $1)`,
      [agent.id, call],
    )
    assert.equal((await ask('GET', `agents/${agent.id}/`)).body.status, 'busy')
    assert.deepEqual(await ids('status=busy'), ['Busy'])
    assert.equal((await change(agent.id, { status: 'available' })).status, 409)
    assert.equal((await change(agent.id, { status: 'break' })).body.status, 'busy')
    const session = (await app.ask('GET', '/api/v1/agent-sessions?state=reserved')).body.data[0]
    assert.equal(session.next_state, 'break')
    assert.equal((await ask('DELETE', `agents/${agent.id}/`)).status, 409)
  })

  it('are listed newest first, by what is asked for', async () => {
    const all = ['Busy', 'Away', 'Nowhere', 'Outside', 'AgentAhmed']
    assert.deepEqual(await ids(''), all)
    assert.deepEqual(await ids('ordering=created_at'), all.toReversed())
    assert.deepEqual(await ids('ordering=agent_id'), all.toSorted())
    assert.deepEqual(await ids('ordering=-agent_id'), all.toSorted().toReversed())
    assert.deepEqual(await ids('is_active=false&status='), ['Away'])
    assert.deepEqual(await ids('status=offline&ordering=agent_id'), ['Away', 'Nowhere'])
    assert.deepEqual(await ids('unknown=1&search=1234567'), ['AgentAhmed'])
    for (const search of ['UDHAAR', '101', 'agenta']) {
      assert.deepEqual(await ids(`search=${search}`), ['AgentAhmed'], search)
    }
    for (const query of ['status=ready', 'ordering=email', 'is_active=maybe']) {
      const answer = await ask('GET', `agents/?${query}`)
      assert.equal(answer.status, 400, query)
      assert.deepEqual(Object.keys(answer.body), [query.split('=')[0]])
    }
  })

  it('come in pages that name those beside them', async () => {
    const first = (await ask('GET', 'agents/?ordering=agent_id&page_size=2')).body
    assert.equal(first.count, 5)
    assert.equal(first.previous, null)
    assert.equal(first.next, `${app.url}/api/dialer/agents/?ordering=agent_id&page_size=2&page=2`)
    const second = (await app.ask('GET', first.next.slice(app.url.length))).body
    assert.equal(second.previous, `${app.url}/api/dialer/agents/?ordering=agent_id&page_size=2`)
    const last = (await app.ask('GET', second.next.slice(app.url.length))).body
    assert.deepEqual([last.next, last.results.length], [null, 1])
    const bare = (await ask('GET', 'agents?page=2&page_size=4')).body
    assert.equal(bare.previous, `${app.url}/api/dialer/agents?page_size=4`)
    const beyond = await ask('GET', 'agents/?page=2')
    assert.deepEqual([beyond.status, beyond.body], [404, { error: 'Invalid page.' }])
    assert.equal((await ask('GET', 'agents/?page_size=5000')).status, 200)
    for (const query of ['page=0', 'page=x', 'page_size=0', 'page_size=-1']) {
      assert.equal((await ask('GET', `agents/?${query}`)).status, 400, query)
    }
  })

  it('are refused by their fields, and nothing is changed', async () => {
    const faults: [object, string][] = [
      [{}, 'agent_id'],
      [{ agent_id: '' }, 'agent_id'],
      [{ agent_id: 5 }, 'agent_id'],
      [{ agent_id: 'AgentAhmed' }, 'agent_id'],
      [{ agent_id: 'x', extension: 'abc' }, 'extension'],
      [{ agent_id: 'x', extension: 101 }, 'extension'],
      [{ agent_id: 'x', phone_number: '12' }, 'phone_number'],
      [{ agent_id: 'x', email: 'nobody' }, 'email'],
      [{ agent_id: 'x', is_active: 'yes' }, 'is_active'],
      [{ agent_id: 'x', max_concurrent_calls: 0 }, 'max_concurrent_calls'],
      [{ agent_id: 'x', max_concurrent_calls: '2' }, 'max_concurrent_calls'],
    ]
    for (const [body, field] of faults) {
      const answer = await ask('POST', 'agents/', body)
      assert.equal(answer.status, 400, answer.text)
      assert.deepEqual(Object.keys(answer.body), [field], answer.text)
      assert.equal(typeof answer.body[field][0], 'string')
    }
    assert.equal((await change(2, { agent_id: 'AgentAhmed' })).status, 400)
    assert.equal((await ask('GET', 'agents/')).body.count, 5)
    const broken = await app.ask('POST', '/api/dialer/agents/', {
      body: '{"agent_id":',
      headers: { 'content-type': 'application/json' },
    })
    assert.deepEqual([broken.status, Object.keys(broken.body)], [400, ['error']])
  })

  it('are deleted unless a campaign that is active needs them', async () => {
    const agent = await make({ agent_id: 'Needed', extension: '130' })
    const body = { campaign_name: 'Needs', segment: 'growth', agent: agent.id }
    const campaign = (await ask('POST', 'campaigns/', body)).body
    await ask('POST', `campaigns/${campaign.id}/activate/`)
    const refused = await ask('DELETE', `agents/${agent.id}/`)
    assert.deepEqual([refused.status, Object.keys(refused.body)], [409, ['error']])
    assert.match(refused.body.error, /“Needs”/)
    await ask('POST', `campaigns/${campaign.id}/pause/`)
    const deleted = await ask('DELETE', `agents/${agent.id}/`)
    assert.deepEqual([deleted.status, deleted.body], [200, { message: 'Agent deleted' }])
    assert.equal((await ask('GET', `agents/${agent.id}/`)).status, 404)
    const left = (await ask('GET', `campaigns/${campaign.id}/`)).body
    assert.deepEqual([left.agent, left.agent_name], [0, ''])
  })

  it('are for whoever has a key of their workspace and the role for it', async () => {
    const viewer = (await app.makeMember(app.tenant, 'viewer')).key
    const other = await app.makeKey(await makeTenant(app.db.app, app.now()))
    const requests: [string, string, object?][] = [
      ['GET', 'agents/1/'],
      ['PATCH', 'agents/1/', { email: 'a@example.com' }],
      ['DELETE', 'agents/1/'],
    ]
    for (const [method, path, body] of requests) {
      const nobody = await ask(method, path, body, null)
      assert.deepEqual([nobody.status, Object.keys(nobody.body)], [401, ['error']])
      const stranger = await ask(method, path, body, other)
      assert.deepEqual([stranger.status, stranger.body], [404, { error: 'There is no such agent.' }])
      const watched = await ask(method, path, body, viewer)
      assert.equal(watched.status, method === 'GET' ? 200 : 403, watched.text)
      if (method !== 'GET') assert.deepEqual(Object.keys(watched.body), ['error'])
    }
    assert.deepEqual((await ask('GET', 'agents/', undefined, other)).body, {
      ...{ count: 0, next: null, previous: null, results: [] },
    })
    assert.match((await ask('GET', 'agents/1/')).body.updated_at, second)
    assert.equal((await ask('GET', 'agents/x/')).status, 404)
    assert.equal((await ask('GET', 'agents/99999999999999999999/')).status, 404)
  })
})
