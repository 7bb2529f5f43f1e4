import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { signOnAgent } from '#kit/agents.ts'
import { type App, openApp } from '#kit/app.ts'
import { type Row, rows, type Things } from '#kit/door-rows.ts'
import { makeTenant, type Tenant } from '#kit/tenant.ts'
import { newId } from '#store/ids.ts'
import { inWorkspace } from '#store/tx.ts'
import { changeMember, type Role } from '#store/users.ts'

const below: Record<Role, Role | null> = {
  viewer: null,
  agent: 'viewer',
  supervisor: 'agent',
  admin: 'supervisor',
  owner: 'admin',
}

describe('the door of the API', () => {
  let app: App
  let other: Tenant & { key: string }
  let things: Things
  const keys = {} as Record<Role, string>
  let revoked: string
  let suspended: string
  let expired: string

  before(async () => {
    app = await openApp()
    other = { ...(await makeTenant(app.db.app, app.now())), key: '' }
    other.key = await app.makeKey(other)
    for (const role of ['viewer', 'agent', 'supervisor', 'admin', 'owner'] as const) {
      keys[role] = (await app.makeMember(app.tenant, role)).key
    }
    things = await makeThings(app)
    revoked = await app.makeKey(app.tenant)
    await app.db.owner.query(
      'update api_keys set revoked_at = now() where id = (select id from api_keys order by id desc limit 1)',
    )
    const out = await app.makeMember(app.tenant, 'owner')
    suspended = out.key
    await inWorkspace(app.db.app, app.tenant, (tx) =>
      changeMember(tx, app.tenant.workspace_id, out.user_id, { suspended_at: new Date() }),
    )
    expired = await app.signIn(app.tenant)
    await app.db.owner.query("update sessions set expires_at = now() - interval '1 second'")
  })
  after(() => app.close())

  function at(name: string) {
    const row = rows[name] as Row
    const [method = '', template = ''] = name.split(' ')
    const id = things[row.thing ?? 'none']
    const path = template
      .replace('{id}', id)
      .replace('{number}', '%2B12125550199')
      .replace('{agent_id}', things.agent)
      .replace('{note_id}', things.none)
      .replace('{list_id}', id)
    return { row, method, path: `/api/v1${path}${row.query ?? ''}` }
  }
  const send = (name: string, key: string | null, headers: Record<string, string> = {}) => {
    const { row, method, path } = at(name)
    return app.ask(method, path, { key, headers, ...(row.body === undefined ? {} : { body: row.body }) })
  }

  it('has a row for every route, and a route for every row', async () => {
    const document = (await app.ask('GET', '/openapi.json', { key: null })).body
    const routes = Object.entries(document.paths as Record<string, object>).flatMap(([path, operations]) =>
      Object.keys(operations).map((method) => `${method.toUpperCase()} ${path.replace('/api/v1', '')}`),
    )
    assert.deepEqual(routes.filter((route) => route !== 'POST /sign-in').sort(), Object.keys(rows).sort())
  })

  it('lets nobody in without a key, with a revoked one or an expired session', async () => {
    for (const name of Object.keys(rows)) {
      assert.equal((await send(name, null)).status, 401, name)
      assert.equal((await send(name, 'outdial_of_nobody')).status, 401, name)
      assert.equal((await send(name, revoked)).status, 401, name)
      assert.equal((await send(name, null, { cookie: expired, 'sec-fetch-site': 'same-origin' })).status, 401, name)
    }
  })

  it('refuses a suspended member', async () => {
    for (const name of Object.keys(rows)) {
      const answer = await send(name, suspended)
      assert.equal(answer.status, 403, name)
      assert.equal(answer.body.type, '/problems/suspended', name)
    }
  })

  it('refuses the role below the lowest that may', async () => {
    for (const [name, { role }] of Object.entries(rows)) {
      const lower = below[role]
      if (lower === null) continue
      const answer = await send(name, keys[lower])
      assert.equal(answer.status, 403, name)
      assert.equal(answer.body.needed_role, role, name)
    }
  })

  it('refuses a key whose scopes hold only reading every change', async () => {
    const reader = await app.makeKey(app.tenant, ['read'])
    for (const name of Object.keys(rows)) {
      if (name.startsWith('GET') || name === 'POST /sign-out') continue
      const answer = await send(name, reader)
      assert.equal(answer.body.type, '/problems/missing-scope', name)
    }
  })

  it("answers 404 for another workspace's things", async () => {
    for (const [name, row] of Object.entries(rows)) {
      if (row.thing === undefined) continue
      const answer = await send(name, other.key)
      assert.equal(answer.status, 404, `${name} ${answer.text}`)
      assert.equal(answer.body.type, '/problems/not-found', name)
    }
  })

  it('lets the lowest role that may read', async () => {
    for (const [name, row] of Object.entries(rows)) {
      if (
        !name.startsWith('GET') ||
        name === 'GET /live' ||
        name === 'GET /agent' ||
        row.unknown ||
        row.thing === 'none'
      )
        continue
      const answer = await send(name, keys[row.role])
      assert.equal(answer.status, 200, `${name} ${answer.text}`)
    }
  })

  it('takes no field that is not for the caller to set', async () => {
    for (const [name, { body }] of Object.entries(rows)) {
      if (typeof body !== 'object' || body === null) continue
      const { method, path } = at(name)
      for (const field of [
        'workspace_id',
        'owner_user_id',
        'status_reason',
        'id',
        'created_at',
        'is_demo',
        'sealed_secret',
      ]) {
        const answer = await app.ask(method, path, { body: { ...body, [field]: newId(app.now()) } })
        assert.equal(answer.status, 400, `${name} took ${field}`)
      }
    }
  })
})

