import assert from 'node:assert/strict'
import { createHash, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { after, before, describe, it } from 'node:test'
import { WebSocket } from 'undici'
import { tellAgent } from '#floor/feed.ts'
import { beginTalk, beginWrapUp, reserveAgent } from '#floor/matcher/reservations.ts'
import { connectAgent } from '#kit/agent-socket.ts'
import { giveLeg, makeAgent, makeWaitingCall } from '#kit/agents.ts'
import { type App, openApp } from '#kit/app.ts'
import { makeCampaign } from '#kit/tenant.ts'
import { newId } from '#store/ids.ts'
import { inWorkspace, type Tx } from '#store/tx.ts'

describe("the agent's socket", () => {
  let app: App
  let campaign: string
  let ws: string
  before(async () => {
    app = await openApp({ settings: { OUTDIAL_CORS_ORIGINS: 'https://listed.example' } })
    ws = app.tenant.workspace_id
    campaign = await makeCampaign(app.db.app, app.tenant, app.now(), {})
  })
  after(() => app.close())

  /** An agent at a browser who has signed on. */
  async function signOn() {
    const { user_id, key } = await app.makeMember(app.tenant, 'agent')
    const options = { user_id, reached_at: 'browser' as const, campaign_id: campaign }
    const agent_id = await makeAgent(app.db.owner, app.tenant, app.now(), options)
    const { id } = (await app.ask('POST', '/api/v1/agent-sessions', { key, body: {} })).body
    return { user_id, key, agent_id, session_id: id as string }
  }
  const run = async <T>(work: (tx: Tx) => Promise<T>) => {
    const result = await inWorkspace(app.db.app, app.tenant, work)
    app.server.live.wake(ws)
    return result
  }
  const tell = (session_id: string, text: string) =>
    run((tx) => tellAgent(tx, ws, session_id, { type: 'message', data: { text, from_user_id: newId(0) } }, app.now()))

  async function reserve({ agent_id, session_id }: { agent_id: string; session_id: string }): Promise<string> {
    const call_id = await makeWaitingCall(app.db.app, app.tenant, campaign, app.now())
    const wanted = {
      call_id,
      campaign_id: campaign,
      skills: [],
      sticky_agent_id: agent_id,
      trunk_id: app.tenant.trunk_id,
    }
    await giveLeg(app.db.app, app.tenant, session_id, app.now())
    const taken = await run((tx) => reserveAgent(tx, ws, wanted, app.now()))
    assert.equal(taken?.session_id, session_id)
    return call_id
  }

  it('brings what is said to all at the phone, or to a team of them', async () => {
    const [one, other] = [await signOn(), await signOn()]
    const { id } = (await app.ask('POST', '/api/v1/teams', { body: { name: 'East', agent_ids: [one.agent_id] } })).body
    const client = await connectAgent(app.url, { key: one.key })
    // What was said before this stands in it.
    await client.hears('state')
    const path = '/api/v1/agent-sessions/message'
    assert.equal((await app.ask('POST', path, { body: { text: 'x' }, key: other.key })).status, 403)
    const team = await app.ask('POST', path, { body: { text: 'Lunch', team_id: id } })
    assert.deepEqual([team.status, team.body.told], [200, 1])
    assert.equal((await client.hears('message')).data.text, 'Lunch')
    assert.ok((await app.ask('POST', path, { body: { text: 'All' } })).body.told >= 2)
    assert.equal((await client.hears('message')).data.text, 'All')
    assert.equal((await app.ask('POST', path, { body: { text: 'x', team_id: newId(0) } })).status, 422)
    await client.close()
  })

  it('lets in by key, by sub-protocol and by a session of our own pages, and nobody else', async () => {
    const { key, user_id } = await signOn()
    const cookie = await app.signIn({ workspace_id: ws, user_id })
    const allowed = [
      { key },
      { protocols: ['outdial.v1', `bearer.${key}`] },
      { cookie, origin: app.url },
      { cookie, origin: 'https://listed.example' },
    ]
    for (const options of allowed) {
      const client = await connectAgent(app.url, options)
      assert.equal((await client.hears('state')).owner, true)
      await client.close()
    }
    const refused = [
      {},
      { key: 'outdial_of_nobody' },
      { protocols: ['outdial.v1', 'bearer.outdial_of_nobody'] },
      { cookie, origin: 'https://evil.example' },
      { cookie },
      { query: `?key=${key}` },
      { key: app.key },
      { key: (await app.makeMember(app.tenant, 'viewer')).key },
    ]
    for (const options of refused) await assert.rejects(connectAgent(app.url, options), JSON.stringify(options))
    assert.equal((await app.ask('GET', '/api/v1/agent', { key })).status, 426)
  })

  it('is at no other address, and nothing stays open of what was refused', async () => {
    const { key } = await signOn()
    const open = () =>
      new Promise<number>((resolve, reject) => {
        app.server.app.server.getConnections((error, count) => (error ? reject(error) : resolve(count)))
      })
    for (const path of ['/api/v1/me', '/api/v1/agent', '/api/v1/nowhere', '/nowhere', '/healthz', '/webhooks/x/y']) {
      for (const headers of [{}, path.endsWith('/agent') ? {} : { authorization: `Bearer ${key}` }]) {
        const socket = new WebSocket(`${app.url.replace('http', 'ws')}${path}`, { headers })
        await new Promise((resolve) => socket.addEventListener('close', resolve))
      }
    }
    app.server.app.server.closeIdleConnections()
    while ((await open()) > 0) await new Promise((resolve) => setImmediate(resolve))
  })

  it('shows a call from its offer to the end of its wrap-up', async () => {
    const agent = await signOn()
    const client = await connectAgent(app.url, agent)
    const first = await client.hears('state')
    assert.deepEqual([first.session.state, first.messages], ['available', []])
    const call_id = await reserve(agent)
    const mine = { session_id: agent.session_id, call_id }
    assert.equal((await client.next((frame) => frame.session?.state === 'reserved')).session.call_id, call_id)
    await run(async (tx) => {
      await tellAgent(tx, ws, agent.session_id, { type: 'screen_pop', data: { call_id, name: 'Ann' } }, app.now())
      await beginTalk(tx, ws, mine, app.now())
    })
    assert.deepEqual((await client.hears('screen_pop')).data, { call_id, name: 'Ann' })
    await client.next((frame) => frame.session?.state === 'on_call')
    client.send({ type: 'set_state', state: 'break', reason: 'lunch', ref: 'a' })
    assert.equal((await client.next((frame) => frame.session?.next_state === 'break')).session.next_reason, 'lunch')
    assert.equal((await client.hears('done')).ref, 'a')
    client.send({ type: 'unsaved', unsaved: true })
    await client.hears('done')
    await run((tx) => beginWrapUp(tx, ws, mine, app.now()))
    const wrapping = await client.next((frame) => frame.session?.state === 'wrap_up')
    assert.ok(wrapping.session.wrap_up_left_ms > 29_000 && wrapping.session.unsaved)
    client.send({ type: 'extend_wrap_up' })
    assert.ok((await client.hears('state')).session.wrap_up_left_ms > 58_000)
    client.send({ type: 'extend_wrap_up', ref: 'again' })
    assert.deepEqual((await client.hears('refused')).ref, 'again')
    client.send({ type: 'set_state', state: 'available', ref: 'early' })
    const refused = await client.hears('refused')
    assert.deepEqual([refused.refused, refused.current_status], ['transition-not-allowed', 'wrap_up'])
    assert.deepEqual(refused.allowed, ['available', 'break', 'offline'])
    client.send({ type: 'unsaved', unsaved: false })
    await client.hears('done')
    client.send({ type: 'set_state', state: 'available' })
    const resting = await client.next((frame) => frame.session?.state === 'break')
    assert.equal(resting.session.reason, 'lunch')
    const seqs = client.frames.map((frame) => frame.seq)
    assert.deepEqual(
      seqs,
      [...seqs].sort((a, b) => a - b),
    )
    client.send({ type: 'set_state', state: 'offline' })
    assert.equal(await client.closed, 4000)
    assert.equal(client.frames.at(-1)?.session.state, 'offline')
    await assert.rejects(connectAgent(app.url, agent))
  })

  it('gives whoever comes back the whole state first, and what was missed', async () => {
    const agent = await signOn()
    const client = await connectAgent(app.url, agent)
    await client.hears('state')
    const sent = await app.ask('POST', `/api/v1/agent-sessions/${agent.session_id}/message`, { body: { text: 'one' } })
    assert.equal(sent.status, 200)
    const { seq, data } = await client.hears('message')
    assert.deepEqual(data, { text: 'one', from_user_id: app.tenant.user_id })
    await client.close()
    await tell(agent.session_id, 'two')
    await tell(agent.session_id, 'three')
    const texts = async (query: string) => {
      const again = await connectAgent(app.url, { key: agent.key, query })
      const frame = await again.hears('state')
      assert.equal(again.frames[0], frame)
      await again.close()
      return frame.messages.map((message: { data: { text: string } }) => message.data.text)
    }
    assert.deepEqual(await texts(`?session_id=${agent.session_id}&seen=${seq}`), ['two', 'three'])
    assert.deepEqual(await texts(''), ['one', 'two', 'three'])
    // What was heard of another session says nothing of this one.
    assert.deepEqual(await texts(`?session_id=${newId(0)}&seen=9999`), ['one', 'two', 'three'])
  })

  it('shows the calls to the newest of two, until the other takes over', async () => {
    const agent = await signOn()
    const old = await connectAgent(app.url, agent)
    await old.hears('state')
    const fresh = await connectAgent(app.url, agent)
    assert.equal((await fresh.hears('state')).owner, true)
    await old.hears('not_owner')
    old.send({ type: 'set_state', state: 'break', reason: 'rest', ref: 'x' })
    assert.equal((await old.hears('not_owner')).ref, 'x')
    await tell(agent.session_id, 'for the owner')
    await fresh.hears('message')
    assert.ok(!old.frames.some((frame) => frame.type === 'message'))
    old.send({ type: 'take_over' })
    const taken = await old.next((frame) => frame.messages?.length > 0)
    assert.deepEqual([taken.owner, taken.messages[0].data.text], [true, 'for the owner'])
    await fresh.hears('not_owner')
    old.send({ type: 'set_state', state: 'break', reason: 'rest' })
    assert.equal((await old.next((frame) => frame.session?.state === 'break')).owner, true)
    // Signing on elsewhere takes the calls away from both.
    await app.ask('POST', '/api/v1/agent-sessions', { key: agent.key, body: { take_over: true } })
    await old.hears('not_owner')
    await Promise.all([old.close(), fresh.close()])
  })

  it('notes that the agent is there, for the newest connection alone', async () => {
    const agent = await signOn()
    const client = await connectAgent(app.url, agent)
    await client.hears('state')
    const seen = async () => {
      const { rows } = await app.db.owner.query(
        "select seen_at > now() - interval '1 hour' as fresh from agent_sessions where id = $1",
        [agent.session_id],
      )
      return rows[0].fresh
    }
    await app.db.owner.query("update agent_sessions set seen_at = now() - interval '2 hours' where id = $1", [
      agent.session_id,
    ])
    assert.equal(await seen(), false)
    client.send({ type: 'heartbeat', ref: 'h' })
    assert.equal((await client.hears('heartbeat')).ref, 'h')
    assert.equal(await seen(), true)
    await client.close()
  })

  it('closes within seconds after a sign-out and for a revoked key', async () => {
    const agent = await signOn()
    const cookie = await app.signIn({ workspace_id: ws, user_id: agent.user_id })
    const byKey = await connectAgent(app.url, agent)
    const bySession = await connectAgent(app.url, { cookie, origin: app.url })
    const started = performance.now()
    await app.ask('POST', '/api/v1/sign-out', { key: null, headers: { cookie, origin: app.url } })
    await app.db.owner.query('update api_keys set revoked_at = now() where user_id = $1', [agent.user_id])
    assert.deepEqual(await Promise.all([byKey.closed, bySession.closed]), [4401, 4401])
    assert.ok(performance.now() - started < 5_000)
  })

  it('answers what is no frame, and lets go of who sends too much or too many', async () => {
    const agent = await signOn()
    const client = await connectAgent(app.url, agent)
    const nonsense = [
      '{',
      'null',
      '[]',
      '{"type":"dance"}',
      '{"type":"set_state","state":"on_call"}',
      '{"type":"heartbeat","x":1}',
    ]
    for (const frame of [...nonsense, '{"type":"set_state","state":"break","reason":"\\u0000"}']) {
      client.send(frame)
      assert.equal(typeof (await client.hears('error')).detail, 'string', frame)
    }
    client.send('x'.repeat(16_385))
    assert.equal(await client.closed, 1009)
    const hasty = await connectAgent(app.url, agent)
    for (let n = 0; n < 80; n += 1) hasty.send({ type: 'heartbeat' })
    assert.equal(await hasty.closed, 1008)
    const { body } = await app.ask('GET', `/api/v1/agent-sessions/${agent.session_id}`)
    assert.equal(body.state, 'available')
  })

  it('lets go of a client that takes nothing, and loses none of what it missed', async () => {
    const agent = await signOn()
    const accepted = once(app.server.app.server, 'connection')
    const socket = connect(Number(new URL(app.url).port), '127.0.0.1')
    const nonce = randomBytes(16).toString('base64')
    socket.write(
      `GET /api/v1/agent HTTP/1.1\r\nhost: x\r\nupgrade: websocket\r\nconnection: upgrade\r\nsec-websocket-version: 13\r\n` +
        `sec-websocket-key: ${nonce}\r\nauthorization: Bearer ${agent.key}\r\n\r\n`,
    )
    const [head] = (await once(socket, 'data')) as [Buffer]
    const accept = createHash('sha1').update(`${nonce}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64')
    assert.match(head.toString('latin1'), new RegExp(accept.replaceAll('+', '\\+')))
    socket.pause()
    const [served] = (await accepted) as [Socket]
    let gone = false
    const left = new Promise<void>((resolve) => served.once('close', () => resolve()))
    left.then(() => {
      gone = true
    })
    const text = 'x'.repeat(500_000)
    let told = 0
    while (!gone && told < 60) {
      await tell(agent.session_id, text)
      told += 1
    }
    await left
    socket.destroy()
    const back = await connectAgent(app.url, agent)
    const messages = [...(await back.hears('state')).messages]
    assert.equal(messages.length, told)
    await back.close()
  })
})
