import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { signOnAgent } from '#kit/agents.ts'
import { type App, openApp } from '#kit/app.ts'
import { makeTenant, type Tenant } from '#kit/tenant.ts'
import { newId } from '#store/ids.ts'
import { inWorkspace } from '#store/tx.ts'
import { changeMember, type Role } from '#store/users.ts'

type Things = Record<
  | 'campaign'
  | 'lead'
  | 'contact'
  | 'suppression'
  | 'suppression_list'
  | 'consent'
  | 'import'
  | 'trunk'
  | 'user'
  | 'key'
  | 'agent'
  | 'team'
  | 'disposition'
  | 'script'
  | 'voicemail_drop'
  | 'session'
  | 'callback'
  | 'none',
  string
>

interface Row {
  /** The lowest role that may. */
  role: Role
  /** Which thing of the tenant's the id in the address names. */
  thing?: keyof Things
  body?: unknown
  query?: string
  /** Ids of things that the tenant has none of: unknown to everybody. */
  unknown?: boolean
}

const pastCall = { external_id: '1', number: '+12125550143', status: 'busy', initiated_at: '2026-01-02T10:00:00Z' }
const lead = { leads: [{ phone: '+12125550143' }] }
/** Every route of the API; a new one without a row here fails the first test. */
const rows: Record<string, Row> = {
  'GET /me': { role: 'viewer' },
  'POST /sign-out': { role: 'viewer' },
  'PUT /me/password': { role: 'viewer', body: { password: 'a long enough word' } },
  'POST /sign-in-links': { role: 'viewer' },
  'GET /workspaces': { role: 'viewer' },
  'POST /workspaces': { role: 'owner', body: { name: 'New' } },
  'GET /workspaces/{id}': { role: 'viewer', thing: 'none' },
  'PATCH /workspaces/{id}': { role: 'admin', thing: 'none', body: { name: 'New' } },
  'GET /users': { role: 'supervisor' },
  'POST /users': { role: 'admin', body: { email: 'new@example.com', name: 'New', role: 'viewer' } },
  'POST /users/{id}/invite': { role: 'admin', thing: 'user' },
  'GET /users/{id}': { role: 'supervisor', thing: 'user' },
  'PATCH /users/{id}': { role: 'admin', thing: 'user', body: { concurrent_calls: 3 } },
  'DELETE /users/{id}': { role: 'admin', thing: 'user' },
  'GET /api-keys': { role: 'admin' },
  'POST /api-keys': { role: 'admin', body: { name: 'k', scopes: ['read'] } },
  'GET /api-keys/{id}': { role: 'admin', thing: 'key' },
  'DELETE /api-keys/{id}': { role: 'admin', thing: 'key' },
  'GET /trunks': { role: 'supervisor' },
  'POST /trunks': { role: 'admin', body: { name: 'T', provider: 'simulated' } },
  'GET /trunks/{id}': { role: 'supervisor', thing: 'trunk' },
  'PATCH /trunks/{id}': { role: 'admin', thing: 'trunk', body: { channels: 3 } },
  'POST /trunks/{id}/caller-ids': { role: 'admin', thing: 'trunk', body: { number: '+12125550100' } },
  'DELETE /trunks/{id}/caller-ids/{number}': { role: 'admin', thing: 'trunk' },
  'GET /limits': { role: 'viewer' },
  'GET /agents': { role: 'viewer' },
  'POST /agents': { role: 'supervisor', body: { name: 'New' } },
  'GET /agents/leaderboard': { role: 'viewer' },
  'GET /agents/{id}': { role: 'viewer', thing: 'agent' },
  'PATCH /agents/{id}': { role: 'supervisor', thing: 'agent', body: { name: 'Other' } },
  'DELETE /agents/{id}': { role: 'supervisor', thing: 'agent' },
  'GET /teams': { role: 'viewer' },
  'POST /teams': { role: 'supervisor', body: { name: 'New' } },
  'GET /teams/{id}': { role: 'viewer', thing: 'team' },
  'PATCH /teams/{id}': { role: 'supervisor', thing: 'team', body: { name: 'Other' } },
  'DELETE /teams/{id}': { role: 'supervisor', thing: 'team' },
  'PUT /teams/{id}/agents': { role: 'supervisor', thing: 'team', body: { agent_ids: [] } },
  'POST /teams/{id}/agents': { role: 'supervisor', thing: 'team', body: { agent_id: newId(0) } },
  'DELETE /teams/{id}/agents/{agent_id}': { role: 'supervisor', thing: 'team' },
  'GET /campaigns': { role: 'viewer' },
  'POST /campaigns': { role: 'supervisor', body: { name: 'New' } },
  'GET /campaigns/{id}': { role: 'viewer', thing: 'campaign' },
  'PATCH /campaigns/{id}': { role: 'supervisor', thing: 'campaign', body: { name: 'Other' } },
  'DELETE /campaigns/{id}': { role: 'supervisor', thing: 'campaign' },
  'GET /campaigns/{id}/live-answers': { role: 'viewer', thing: 'campaign' },
  'GET /campaigns/{id}/dry-run': { role: 'viewer', thing: 'campaign' },
  'GET /campaigns/{id}/progress': { role: 'viewer', thing: 'campaign' },
  'POST /campaigns/{id}/start': { role: 'supervisor', thing: 'campaign' },
  'POST /campaigns/{id}/resume': { role: 'supervisor', thing: 'campaign' },
  'POST /campaigns/{id}/pause': { role: 'supervisor', thing: 'campaign' },
  'POST /campaigns/{id}/stop': { role: 'supervisor', thing: 'campaign' },
  'POST /campaigns/{id}/cancel': { role: 'supervisor', thing: 'campaign' },
  'POST /campaigns/{id}/archive': { role: 'supervisor', thing: 'campaign' },
  'POST /stop-all': { role: 'supervisor' },
  'GET /leads': { role: 'viewer' },
  'GET /campaigns/{id}/leads': { role: 'viewer', thing: 'campaign' },
  'POST /campaigns/{id}/leads': { role: 'supervisor', thing: 'campaign', body: lead },
  'POST /campaigns/{id}/recycle': { role: 'supervisor', thing: 'campaign', body: { outcomes: ['busy'] } },
  'GET /campaigns/{id}/lists': { role: 'viewer', thing: 'campaign' },
  'PATCH /campaigns/{id}/lists/{list_id}': { role: 'supervisor', thing: 'campaign', body: { weight: 2 } },
  'GET /leads/{id}': { role: 'viewer', thing: 'lead' },
  'PATCH /leads/{id}': { role: 'supervisor', thing: 'lead', body: { priority: 1 } },
  'GET /holidays': { role: 'viewer', query: '?country=US&year=2026' },
  'GET /contactability': { role: 'viewer', query: '?number=%2B12125550143' },
  'POST /leads/{id}/mark-called': { role: 'supervisor', thing: 'lead' },
  'GET /leads/{id}/verdict': { role: 'viewer', thing: 'lead' },
  'GET /contacts': { role: 'viewer' },
  'POST /contacts': { role: 'agent', body: { phones: ['+12125550144'] } },
  'GET /contacts/{id}': { role: 'viewer', thing: 'contact' },
  'PATCH /contacts/{id}': { role: 'agent', thing: 'contact', body: { city: 'Rome' } },
  'POST /contacts/{id}/erase': { role: 'admin', thing: 'contact', body: { reason: 'asked' } },
  'DELETE /contacts/{id}': { role: 'agent', thing: 'contact' },
  'GET /imports': { role: 'viewer' },
  'POST /imports': { role: 'supervisor' },
  'POST /imports/preview': { role: 'supervisor' },
  'GET /imports/{id}': { role: 'viewer', thing: 'import' },
  'GET /imports/{id}/errors': { role: 'viewer', thing: 'import' },
  'GET /imports/{id}/refused.csv': { role: 'viewer', thing: 'import' },
  'POST /imports/{id}/undo': { role: 'supervisor', thing: 'import' },
  'POST /imports/{id}/cancel': { role: 'supervisor', thing: 'import' },
  'POST /history/calls': { role: 'admin', body: { source: 'old', calls: [pastCall] } },
  'POST /history/leads': {
    role: 'admin',
    body: { source: 'old', leads: [{ campaign_id: newId(0), number: '+12125550143' }] },
  },
  'GET /attempts': { role: 'viewer' },
  'GET /attempts/{id}': { role: 'viewer', thing: 'none', unknown: true },
  'GET /calls': { role: 'viewer' },
  'POST /calls': { role: 'agent', body: { number: '+12125550147' } },
  'GET /campaigns/{id}/calls': { role: 'viewer', thing: 'campaign' },
  'GET /calls/{id}': { role: 'viewer', thing: 'none', unknown: true },
  'PATCH /calls/{id}': { role: 'agent', thing: 'none', body: { metadata: {} } },
  'GET /calls/{id}/events': { role: 'viewer', thing: 'none', unknown: true },
  'GET /calls/{id}/acts': { role: 'viewer', thing: 'none', unknown: true },
  'POST /calls/{id}/acts': { role: 'agent', thing: 'none', body: { act: 'hold' } },
  'GET /calls/{id}/disposition': { role: 'viewer', thing: 'none', unknown: true },
  'POST /calls/{id}/disposition': { role: 'agent', thing: 'none', body: { disposition: 'sale' } },
  'GET /callbacks': { role: 'viewer' },
  'POST /callbacks': { role: 'agent', body: { lead_id: newId(0), local_time: '2030-01-02T12:00' } },
  'GET /callbacks/{id}': { role: 'viewer', thing: 'callback' },
  'PATCH /callbacks/{id}': { role: 'agent', thing: 'callback', body: { note: 'x' } },
  'POST /callbacks/{id}/cancel': { role: 'agent', thing: 'callback', body: { reason: 'x' } },
  'GET /dispositions': { role: 'viewer' },
  'POST /dispositions': { role: 'admin', body: { name: 'New' } },
  'GET /dispositions/{id}': { role: 'viewer', thing: 'disposition' },
  'PATCH /dispositions/{id}': { role: 'admin', thing: 'disposition', body: { name: 'Other' } },
  'DELETE /dispositions/{id}': { role: 'admin', thing: 'disposition' },
  'GET /calls/{id}/notes': { role: 'viewer', thing: 'none', unknown: true },
  'POST /calls/{id}/notes': { role: 'agent', thing: 'none', body: { content: 'x' } },
  'PATCH /calls/{id}/notes/{note_id}': { role: 'agent', thing: 'none', body: { content: 'y' } },
  'GET /contacts/{id}/notes': { role: 'viewer', thing: 'contact' },
  'GET /voicemail-drops': { role: 'viewer' },
  'POST /voicemail-drops': { role: 'supervisor', body: { name: 'New', message: 'new' } },
  'GET /voicemail-drops/{id}': { role: 'viewer', thing: 'voicemail_drop' },
  'PATCH /voicemail-drops/{id}': { role: 'supervisor', thing: 'voicemail_drop', body: { name: 'Other' } },
  'DELETE /voicemail-drops/{id}': { role: 'supervisor', thing: 'voicemail_drop' },
  'GET /scripts': { role: 'viewer' },
  'POST /scripts': { role: 'supervisor', body: { name: 'New', steps: [{ key: 'a', text: 'x' }] } },
  'GET /scripts/{id}': { role: 'viewer', thing: 'script' },
  'PATCH /scripts/{id}': { role: 'supervisor', thing: 'script', body: { name: 'Other' } },
  'DELETE /scripts/{id}': { role: 'supervisor', thing: 'script' },
  'POST /scripts/{id}/render': { role: 'agent', thing: 'script', body: { lead_id: newId(0) } },
  'GET /consents': { role: 'viewer' },
  'POST /consents': { role: 'agent', body: { number: '+12125550146', basis: 'written', source: 'form' } },
  'POST /consents/withdraw': { role: 'agent', body: { number: '+12125550146', reason: 'said so' } },
  'GET /consents/{id}': { role: 'viewer', thing: 'consent' },
  'GET /rule-packs': { role: 'viewer' },
  'GET /rule-packs/custom': { role: 'viewer' },
  'GET /rule-packs/custom/versions': { role: 'viewer' },
  'PUT /rule-packs/custom': { role: 'admin', body: { rules: {}, reason: 'none' } },
  'GET /suppressions': { role: 'viewer' },
  'POST /suppressions': { role: 'agent', body: { number: '+12125550145' } },
  'GET /suppressions/look-up': { role: 'viewer', query: '?number=%2B12125550145' },
  'GET /suppressions/{id}': { role: 'viewer', thing: 'suppression' },
  'POST /suppressions/{id}/remove': { role: 'admin', thing: 'suppression', body: { reason: 'asked again' } },
  'DELETE /suppressions/{id}': { role: 'admin', thing: 'suppression', query: '?reason=asked' },
  'GET /suppression-lists': { role: 'viewer' },
  'POST /suppression-lists': { role: 'admin', body: { name: 'x', source: 'y', scope: 'workspace' } },
  'GET /suppression-lists/{id}': { role: 'viewer', thing: 'suppression_list' },
  'POST /suppression-lists/{id}/upload': { role: 'admin', thing: 'suppression_list' },
  'GET /suppression-lists/{id}/refused': { role: 'viewer', thing: 'suppression_list' },
  'POST /suppression-lists/{id}/remove': { role: 'admin', thing: 'suppression_list', body: { reason: 'old' } },
  'GET /agent-sessions': { role: 'viewer' },
  'POST /agent-sessions': { role: 'agent', body: {} },
  'GET /agent-sessions/{id}': { role: 'viewer', thing: 'session' },
  'GET /agent-sessions/{id}/transitions': { role: 'viewer', thing: 'session' },
  'GET /agent-sessions/{id}/totals': { role: 'viewer', thing: 'session' },
  'POST /agent-sessions/{id}/state': { role: 'agent', thing: 'session', body: { state: 'available' } },
  'POST /agent-sessions/{id}/offer': { role: 'agent', thing: 'session', body: { call_id: newId(0), accept: true } },
  'POST /agent-sessions/{id}/ready': { role: 'supervisor', thing: 'session' },
  'POST /agent-sessions/{id}/break': { role: 'supervisor', thing: 'session', body: { reason: 'rest' } },
  'POST /agent-sessions/{id}/sign-off': { role: 'supervisor', thing: 'session' },
  'POST /agent-sessions/{id}/message': { role: 'supervisor', thing: 'session', body: { text: 'Hello' } },
  'GET /agents/{id}/performance': { role: 'viewer', thing: 'agent' },
  'GET /agent': { role: 'agent' },
  'GET /live': { role: 'viewer' },
}

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
