import assert from 'node:assert/strict'
import { once } from 'node:events'
import { after, before, describe, it } from 'node:test'
import { WebSocket } from 'ws'
import { makeAgent } from '#kit/agents.ts'
import { type App, openApp } from '#kit/app.ts'
import { openSmallPbx, type SmallPbx } from '#kit/small-pbx.ts'
import { makeTenant } from '#kit/tenant.ts'

describe('phones in browsers', () => {
  let app: App
  let pbx: SmallPbx
  let trunk: string
  let ada: { user_id: string; key: string; agent: string }
  before(async () => {
    pbx = await openSmallPbx()
    app = await openApp({ settings: { OUTDIAL_PBX_ADDRESSES: pbx.address } })
    const settings = { url: `http://${pbx.address}`, endpoint: 'PJSIP/{number}@out', ice_servers: ['stun:stun.test'] }
    const body = { name: 'PBX', provider: 'asterisk', settings, secret: 'of-the-pbx' }
    const made = await app.ask('POST', '/api/v1/trunks', { body })
    assert.equal(made.status, 201, made.text)
    trunk = made.body.id
    const member = await app.makeMember(app.tenant, 'agent')
    const agent = await makeAgent(app.db.owner, app.tenant, app.now(), {
      user_id: member.user_id,
      reached_at: 'browser',
    })
    ada = { ...member, agent }
  })
  after(async () => {
    await app.close()
    await pbx.close()
  })

  const account = (key: string, body = {}) => app.ask('POST', '/api/v1/phone-accounts', { key, body })
  const connect = (options: { key?: string; cookie?: string; origin?: string; query?: string } = {}) => {
    const { key, cookie, origin, query = `?trunk_id=${trunk}` } = options
    const headers = {
      ...(key && { authorization: `Bearer ${key}` }),
      ...(cookie && { cookie }),
      ...(origin && { origin }),
    }
    return new WebSocket(`${app.url.replace('http', 'ws')}/sip${query}`, 'sip', { headers })
  }
  const refusal = async (socket: WebSocket): Promise<number> => {
    socket.on('error', () => {})
    const [, reply] = await once(socket, 'unexpected-response')
    socket.terminate()
    return reply.statusCode
  }
  const opened = async (socket: WebSocket): Promise<WebSocket> => {
    await once(socket, 'open')
    assert.equal(socket.protocol, 'sip')
    return socket
  }
  const end = async (socket: WebSocket) => {
    socket.close()
    await once(socket, 'close')
  }
  const said = async (socket: WebSocket, text: string) => {
    const answer = once(socket, 'message')
    socket.send(text)
    const [message, binary] = await answer
    return { text: String(message), binary }
  }

  it('get an account of their own, whose password is told once and is another one each time', async () => {
    const { status, body } = await account(ada.key)
    assert.equal(status, 200)
    const [one] = body.data
    assert.deepEqual(body.data.length, 1)
    const name = [trunk, ada.agent].map((id) => id.replaceAll('-', '')).join('-')
    assert.equal(one.uri, `sip:${name}@pbx.invalid`)
    assert.equal(one.url, `${app.url.replace('http', 'ws')}/sip?trunk_id=${trunk}&as=agent`)
    assert.deepEqual(one.ice_servers, ['stun:stun.test'])
    const left_ms = Date.parse(one.expires_at) - Date.now()
    assert.ok(left_ms > 590_000 && left_ms <= 600_000)
    const made = () => pbx.objects.get(`auth/${name}`)
    assert.equal(made()?.password, one.password)
    const [other] = (await account(ada.key)).body.data
    assert.notEqual(other.password, one.password)
    assert.equal(made()?.password, other.password)
  })

  it('are told a password once, however often the same is asked', async () => {
    const ask = () =>
      app.ask('POST', '/api/v1/phone-accounts', { key: ada.key, body: {}, headers: { 'idempotency-key': 'one' } })
    const [first, again] = [(await ask()).body.data[0], (await ask()).body.data[0]]
    assert.ok(first.password)
    assert.deepEqual(again, { ...first, password: null })
  })

  it('are nobody but whoever asks', async () => {
    assert.equal((await account(ada.key, { as: 'supervisor' })).status, 403)
    assert.equal((await account(ada.key, { as: 'agent', agent_id: ada.agent })).status, 400)
    const boss = await app.makeMember(app.tenant, 'supervisor')
    assert.equal((await account(boss.key)).status, 409)
    const [{ uri }] = (await account(boss.key, { as: 'supervisor' })).body.data
    assert.ok(uri.includes(boss.user_id.replaceAll('-', '')))
    const desk = await app.makeMember(app.tenant, 'agent')
    await makeAgent(app.db.owner, app.tenant, app.now(), { user_id: desk.user_id })
    assert.match((await account(desk.key)).body.detail, /not reached at a browser/)
  })

  it('have no account where no trunk takes phones', async () => {
    const other = await makeTenant(app.db.app, app.now())
    const key = await app.makeKey(other)
    const refused = await account(key, { as: 'supervisor' })
    assert.deepEqual([refused.status, refused.body.type], [409, '/problems/conflict'])
    assert.equal(await refusal(connect({ key, query: `?trunk_id=${trunk}&as=supervisor` })), 404)
  })

  it('say and hear whole messages, as text', async () => {
    await account(ada.key)
    const socket = await opened(connect({ key: ada.key }))
    const long = 'OPTIONS '.repeat(1_000)
    for (const text of ['REGISTER', long]) assert.deepEqual(await said(socket, text), { text, binary: false })
    await end(socket)
  })

  it('are let in with an account only, by their own page or key, over a WebSocket', async () => {
    const eve = await app.makeMember(app.tenant, 'agent')
    await makeAgent(app.db.owner, app.tenant, app.now(), { user_id: eve.user_id, reached_at: 'browser' })
    assert.equal(await refusal(connect({ key: eve.key })), 409)
    assert.equal(await refusal(connect()), 401)
    await account(ada.key)
    const cookie = await app.signIn({ ...app.tenant, user_id: ada.user_id })
    assert.equal(await refusal(connect({ cookie, origin: 'https://evil.test' })), 403)
    await end(await opened(connect({ cookie, origin: app.url })))
    assert.equal((await app.ask('GET', `/sip?trunk_id=${trunk}`, { key: ada.key })).status, 426)
    const viewer = await app.makeMember(app.tenant, 'viewer')
    assert.equal(await refusal(connect({ key: viewer.key })), 403)
    assert.equal(await refusal(connect({ key: ada.key, query: '?trunk_id=1' })), 400)
  })

  it('are let go when they say too much, and when the carrier goes', async () => {
    await account(ada.key)
    const closing = async (does: (socket: WebSocket) => void) => {
      const socket = await opened(connect({ key: ada.key }))
      await said(socket, 'one')
      does(socket)
      return (await once(socket, 'close'))[0] as number
    }
    assert.equal(await closing((socket) => socket.send('x'.repeat(20_000))), 1009)
    const flood = (socket: WebSocket) => {
      for (let count = 0; count < 200; count++) socket.send('x')
    }
    assert.equal(await closing(flood), 1008)
    assert.ok([1001, 1005, 1006].includes(await closing(() => pbx.drop())))
  })

  it('are let go when their owner signs out or the trunk is taken out of use', async () => {
    await account(ada.key)
    const cookie = await app.signIn({ ...app.tenant, user_id: ada.user_id })
    const socket = await opened(connect({ cookie, origin: app.url }))
    const closed = once(socket, 'close')
    await app.ask('POST', '/api/v1/sign-out', { key: null, headers: { cookie, origin: app.url } })
    assert.equal((await closed)[0], 4401)
    await app.ask('PATCH', `/api/v1/trunks/${trunk}`, { body: { active: false } })
    assert.equal(await refusal(connect({ key: ada.key })), 409)
    assert.equal((await account(ada.key)).status, 409)
    await app.ask('PATCH', `/api/v1/trunks/${trunk}`, { body: { active: true } })
  })

  it('are let go when their account is over, and stay while there is another one', async () => {
    await account(ada.key)
    const [name = ''] = [...pbx.variables.keys()].filter((key) => key.endsWith(ada.agent.replaceAll('-', '')))
    const holdsFor = (ms: number) => pbx.variables.set(name, String(Date.now() + ms))
    holdsFor(300)
    const socket = await opened(connect({ key: ada.key }))
    const since = performance.now()
    holdsFor(900)
    assert.equal((await once(socket, 'close'))[0], 4408)
    assert.ok(performance.now() - since >= 850)
    assert.equal(await refusal(connect({ key: ada.key })), 409)
  })

  it('are so many of one person, and no more', async () => {
    await account(ada.key)
    const sockets = await Promise.all(Array.from({ length: 8 }, () => opened(connect({ key: ada.key }))))
    assert.equal(await refusal(connect({ key: ada.key })), 409)
    await Promise.all(sockets.map(end))
    await end(await opened(connect({ key: ada.key })))
  })
})
