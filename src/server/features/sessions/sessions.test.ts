import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { type App, openApp } from '#kit/app.ts'
import { sessionCookie } from '../../http/auth.ts'

describe('signing in', () => {
  let app: App
  before(async () => {
    app = await openApp()
  })
  after(() => app.close())

  const own = { 'sec-fetch-site': 'same-origin' }

  it('opens a session by a link, once', async () => {
    const { token, url } = (await app.ask('POST', '/api/v1/sign-in-links')).body
    assert.equal(url, `${app.url}/sign-in/${token}`)
    const first = await app.ask('GET', `/sign-in/${token}`, { key: null })
    assert.equal(first.status, 303)
    assert.equal(first.headers.get('location'), '/')
    const cookie = first.headers.get('set-cookie') ?? ''
    assert.match(cookie, new RegExp(`^${sessionCookie}=\\S+; Max-Age=43200; Path=/; HttpOnly; SameSite=Lax$`))
    const me = await app.ask('GET', '/api/v1/me', { key: null, headers: { cookie: cookie.split(';')[0] ?? '' } })
    assert.equal(me.body.user.id, app.tenant.user_id)
    assert.equal(me.body.scopes, null)
    assert.ok(me.body.may.includes('trunks.write'))
    assert.equal((await app.ask('GET', `/sign-in/${token}`, { key: null })).status, 401)
    assert.equal((await app.ask('POST', '/api/v1/sign-in', { key: null, body: { token } })).status, 401)
  })

  it('ends it', async () => {
    const cookie = await app.signIn(app.tenant)
    const out = await app.ask('POST', '/api/v1/sign-out', { key: null, headers: { cookie, ...own } })
    assert.equal(out.status, 204)
    assert.match(out.headers.get('set-cookie') ?? '', /Expires=Thu, 01 Jan 1970/)
    assert.equal((await app.ask('GET', '/api/v1/me', { key: null, headers: { cookie } })).status, 401)
  })

  it('takes changes by cookie from its own pages only', async () => {
    const cookie = await app.signIn(app.tenant)
    const change = (headers: Record<string, string>) =>
      app.ask('POST', '/api/v1/campaigns', { key: null, body: { name: 'x' }, headers: { cookie, ...headers } })
    const refused: Record<string, string>[] = [
      {},
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
      { origin: 'https://evil.example', 'sec-fetch-site': 'same-origin' },
    ]
    for (const headers of refused) assert.equal((await change(headers)).body.type, '/problems/foreign-origin')
    assert.equal((await change(own)).status, 201)
    assert.equal((await change({ origin: app.url })).status, 201)
  })

  it('invites somebody by a link and keeps the last owner', async () => {
    const invited = await app.ask('POST', '/api/v1/users', {
      body: { email: 'New@Example.com', name: 'New', role: 'supervisor' },
    })
    assert.equal(invited.status, 201)
    const { user, invite_token } = invited.body
    assert.equal(user.email, 'new@example.com')
    assert.equal((await app.ask('GET', `/sign-in/${invite_token}`, { key: null })).status, 303)
    assert.equal((await app.ask('POST', `/api/v1/users/${user.id}/invite`)).status, 409)
    const again = await app.ask('POST', '/api/v1/users', { body: { email: 'new@example.com', name: 'New' } })
    assert.equal(again.body.type, '/problems/already-exists')
    for (const body of [{ role: 'admin' }, { suspended: true }]) {
      const answer = await app.ask('PATCH', `/api/v1/users/${app.tenant.user_id}`, { body })
      assert.equal(answer.body.type, '/problems/last-owner')
    }
  })

  it('signs a suspended member out and revokes their keys', async () => {
    const member = await app.makeMember(app.tenant, 'supervisor')
    const cookie = await app.signIn({ ...app.tenant, user_id: member.user_id })
    await app.ask('PATCH', `/api/v1/users/${member.user_id}`, { body: { suspended: true } })
    assert.equal((await app.ask('GET', '/api/v1/me', { key: member.key })).status, 401)
    assert.equal((await app.ask('GET', '/api/v1/me', { key: null, headers: { cookie } })).status, 401)
  })

  it('lets nobody rise above themselves', async () => {
    const admin = await app.makeMember(app.tenant, 'admin')
    const asAdmin = { key: admin.key }
    const owner = { ...asAdmin, body: { role: 'owner' } }
    assert.equal((await app.ask('PATCH', `/api/v1/users/${admin.user_id}`, owner)).status, 403)
    const demote = { ...asAdmin, body: { role: 'viewer' } }
    assert.equal((await app.ask('PATCH', `/api/v1/users/${app.tenant.user_id}`, demote)).status, 403)
    const invite = { ...asAdmin, body: { email: 'o@example.com', name: 'O', role: 'owner' } }
    assert.equal((await app.ask('POST', '/api/v1/users', invite)).status, 403)
    const key = { ...asAdmin, body: { name: 'k', scopes: ['admin'], user_id: app.tenant.user_id } }
    assert.equal((await app.ask('POST', '/api/v1/api-keys', key)).status, 403)
    const writer = await app.makeKey({ ...app.tenant, user_id: admin.user_id }, ['write'])
    assert.equal(
      (await app.ask('POST', '/api/v1/api-keys', { key: writer, body: { name: 'k', scopes: ['admin'] } })).status,
      403,
    )
  })
})

it('counts requests by key, and says when to come back', async () => {
  const app = await openApp({ settings: { OUTDIAL_RATE_LIMIT: '5' } })
  try {
    for (let n = 0; n < 5; n += 1) assert.equal((await app.ask('GET', '/api/v1/me')).status, 200)
    const sixth = await app.ask('GET', '/api/v1/me')
    assert.equal(sixth.status, 429)
    assert.ok(Number(sixth.headers.get('retry-after')) >= 1)
    assert.equal((await app.ask('GET', '/api/v1/me', { key: await app.makeKey(app.tenant) })).status, 200)
    assert.equal((await app.ask('GET', '/healthz', { key: null })).status, 200)
  } finally {
    await app.close()
  }
})
