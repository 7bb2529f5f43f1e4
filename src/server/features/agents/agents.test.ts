import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Wish } from '#domain/agent-session.ts'
import { byAgent, byEngine, moveSession } from '#floor/agent-sessions.ts'
import { signOnAgent } from '#kit/agents.ts'
import { type App, openApp } from '#kit/app.ts'
import { type Floor, openFloor } from '#kit/floor.ts'
import { numbersFrom } from '#kit/tenant.ts'
import { newId } from '#store/ids.ts'
import { inWorkspace } from '#store/tx.ts'

const minute = 60_000

describe('agents over HTTP', () => {
  let floor: Floor
  let app: App
  before(async () => {
    floor = await openFloor({ channels: 2 })
    app = await openApp({ floor })
  })
  after(async () => {
    await app.close()
    await floor.close()
  })

  const post = (noun: string, body: object) => app.ask('POST', `/api/v1/${noun}`, { body })
  const patch = (path: string, body: object) => app.ask('PATCH', `/api/v1/${path}`, { body })
  const make = async (body: object) => {
    const made = await post('agents', { name: 'Ada', ...body })
    assert.equal(made.status, 201, made.text)
    return made.body
  }
  const list = async (query: string) =>
    (await app.ask('GET', `/api/v1/agents?${query}`)).body.data.map((row: { name: string }) => row.name)

  const signOn = (agentId: string) => signOnAgent(app.db.app, app.tenant, agentId, app.now())
  const move = (sessionId: string, wish: Wish, by = byEngine) =>
    inWorkspace(app.db.app, app.tenant, (tx) =>
      moveSession(tx, app.tenant.workspace_id, sessionId, wish, by, app.now()),
    )

  it('keep what they were given, in the canonical spelling', async () => {
    const agent = await make({
      ...{ name: 'Grace', kind: 'human', code: 'AgentGrace', reached_at: 'outside', phone_number: '(212) 555-0177' },
      ...{ skills: [' Sales', 'sales', 'Urdu'], language: 'EN-gb', time_zone: 'Asia/Karachi', department: 'East' },
      ...{ email: 'grace@example.com', supervisor_user_id: app.tenant.user_id, max_concurrent_calls: 2 },
    })
    const { phone_number, skills, language, state, state_since, active, number } = agent
    assert.deepEqual([phone_number, skills, language], ['+12125550177', ['sales', 'urdu'], 'en-GB'])
    assert.deepEqual([state, state_since, active, number], ['offline', null, true, 1])
    const changed = await patch(`agents/${agent.id}`, { reached_at: 'extension', extension: '101', phone_number: null })
    assert.deepEqual(
      [changed.body.extension, changed.body.phone_number, changed.body.code],
      ['101', null, 'AgentGrace'],
    )
  })

  it('show the state of their open session', async () => {
    const agent = await make({})
    await signOn(agent.id)
    const read = (await app.ask('GET', `/api/v1/agents/${agent.id}`)).body
    assert.deepEqual([read.state, read.state_since], ['available', new Date(app.now()).toISOString()])
  })

  it('are refused with the place of what can not be', async () => {
    const before = (await app.ask('GET', '/api/v1/agents?limit=1000')).body.data.length
    const faults: [object, string][] = [
      [{ reached_at: 'extension' }, 'extension'],
      [{ reached_at: 'outside' }, 'phone_number'],
      [{ phone_number: '12' }, 'phone_number'],
      [{ user_id: newId(0) }, 'user_id'],
      [{ supervisor_user_id: newId(0) }, 'supervisor_user_id'],
      [{ max_concurrent_calls: 3 }, 'max_concurrent_calls'],
    ]
    for (const [body, path] of faults) {
      const answer = await post('agents', { name: 'x', ...body })
      assert.deepEqual([answer.status, answer.body.errors?.[0].path], [422, path], answer.text)
    }
    const shapes = [
      { language: 'not a language' },
      { time_zone: 'Mars' },
      { skills: Array(51).fill('x') },
      { kind: 'x' },
    ]
    for (const body of shapes) assert.equal((await post('agents', { name: 'x', ...body })).status, 400)
    const agent = await make({ reached_at: 'extension', extension: '7' })
    assert.equal((await patch(`agents/${agent.id}`, { extension: null })).body.errors[0].path, 'extension')
    assert.equal((await app.ask('GET', '/api/v1/agents?limit=1000')).body.data.length, before + 1)
  })

  it('have a code and a user of their own, which a deleted one frees', async () => {
    const { user_id } = await app.makeMember(app.tenant, 'agent')
    const agent = await make({ code: 'one', user_id })
    assert.equal((await post('agents', { name: 'x', code: 'one' })).body.errors[0].path, 'code')
    assert.equal((await post('agents', { name: 'x', user_id })).body.errors[0].path, 'user_id')
    assert.equal((await app.ask('DELETE', `/api/v1/agents/${agent.id}`)).status, 204)
    assert.equal((await app.ask('GET', `/api/v1/agents/${agent.id}`)).status, 404)
    assert.equal((await app.ask('DELETE', `/api/v1/agents/${agent.id}`)).status, 404)
    await make({ code: 'one', user_id })
    const { rows } = await floor.db.owner.query('select code from agents where id = $1', [agent.id])
    assert.deepEqual(rows, [{ code: 'one' }])
  })

  it('are found by kind, activity, team, skill and part of what names them', async () => {
    const ai = await make({ name: 'Voice', kind: 'ai', skills: ['French'], active: false })
    const other = await make({ name: 'Bo', email: 'bo@far.example' })
    const team = (await post('teams', { name: 'Found', agent_ids: [ai.id, other.id] })).body
    assert.deepEqual(await list('kind=ai'), ['Voice'])
    assert.deepEqual(await list('active=false'), ['Voice'])
    assert.deepEqual(await list('skill=FRENCH'), ['Voice'])
    assert.deepEqual(await list('search=FAR.ex'), ['Bo'])
    assert.deepEqual(await list(`team_id=${team.id}&sort=name`), ['Bo', 'Voice'])
    const first = (await app.ask('GET', `/api/v1/agents?team_id=${team.id}&sort=-name&limit=1`)).body
    const second = `team_id=${team.id}&sort=-name&limit=1&cursor=${first.next_cursor}`
    assert.deepEqual([first.data[0].name, ...(await list(second))], ['Voice', 'Bo'])
  })

  it('stay while a campaign of theirs is active, which force pauses so that nobody is dialed', async () => {
    const agent = await make({ kind: 'ai' })
    const campaign = (await post('campaigns', { name: 'Theirs', mode: 'ai', agent_ids: [agent.id] })).body
    assert.deepEqual(campaign.agent_ids, [agent.id])
    await post(`campaigns/${campaign.id}/leads`, { leads: numbersFrom(500, 20).map((phone) => ({ phone })) })
    await post(`campaigns/${campaign.id}/start`, {})
    await floor.run(10_000)
    const refused = await app.ask('DELETE', `/api/v1/agents/${agent.id}`)
    assert.equal(refused.status, 409)
    assert.deepEqual(
      refused.body.campaigns.map((row: { id: string; name: string }) => [row.id, row.name]),
      [[campaign.id, 'Theirs']],
    )
    assert.equal((await app.ask('DELETE', `/api/v1/agents/${agent.id}?force=true`)).status, 204)
    const dialed = floor.dials().length
    assert.ok(dialed > 0 && dialed < 20)
    await floor.run(5 * minute)
    assert.equal(floor.dials().length, dialed)
    const paused = (await app.ask('GET', `/api/v1/campaigns/${campaign.id}`)).body
    assert.deepEqual([paused.status, paused.status_reason, paused.agent_ids], ['paused', 'its agent was deleted', []])
  })

  it('stay while they are the last of a team that an active campaign leans on', async () => {
    const [one, two] = [await make({}), await make({})]
    const team = (await post('teams', { name: 'Last', agent_ids: [one.id, two.id] })).body
    const campaign = (await post('campaigns', { name: 'Team', mode: 'power', team_ids: [team.id] })).body
    await post(`campaigns/${campaign.id}/start`, {})
    assert.equal((await app.ask('DELETE', `/api/v1/agents/${one.id}`)).status, 204)
    assert.equal((await app.ask('DELETE', `/api/v1/agents/${two.id}`)).status, 409)
    const dissolved = await app.ask('DELETE', `/api/v1/teams/${team.id}`)
    assert.deepEqual([dissolved.status, dissolved.body.campaigns[0].name], [409, 'Team'])
    await post(`campaigns/${campaign.id}/pause`, {})
    assert.equal((await app.ask('DELETE', `/api/v1/teams/${team.id}`)).status, 204)
    assert.equal((await app.ask('DELETE', `/api/v1/agents/${two.id}`)).status, 204)
  })

  it('are signed off when they go, and do not go with a call in hand', async () => {
    const agent = await make({})
    const session = await signOn(agent.id)
    const call_id = newId(app.now())
    for (const to of ['reserved', 'on_call', 'wrap_up'] as const) {
      await move(session, to === 'wrap_up' ? { to, call_id, wrap_up_ms: 30_000 } : { to, call_id })
      assert.equal((await app.ask('DELETE', `/api/v1/agents/${agent.id}`)).status, 409, to)
    }
    await move(session, { to: 'available' })
    assert.equal((await app.ask('DELETE', `/api/v1/agents/${agent.id}`)).status, 204)
    const { rows } = await floor.db.owner.query(
      'select from_state, to_state, by_user_id from agent_transitions where session_id = $1 order by step desc limit 1',
      [session],
    )
    assert.deepEqual(rows, [{ from_state: 'available', to_state: 'offline', by_user_id: app.tenant.user_id }])
  })

  it('form teams, one by one or all at once', async () => {
    const [one, two] = [await make({}), await make({})]
    const team = (await post('teams', { name: 'Pair' })).body
    const path = `/api/v1/teams/${team.id}/agents`
    assert.equal((await post('teams', { name: 'Pair' })).body.errors[0].path, 'name')
    assert.deepEqual((await app.ask('POST', path, { body: { agent_id: one.id } })).body.agent_ids, [one.id])
    assert.deepEqual((await app.ask('PUT', path, { body: { agent_ids: [two.id] } })).body.agent_ids, [two.id])
    const unknown = await app.ask('PUT', path, { body: { agent_ids: [one.id, newId(0)] } })
    assert.deepEqual([unknown.status, unknown.body.errors[0].path], [422, 'agent_ids.1'])
    assert.deepEqual((await app.ask('GET', `/api/v1/agents/${two.id}`)).body.team_ids, [team.id])
    assert.equal((await app.ask('DELETE', `${path}/${one.id}`)).status, 404)
    assert.deepEqual((await app.ask('DELETE', `${path}/${two.id}`)).body.agent_ids, [])
    assert.equal((await patch(`teams/${team.id}`, { name: 'Alone' })).body.name, 'Alone')
  })

  it('are given to campaigns, whose diagnosis says when nobody can take a call', async () => {
    const [human, ai] = [await make({}), await make({ kind: 'ai' })]
    const team = (await post('teams', { name: 'Crew', agent_ids: [human.id] })).body
    const { id } = (await post('campaigns', { name: 'Crewed', mode: 'progressive' })).body
    const diagnosis = async () => (await app.ask('GET', `/api/v1/campaigns/${id}/progress`)).body
    assert.equal((await post(`campaigns/${id}/start`, {})).body.status, 'active')
    assert.deepEqual((await diagnosis()).diagnosis.code, 'no_agents')
    const wrong: [object, string][] = [
      [{ agent_ids: [human.id, newId(0)] }, 'agent_ids.1'],
      [{ team_ids: [newId(0)] }, 'team_ids.0'],
      [{ agent_ids: [human.id, ai.id] }, 'agent_ids'],
    ]
    for (const [body, path] of wrong) {
      const answer = await patch(`campaigns/${id}`, body)
      assert.deepEqual([answer.status, answer.body.errors?.[0].path], [422, path])
    }
    const given = (await patch(`campaigns/${id}`, { agent_ids: [human.id], team_ids: [team.id] })).body
    assert.deepEqual([given.agent_ids, given.team_ids], [[human.id], [team.id]])
    const session = await signOn(human.id)
    await move(session, { to: 'break', reason: 'rest' }, byAgent)
    const idle = await diagnosis()
    assert.match(idle.diagnosis.sentence, /no agents: of 1 assigned 1 are signed on, 1 on a break/)
    await move(session, { to: 'available' }, byAgent)
    const staffed = await diagnosis()
    assert.notEqual(staffed.diagnosis.code, 'no_agents')
    assert.deepEqual([staffed.agents.assigned, staffed.agents.signed_on, staffed.agents.available], [1, 1, 1])
    assert.deepEqual((await patch(`campaigns/${id}`, { agent_ids: [] })).body.agent_ids, [])
    const listed = (await app.ask('GET', '/api/v1/campaigns?search=Crewed')).body.data[0]
    assert.deepEqual([listed.agent_ids, listed.team_ids], [[], [team.id]])
  })
})
