import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { beginTalk, reserveAgent } from '#floor/matcher/reservations.ts'
import { giveLeg, makeAgent, makeTeam, makeWaitingCall, signOnAgent } from '#kit/agents.ts'
import { type App, openApp } from '#kit/app.ts'
import { makeCampaign } from '#kit/tenant.ts'
import { inWorkspace } from '#store/tx.ts'

describe('agent sessions', () => {
  let app: App
  let campaign: string
  before(async () => {
    app = await openApp()
    campaign = await makeCampaign(app.db.app, app.tenant, app.now(), {})
  })
  after(() => app.close())

  /** A member who is an agent at a browser, assigned to the campaign. */
  async function makeOperator() {
    const { user_id, key } = await app.makeMember(app.tenant, 'agent')
    const options = { user_id, reached_at: 'browser' as const, campaign_id: campaign }
    return { user_id, key, agent_id: await makeAgent(app.db.owner, app.tenant, app.now(), options) }
  }
  const post = (path: string, body: object, key = app.key) =>
    app.ask('POST', `/api/v1/agent-sessions${path}`, { body, key })
  const get = (path: string, key = app.key) => app.ask('GET', `/api/v1/agent-sessions${path}`, { key })

  /** Puts the operator's agent on a call. */
  async function putOnCall(session_id: string, agent_id: string): Promise<string> {
    const call_id = await makeWaitingCall(app.db.app, app.tenant, campaign, app.now())
    const { workspace_id } = app.tenant
    const wanted = {
      call_id,
      campaign_id: campaign,
      skills: [],
      sticky_agent_id: agent_id,
      trunk_id: app.tenant.trunk_id,
    }
    await giveLeg(app.db.app, app.tenant, session_id, app.now())
    await inWorkspace(app.db.app, app.tenant, async (tx) => {
      const taken = await reserveAgent(tx, workspace_id, wanted, app.now())
      assert.equal(taken?.session_id, session_id)
      await beginTalk(tx, workspace_id, { session_id, call_id }, app.now())
    })
    return call_id
  }

  it('are signed on to once, and taken over by another device on demand', async () => {
    const { key, agent_id } = await makeOperator()
    const made = await post('', {}, key)
    assert.equal(made.status, 201)
    assert.deepEqual([made.body.agent_id, made.body.state, made.body.ip], [agent_id, 'available', null])
    assert.equal(made.headers.get('location'), `/api/v1/agent-sessions/${made.body.id}`)
    const again = await post('', {}, key)
    assert.equal(again.status, 409)
    assert.deepEqual([again.body.session_id, again.body.allowed], [made.body.id, ['offline', 'break']])
    const taken = await post('', { take_over: true }, key)
    assert.deepEqual([taken.status, taken.body.id, taken.body.state], [200, made.body.id, 'available'])
    assert.equal((await get(`/${made.body.id}/transitions`)).body.data.length, 1)
    const off = await post(`/${made.body.id}/state`, { state: 'offline' }, key)
    assert.deepEqual([off.body.state, typeof off.body.ended_at], ['offline', 'string'])
    assert.equal((await post('', { state: 'break', reason: 'training' }, key)).body.reason, 'training')
  })

  it('are signed on to by supervisors where no browser is needed, and by nobody for a voice agent', async () => {
    const operator = await makeOperator()
    const extension = await makeAgent(app.db.owner, app.tenant, app.now())
    const voice = await makeAgent(app.db.owner, app.tenant, app.now(), { kind: 'ai' })
    assert.equal((await post('', { agent_id: extension }, operator.key)).status, 403)
    const made = await post('', { agent_id: extension })
    assert.equal(made.status, 201)
    const [first] = (await get(`/${made.body.id}/transitions`)).body.data
    assert.deepEqual([first.to_state, first.by_user_id], ['available', app.tenant.user_id])
    assert.equal((await post('', { agent_id: extension, take_over: true })).status, 409)
    assert.equal((await post('', { agent_id: operator.agent_id })).status, 409)
    assert.equal((await post('', { agent_id: voice })).status, 409)
    assert.equal((await post('', {})).status, 409)
  })

  it('refuse what the state does not allow, and change nothing then', async () => {
    const { key } = await makeOperator()
    const { id } = (await post('', {}, key)).body
    const refused = await post(`/${id}/state`, { state: 'available' }, key)
    assert.equal(refused.status, 409)
    assert.deepEqual([refused.body.current_status, refused.body.allowed], ['available', ['offline', 'break']])
    for (const body of [{ state: 'break' }, { state: 'break', reason: 'surfing' }]) {
      assert.equal((await post(`/${id}/state`, body, key)).status, 422)
    }
    for (const body of [{ state: 'on_call' }, { state: 'break', reason: '' }, {}]) {
      assert.equal((await post(`/${id}/state`, body, key)).status, 400)
    }
    assert.equal((await post(`/${id}/state`, { state: 'break', reason: 'rest' })).status, 403)
    assert.equal((await get(`/${id}`)).body.seq, 1)
  })

  it('show a break against the allowance of the workspace', async () => {
    const { key, agent_id } = await makeOperator()
    const break_reasons = [{ reason: 'prayer', minutes_a_day: 15 }]
    const path = `/api/v1/workspaces/${app.tenant.workspace_id}`
    assert.deepEqual((await app.ask('PATCH', path, { body: { break_reasons } })).body.break_reasons, break_reasons)
    const { id } = (await post('', { state: 'break', reason: 'prayer' }, key)).body
    const now = app.now()
    // The break has lasted as long as today has, or longer.
    await app.db.owner.query(`update agent_transitions set at = $2 where session_id = $1`, [
      id,
      new Date(now - 86_400_000),
    ])
    const { used_ms, allowance_ms, over } = (await get(`?agent_id=${agent_id}`)).body.data[0].break
    assert.ok(used_ms > 0 && used_ms <= 25 * 3_600_000)
    assert.deepEqual([allowance_ms, over], [900_000, used_ms > 900_000])
    assert.equal((await app.ask('PATCH', path, { body: { break_reasons: null } })).body.break_reasons, null)
  })

  it('are supervised: sent on a break after the call, made ready, signed off', async () => {
    const { key, agent_id } = await makeOperator()
    const { id } = (await post('', {}, key)).body
    await putOnCall(id, agent_id)
    const sent = await post(`/${id}/break`, { reason: 'meeting' })
    assert.deepEqual([sent.body.state, sent.body.next_state, sent.body.next_reason], ['on_call', 'break', 'meeting'])
    assert.equal((await post(`/${id}/ready`, {})).body.next_state, null)
    assert.equal((await post(`/${id}/sign-off`, { reason: 'end of shift' })).body.next_state, 'offline')
    const { totals, performance } = {
      totals: (await get(`/${id}/totals`)).body,
      performance: (await app.ask('GET', `/api/v1/agents/${agent_id}/performance?period=month`)).body.data,
    }
    assert.deepEqual([totals.calls, totals.answered], [1, 1])
    assert.equal(
      totals.login_ms,
      totals.idle_ms + totals.reserved_ms + totals.talk_ms + totals.wrap_up_ms + totals.break_ms,
    )
    assert.deepEqual([performance.length, performance[0].calls, performance[0].answered], [1, 1, 1])
    const wrong = await app.ask('GET', `/api/v1/agents/${agent_id}/performance?from=2026-02-02&to=2026-02-01`)
    assert.equal(wrong.status, 422)
    assert.equal((await post(`/${id}/message`, { text: 'Well done' }, key)).status, 403)
    assert.equal((await post(`/${id}/message`, { text: 'Well done' })).status, 200)
  })

  it('are listed as a board, by team and state, page by page', async () => {
    const ids = await Promise.all([0, 1, 2].map(() => makeAgent(app.db.owner, app.tenant, app.now())))
    const team = await makeTeam(app.db.owner, app.tenant, app.now(), ids)
    for (const [index, agent] of ids.entries()) {
      await signOnAgent(app.db.app, app.tenant, agent, app.now() - 60_000 * (3 - index))
    }
    const page = (await get(`?team_id=${team}&limit=2`)).body
    assert.deepEqual(
      page.data.map((row: { agent_id: string }) => row.agent_id),
      ids.slice(0, 2),
    )
    assert.ok(page.data[0].age_ms >= 180_000)
    const rest = (await get(`?team_id=${team}&limit=2&cursor=${page.next_cursor}`)).body
    assert.deepEqual([rest.data[0].agent_id, rest.next_cursor], [ids[2], null])
    assert.deepEqual((await get(`?team_id=${team}&state=break,on_call`)).body.data, [])
    await post(`/${page.data[0].id}/sign-off`, {})
    assert.equal((await get(`?team_id=${team}`)).body.data.length, 2)
    assert.equal((await get(`?team_id=${team}&open=false`)).body.data.length, 3)
  })

  it('tell the board of every change, and nobody who sees their own things only', async () => {
    const { key, user_id } = await makeOperator()
    const listen = async (as: string) => {
      const headers = { accept: 'text/event-stream', authorization: `Bearer ${as}` }
      const { body } = await fetch(`${app.url}/api/v1/live`, { headers })
      const reader = (body as ReadableStream<Uint8Array>).pipeThrough(new TextDecoderStream()).getReader()
      let text = (await reader.read()).value ?? ''
      return async (word: string) => {
        while (!text.includes(word))
          text += (await reader.read()).value ?? assert.fail(`${word} was not heard: ${text}`)
        await reader.cancel()
        return text
      }
    }
    const mine = await makeCampaign(app.db.app, app.tenant, app.now(), {})
    await app.db.owner.query('update campaigns set owner_user_id = $2 where id = $1', [mine, user_id])
    await app.db.owner.query("update workspaces set visibility = 'own' where id = $1", [app.tenant.workspace_id])
    const [supervisor, operator] = [await listen(app.key), await listen(key)]
    const { id } = (await post('', {}, key)).body
    await app.ask('PATCH', `/api/v1/campaigns/${mine}`, { body: { description: 'last' } })
    const told = [...(await supervisor(mine)).matchAll(/event: agent.updated\ndata: (.+)\n/g)]
    const event = told.map(([, data]) => JSON.parse(data as string)).find(({ session_id }) => session_id === id)
    assert.deepEqual([event.state, event.seq, typeof event.state_since], ['available', 1, 'string'])
    assert.doesNotMatch(await operator(mine), /agent\.updated/)
    await app.db.owner.query("update workspaces set visibility = 'all' where id = $1", [app.tenant.workspace_id])
  })

  it("hide others' where members see their own things only", async () => {
    const { key, agent_id } = await makeOperator()
    const other = await makeOperator()
    const mine = (await post('', {}, key)).body.id
    const theirs = (await post('', {}, other.key)).body.id
    await app.db.owner.query("update workspaces set visibility = 'own' where id = $1", [app.tenant.workspace_id])
    const seen = (await get('', key)).body.data
    assert.deepEqual(
      seen.map((row: { id: string }) => row.id),
      [mine],
    )
    for (const path of [`/${theirs}`, `/${theirs}/totals`, `/${theirs}/transitions`]) {
      assert.equal((await get(path, key)).status, 404, path)
    }
    assert.equal((await post(`/${theirs}/state`, { state: 'offline' }, key)).status, 404)
    assert.equal((await app.ask('GET', `/api/v1/agents/${other.agent_id}/performance`, { key })).status, 404)
    assert.equal((await app.ask('GET', `/api/v1/agents/${agent_id}/performance`, { key })).status, 200)
    await app.db.owner.query("update workspaces set visibility = 'all' where id = $1", [app.tenant.workspace_id])
  })
})