async function makeThings(app: App): Promise<Things> {
  const campaign = (await app.ask('POST', '/api/v1/campaigns', { body: { name: 'One' } })).body
  const added = await app.ask('POST', `/api/v1/campaigns/${campaign.id}/leads`, {
    body: { leads: [{ phone: '+12125550142' }] },
  })
  const [{ lead_id, contact_id }] = added.body.results
  const suppression = (await app.ask('POST', '/api/v1/suppressions', { body: { number: '+12125550141' } })).body
  const blocked = { name: 'One', source: 'one', scope: 'workspace' }
  const list = (await app.ask('POST', '/api/v1/suppression-lists', { body: blocked })).body
  const agreed = { number: '+12125550141', basis: 'written', source: 'form' }
  const consent = (await app.ask('POST', '/api/v1/consents', { body: agreed })).body
  await app.ask('PUT', '/api/v1/rule-packs/custom', { body: { rules: {}, reason: 'none' } })
  const trunk = (await app.ask('POST', '/api/v1/trunks', { body: { name: 'T', provider: 'simulated' } })).body
  await app.ask('POST', `/api/v1/trunks/${trunk.id}/caller-ids`, { body: { number: '+12125550199' } })
  const user = (await app.ask('POST', '/api/v1/users', { body: { email: 'one@example.com', name: 'One' } })).body.user
  const agent = (await app.ask('POST', '/api/v1/agents', { body: { name: 'One' } })).body
  const team = (await app.ask('POST', '/api/v1/teams', { body: { name: 'One', agent_ids: [agent.id] } })).body
  const disposition = (await app.ask('POST', '/api/v1/dispositions', { body: { name: 'One' } })).body
  const steps = [{ key: 'a', text: 'x' }]
  const script = (await app.ask('POST', '/api/v1/scripts', { body: { name: 'One', steps } })).body
  const drop = (await app.ask('POST', '/api/v1/voicemail-drops', { body: { name: 'One', message: 'one' } })).body
  const key = (await app.ask('POST', '/api/v1/api-keys', { body: { name: 'one', scopes: ['read'] } })).body
  const file = await app.ask('POST', '/api/v1/imports', {
    body: 'phone\n+12125550140\n',
    headers: { 'content-type': 'text/csv' },
  })
  const session = await signOnAgent(app.db.app, app.tenant, agent.id, app.now())
  const local_time = `${new Date(app.now() + 2 * 86_400_000).toISOString().slice(0, 10)}T12:00`
  const callback = (await app.ask('POST', '/api/v1/callbacks', { body: { lead_id, local_time } })).body
  return {
    ...{
      session,
      callback: callback.id,
      campaign: campaign.id,
      lead: lead_id,
      contact: contact_id,
      suppression: suppression.id,
      suppression_list: list.id,
      consent: consent.id,
      import: file.body.id,
    },
    ...{
      trunk: trunk.id,
      user: user.id,
      key: key.id,
      agent: agent.id,
      team: team.id,
      disposition: disposition.id,
      script: script.id,
      voicemail_drop: drop.id,
      none: newId(app.now()),
    },
  }
}
