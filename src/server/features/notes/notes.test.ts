import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { type App, openApp } from '#kit/app.ts'
import { type Floor, openFloor } from '#kit/floor.ts'
import { letTalk, makeAgentUser } from '#kit/talked.ts'
import { makeTenant, numbersFrom } from '#kit/tenant.ts'
import { newId } from '#store/ids.ts'

const minute = 60_000

describe('notes about calls', () => {
  let floor: Floor
  let app: App
  let calls: { id: string; contact_id: string }[]
  let agent: { agent_id: string; user_id: string; key: string }
  before(async () => {
    floor = await openFloor()
    app = await openApp({ floor })
    agent = await makeAgentUser(app)
    const { id } = (await app.ask('POST', '/api/v1/campaigns', { body: { name: 'Talks', mode: 'broadcast' } })).body
    const leads = numbersFrom(0, 2).map((phone) => ({ phone }))
    await app.ask('POST', `/api/v1/campaigns/${id}/leads`, { body: { leads } })
    await app.ask('POST', `/api/v1/campaigns/${id}/start`)
    await floor.run(2 * minute)
    calls = (await app.ask('GET', '/api/v1/calls?sort=number')).body.data
    await letTalk(app, agent.agent_id, calls[0]?.id ?? '')
  })
  after(async () => {
    await app.close()
    await floor.close()
  })

  const write = (place: number, body: object, key = agent.key) =>
    app.ask('POST', `/api/v1/calls/${calls[place]?.id}/notes`, { body, key })
  const list = async (path: string, key = app.key) =>
    (await app.ask('GET', `/api/v1/${path}`, { key })).body.data?.map((row: { content: string }) => row.content)

  it('are listed with the call and with the person', async () => {
    const made = await write(0, { content: ' Wants blue ' })
    assert.deepEqual([made.status, made.body.type, made.body.important], [201, 'general', false])
    assert.deepEqual([made.body.content, made.body.author_user_id], ['Wants blue', agent.user_id])
    await floor.run(1000)
    await write(0, { content: 'Was angry', type: 'complaint', important: true })
    await write(1, { content: 'Somebody else' })
    const { id, contact_id } = calls[0] as { id: string; contact_id: string }
    assert.deepEqual(await list(`calls/${id}/notes?sort=created_at`), ['Wants blue', 'Was angry'])
    assert.deepEqual(await list(`contacts/${contact_id}/notes?sort=created_at`), ['Wants blue', 'Was angry'])
    assert.deepEqual(await list(`contacts/${contact_id}/notes?important=true`), ['Was angry'])
    assert.deepEqual(await list(`calls/${id}/notes?type=general,transcript`), ['Wants blue'])
    const page = (await app.ask('GET', `/api/v1/calls/${id}/notes?sort=created_at&limit=1`)).body
    assert.deepEqual(await list(`calls/${id}/notes?sort=created_at&cursor=${page.next_cursor}`), ['Was angry'])
  })

  it('are mended by their author alone, for ten minutes or with the call in hand', async () => {
    const { id, call_id } = (await write(0, { content: 'Teh' })).body
    const mend = (key: string, body: object = { content: 'The' }) =>
      app.ask('PATCH', `/api/v1/calls/${call_id}/notes/${id}`, { body, key })
    assert.equal((await mend(app.key)).status, 403)
    const mended = await mend(agent.key, { content: 'The', important: true })
    assert.deepEqual([mended.body.content, mended.body.important, mended.body.type], ['The', true, 'general'])
    await floor.run(11 * minute)
    assert.equal((await mend(agent.key)).status, 409)
    await floor.db.owner.query(
      `insert into agent_sessions (workspace_id, id, agent_id, state, state_since, started_at, call_id, wrap_up_until)
       values ($1, $2, $3, 'wrap_up', $4, $4, $5, $4)`,
      [app.tenant.workspace_id, newId(app.now()), agent.agent_id, new Date(app.now()), call_id],
    )
    assert.equal((await mend(agent.key, { content: 'Later' })).body.content, 'Later')
    const other = `/api/v1/calls/${calls[1]?.id}/notes/${id}`
    assert.equal((await app.ask('PATCH', other, { body: { content: 'x' }, key: agent.key })).status, 404)
  })

  it('are refused without words or with a type nobody knows', async () => {
    for (const body of [{}, { content: ' ' }, { content: 'x', type: 'secret' }, { content: 'x'.repeat(20_001) }]) {
      assert.equal((await write(0, body)).status, 400)
    }
  })

  it("are nobody else's: not another workspace's, not a member's who sees only their own", async () => {
    const stranger = await app.makeKey(await makeTenant(app.db.app, app.now()))
    assert.equal((await write(0, { content: 'x' }, stranger)).status, 404)
    const { id, contact_id } = calls[0] as { id: string; contact_id: string }
    assert.equal(await list(`contacts/${contact_id}/notes`, stranger), undefined)
    await floor.db.owner.query(`update workspaces set visibility = 'own'`)
    assert.equal((await write(0, { content: 'Mine' })).status, 201)
    assert.ok((await list(`calls/${id}/notes`, agent.key)).includes('Mine'))
    assert.equal((await write(1, { content: 'Not mine' })).status, 404)
    assert.equal(await list(`contacts/${contact_id}/notes`, agent.key), undefined)
  })
})
