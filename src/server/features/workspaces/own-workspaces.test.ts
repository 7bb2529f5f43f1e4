import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { type App, openApp } from '#kit/app.ts'
import { makeTenant } from '#kit/tenant.ts'
import { newId } from '#store/ids.ts'
import { inWorkspace } from '#store/tx.ts'
import { openWorkspace } from '../installation/first-owner.ts'

const own = { 'sec-fetch-site': 'same-origin' }

describe('workspaces of one user', () => {
  let app: App
  let demo: { workspace_id: string; user_id: string }
  let cookie: string
  const ask = (method: 'GET' | 'PUT' | 'DELETE', path: string, body?: object) =>
    app.ask(method, `/api/v1${path}`, { key: null, headers: { cookie, ...own }, ...(body && { body }) })
  const names = async () => (await ask('GET', '/me/workspaces')).body.data.map(({ name }: { name: string }) => name)
  const here = async () => (await ask('GET', '/me')).body.workspace?.id
  before(async () => {
    app = await openApp()
    demo = { workspace_id: newId(app.now()), user_id: app.tenant.user_id }
    const place = { country: 'US', time_zone: 'America/New_York', name: 'Demo', is_demo: true }
    await inWorkspace(app.db.app, demo, (tx) => openWorkspace(tx, { ...demo, ...place }, app.now()))
    cookie = await app.signIn(app.tenant)
  })
  after(() => app.close())

  it('are gone between with one session, and only those one is let into', async () => {
    assert.equal((await names()).length, 2)
    const moved = await ask('PUT', '/me/workspace', { workspace: demo.workspace_id })
    assert.equal(moved.status, 200)
    const before = cookie
    cookie = moved.headers.get('set-cookie')?.split(';')[0] ?? ''
    assert.equal(await here(), demo.workspace_id)
    const old = await app.ask('GET', '/api/v1/me', { key: null, headers: { cookie: before } })
    assert.equal(old.status, 401, 'the session before is over')
    const other = await makeTenant(app.db.app, app.now())
    assert.equal((await ask('PUT', '/me/workspace', { workspace: other.workspace_id })).status, 404)
    const byKey = { body: { workspace: demo.workspace_id } }
    assert.equal((await app.ask('PUT', '/api/v1/me/workspace', byKey)).status, 409)
    assert.equal((await app.ask('GET', '/api/v1/me/workspaces')).body.data.length, 1)
  })

  it('end only where they are a demo, from elsewhere, with all that could dial', async () => {
    const made = await app.ask('POST', '/api/v1/campaigns', {
      ...{ key: null, headers: { cookie, ...own } },
      body: { name: 'Demo', mode: 'broadcast', purpose: 'information' },
    })
    const start = await app.ask('POST', `/api/v1/campaigns/${made.body.id}/start`, {
      key: null,
      headers: { cookie, ...own },
      body: {},
    })
    assert.equal(start.status, 200, start.text)
    assert.equal((await ask('DELETE', `/workspaces/${demo.workspace_id}`)).status, 409)
    assert.equal((await ask('DELETE', `/workspaces/${app.tenant.workspace_id}`)).status, 409)
    const back = await ask('PUT', '/me/workspace', { workspace: app.tenant.workspace_id })
    cookie = back.headers.get('set-cookie')?.split(';')[0] ?? ''
    const other = await makeTenant(app.db.app, app.now())
    assert.equal((await ask('DELETE', `/workspaces/${other.workspace_id}`)).status, 404)
    assert.equal((await ask('DELETE', `/workspaces/${demo.workspace_id}`)).status, 204)
    assert.equal((await names()).length, 1)
    assert.equal((await ask('PUT', '/me/workspace', { workspace: demo.workspace_id })).status, 404)
    const { rows } = await app.db.owner.query('select status from campaigns where id = $1', [made.body.id])
    assert.deepEqual(rows, [{ status: 'paused' }])
  })
})
