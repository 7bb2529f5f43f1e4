import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { type App, openApp } from '#kit/app.ts'
import { makeTenant } from '#kit/tenant.ts'

const canary = 'CANARY'
const number = '+442079460777'
/** A noon that nobody's hours forbid. */
const inTwoDays = (at: number) => `${new Date(at + 2 * 86_400_000).toISOString().slice(0, 10)}T12:00`

describe('two workspaces', () => {
  let app: App
  let mine: string
  const theirs: Record<string, string> = {}
  before(async () => {
    app = await openApp()
    mine = await app.makeKey(await makeTenant(app.db.app, app.now()))
    const campaign = (
      await app.ask('POST', '/api/v1/campaigns', { body: { name: canary, code: canary, script: canary } })
    ).body
    const people = { leads: [{ phone: number, full_name: canary, metadata: { note: canary } }] }
    const [lead] = (await app.ask('POST', `/api/v1/campaigns/${campaign.id}/leads`, { body: people })).body.results
    const trunk = await app.ask('POST', '/api/v1/trunks', { body: { name: canary, provider: 'simulated' } })
    const local_time = inTwoDays(app.now())
    const promise = { lead_id: lead.lead_id, local_time, note: canary }
    const promised = await app.ask('POST', '/api/v1/callbacks', { body: promise })
    assert.equal(promised.status, 201, promised.text)
    const blocked = await app.ask('POST', '/api/v1/suppressions', { body: { number, reason: canary } })
    const file = { body: `name,phone\n${canary},bad\n`, headers: { 'content-type': 'text/csv' } }
    const job = await app.ask('POST', `/api/v1/imports?file_name=${canary}`, file)
    await app.ask('POST', '/api/v1/users', { body: { email: `${canary}@example.com`, name: canary } })
    await app.ask('POST', '/api/v1/api-keys', { body: { name: canary, scopes: ['read'] } })
    const agent = await app.ask('POST', '/api/v1/agents', { body: { name: canary, code: canary, skills: [canary] } })
    const team = await app.ask('POST', '/api/v1/teams', { body: { name: canary, agent_ids: [agent.body.id] } })
    await app.ask('POST', '/api/v1/dispositions', { body: { name: canary } })
    const steps = [{ key: 'a', text: canary }]
    await app.ask('POST', '/api/v1/scripts', { body: { name: canary, steps } })
    await app.ask('POST', '/api/v1/voicemail-drops', { body: { name: canary, message: canary } })
    Object.assign(theirs, {
      ...{ agent_id: agent.body.id, team_id: team.body.id },
      ...{ campaign_id: campaign.id, lead_id: lead.lead_id, contact_id: lead.contact_id, trunk_id: trunk.body.id },
      ...{ suppression_id: blocked.body.id, import_id: job.body.id },
    })
  })
  after(() => app.close())

  it("never see each other's rows in any list, whatever is asked for", async () => {
    const nouns = ['campaigns', 'contacts', 'leads', 'imports', 'attempts', 'calls', 'suppressions', 'trunks', 'users']
    for (const noun of [
      ...nouns,
      'agents',
      'teams',
      'dispositions',
      'scripts',
      'voicemail-drops',
      'recordings',
      'callbacks',
      'api-keys',
      'workspaces',
      'limits',
      'me',
    ]) {
      assert.doesNotMatch((await app.ask('GET', `/api/v1/${noun}`, { key: mine })).text, /CANARY/, noun)
    }
    const filters = [
      `leads?contact_id=${theirs.contact_id}`,
      `leads?import_id=${theirs.import_id}`,
      `leads?phone=${encodeURIComponent(number)}`,
      `contacts?phone=${encodeURIComponent(number)}`,
      `contacts?search=${canary}`,
      `campaigns?search=${canary}`,
      `campaigns?code=${canary}`,
      `suppressions?number=${encodeURIComponent(number)}`,
      `suppressions/look-up?number=${encodeURIComponent(number)}`,
      `calls?lead_id=${theirs.lead_id}`,
      `agents?team_id=${theirs.team_id}`,
      `agents?search=${canary}`,
      `teams?agent_id=${theirs.agent_id}`,
      `callbacks?lead_id=${theirs.lead_id}`,
      `callbacks?campaign_id=${theirs.campaign_id}&status=open`,
    ]
    for (const filter of filters) {
      const answer = await app.ask('GET', `/api/v1/${filter}`, { key: mine })
      assert.equal(answer.status, 200, filter)
      assert.doesNotMatch(answer.text, /CANARY|"data":\[\{/, filter)
    }
    const look = await app.ask('GET', `/api/v1/suppressions/look-up?number=${encodeURIComponent(number)}`, {
      key: mine,
    })
    assert.equal(look.body.suppressed, false)
  })

  it("can not name each other's things in what they send", async () => {
    const own = (await app.ask('POST', '/api/v1/campaigns', { key: mine, body: { name: 'mine' } })).body
    const ownTeam = (await app.ask('POST', '/api/v1/teams', { key: mine, body: { name: 'mine' } })).body
    const person = { leads: [{ phone: '+442079460778' }] }
    const [added] = (await app.ask('POST', `/api/v1/campaigns/${own.id}/leads`, { key: mine, body: person })).body
      .results
    const local_time = inTwoDays(app.now())
    const attempts: [string, string, object][] = [
      ['POST', '/api/v1/callbacks', { lead_id: theirs.lead_id, local_time }],
      ['POST', '/api/v1/callbacks', { lead_id: added.lead_id, local_time, agent_id: theirs.agent_id }],
      ['PATCH', `/api/v1/campaigns/${own.id}`, { agent_ids: [theirs.agent_id] }],
      ['PATCH', `/api/v1/campaigns/${own.id}`, { team_ids: [theirs.team_id] }],
      ['PUT', `/api/v1/teams/${ownTeam.id}/agents`, { agent_ids: [theirs.agent_id] }],
      ['POST', `/api/v1/teams/${ownTeam.id}/agents`, { agent_id: theirs.agent_id }],
      ['POST', '/api/v1/agents', { name: 'mine', user_id: app.tenant.user_id }],
      ['PATCH', `/api/v1/campaigns/${own.id}`, { trunk_id: theirs.trunk_id }],
      ['POST', `/api/v1/campaigns/${own.id}/leads`, { leads: [{ contact_id: theirs.contact_id }] }],
      ['POST', '/api/v1/suppressions', { number, campaign_id: theirs.campaign_id }],
      ['POST', '/api/v1/api-keys', { name: 'k', scopes: ['read'], user_id: app.tenant.user_id }],
    ]
    for (const [method, path, body] of attempts) {
      const answer = await app.ask(method, path, { key: mine, body })
      assert.equal(answer.status, 422, `${path} ${answer.text}`)
      assert.doesNotMatch(answer.text, /CANARY/)
    }
  })

  it('have the same number and the same code without hearing of each other', async () => {
    const body = { name: 'mine', code: canary }
    assert.equal((await app.ask('POST', '/api/v1/campaigns', { key: mine, body })).status, 201)
    const agent = { name: 'mine', code: canary }
    assert.equal((await app.ask('POST', '/api/v1/agents', { key: mine, body: agent })).status, 201)
    assert.equal((await app.ask('POST', '/api/v1/teams', { key: mine, body: { name: canary } })).status, 201)
    assert.equal((await app.ask('POST', '/api/v1/contacts', { key: mine, body: { phones: [number] } })).status, 201)
    assert.equal((await app.ask('POST', '/api/v1/suppressions', { key: mine, body: { number } })).status, 201)
  })

  it("hide members' things from each other where one of them says so", async () => {
    await app.db.owner.query("update workspaces set visibility = 'own' where id = $1", [app.tenant.workspace_id])
    const agent = await app.makeMember(app.tenant, 'agent')
    for (const noun of ['campaigns', 'contacts', 'leads', 'imports', 'calls', 'attempts', 'callbacks']) {
      const answer = await app.ask('GET', `/api/v1/${noun}`, { key: agent.key })
      assert.deepEqual(answer.body.data, [], noun)
    }
    for (const path of [
      `campaigns/${theirs.campaign_id}`,
      `leads/${theirs.lead_id}`,
      `contacts/${theirs.contact_id}`,
      `imports/${theirs.import_id}/refused.csv`,
    ]) {
      assert.equal((await app.ask('GET', `/api/v1/${path}`, { key: agent.key })).status, 404, path)
    }
    const supervisor = await app.makeMember(app.tenant, 'supervisor')
    assert.equal((await app.ask('GET', '/api/v1/campaigns', { key: supervisor.key })).body.data.length, 1)
  })
})

describe('workspaces', () => {
  it("are made by the installation's first owner alone, with a key and a link of their own", async () => {
    const app = await openApp()
    try {
      const body = { name: 'Second', country: 'gb', time_zone: 'Europe/London' }
      assert.equal((await app.ask('POST', '/api/v1/workspaces', { body })).status, 403)
      await app.db.owner.query('insert into installation (owner_user_id, created_at) values ($1, now())', [
        app.tenant.user_id,
      ])
      const made = await app.ask('POST', '/api/v1/workspaces', { body })
      assert.equal(made.status, 201)
      const me = (await app.ask('GET', '/api/v1/me', { key: made.body.api_key })).body
      assert.deepEqual([me.workspace.id, me.workspace.country, me.user.role], [made.body.workspace.id, 'GB', 'owner'])
      assert.equal((await app.ask('GET', `/sign-in/${made.body.sign_in_token}`, { key: null })).status, 303)
      assert.equal(
        (await app.ask('GET', '/api/v1/trunks', { key: made.body.api_key })).body.data[0].provider,
        'simulated',
      )
      const admin = await app.makeMember(app.tenant, 'owner')
      assert.equal((await app.ask('POST', '/api/v1/workspaces', { body, key: admin.key })).status, 403)
    } finally {
      await app.close()
    }
  })
})
