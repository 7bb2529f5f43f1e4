import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { type App, openApp } from '#kit/app.ts'
import { type Floor, openFloor } from '#kit/floor.ts'
import { makeTenant } from '#kit/tenant.ts'

const from = '+12125550199'

describe('calls of the older client', () => {
  let floor: Floor
  let app: App
  let used = 0
  before(async () => {
    // 10:00 in New York.
    floor = await openFloor({
      script: { default: [{ do: 'answers', ring_s: 5, talk_s: 60, weight: 1 }] },
      channels: 100,
      concurrent_calls: 40,
      owner_concurrent_calls: 30,
    })
    app = await openApp({ floor })
  })
  after(async () => {
    await app.close()
    await floor.close()
  })

  const nextNumber = () => `+1212555${String(1000 + used++)}`
  const ask = (method: string, path: string, body?: unknown, key = app.key) =>
    app.ask(method, `/api/dialer/${path}`, { key, ...(body === undefined ? {} : { body }) })
  const place = (body: object = {}, key = app.key) => ask('POST', 'calls', { to: nextNumber(), from, ...body }, key)
  const read = async (id: string) => (await ask('GET', `calls/${id}`)).body.call

  it('tell what the provider says of them now, and that it can not say', async () => {
    const { id, call_id } = (await place()).body.call
    assert.deepEqual((await read(id)).voip_status, {
      ...{ status: 'initiated', call_id, answered_at: null, ended_at: null },
      detail: 'The provider says that the call is initiated.',
    })
    // The carrier knows it before its reports are applied.
    floor.clock.advanceTo(floor.clock.now() + 10_000)
    const { status, answered_at } = (await read(id)).voip_status
    assert.deepEqual([status, typeof answered_at], ['answered', 'string'])
    await floor.run(80_000)
    await floor.db.owner.query('update calls set provider_call_id = null where id = $1', [id])
    assert.deepEqual((await read(id)).voip_status, {
      status: 'unknown',
      detail: 'The provider has not said that it has the call.',
    })
  })

  it('are listed newest first, by page, word and direction', async () => {
    const ringing = (await place()).body.call.id
    const all = (await ask('GET', 'calls')).body
    assert.equal(all.calls[0].id, ringing)
    assert.equal(all.calls.length, all.total)
    const ids = all.calls.map(({ id }: { id: string }) => id)
    assert.deepEqual(ids, [...ids].sort().reverse())
    const page = (await ask('GET', 'calls/?limit=2&offset=1&colour=red')).body
    assert.deepEqual([page.calls.map(({ id }: { id: string }) => id), page.total], [ids.slice(1, 3), all.total])
    for (const word of ['initiated', 'completed', 'failed', 'busy', 'no-answer', 'canceled', 'ringing', 'answered']) {
      const { calls, total } = (await ask('GET', `calls?status=${word}`)).body
      const expected = all.calls.filter(({ status }: { status: string }) => status === word)
      assert.deepEqual([calls, total], [expected, expected.length], word)
    }
    assert.equal((await ask('GET', 'calls?direction=inbound')).body.total, 0)
    for (const query of [
      'status=over',
      'limit=0',
      'limit=1001',
      'offset=-1',
      'direction=up',
      'status=busy&status=failed',
    ]) {
      const refused = await ask('GET', `calls?${query}`)
      assert.deepEqual([refused.status, Object.keys(refused.body)], [400, ['error']], query)
    }
    assert.match((await ask('GET', 'calls?status=over')).body.error, /"initiated"\|"ringing"\|"answered"\|"completed"/)
    await floor.run(80_000)
  })

  it('keep notes and metadata, of which the newest note is shown', async () => {
    const { id } = (await place()).body.call
    const patched = await ask('PATCH', `calls/${id}`, { notes: 'First.', metadata: { a: 1 }, colour: 'red' })
    assert.equal(patched.status, 200, patched.text)
    assert.deepEqual([patched.body.call.notes, patched.body.call.metadata], ['First.', { a: 1 }])
    assert.equal('voip_status' in patched.body.call, false)
    const notes = async () =>
      (await app.ask('GET', `/api/v1/calls/${id}/notes`)).body.data
        .map(({ content }: { content: string }) => content)
        .sort()
    assert.equal((await ask('PUT', `calls/${id}/`, { notes: 'Second.' })).body.call.notes, 'Second.')
    assert.deepEqual(await notes(), ['Second.'])
    await floor.run(11 * 60_000)
    assert.equal((await ask('PATCH', `calls/${id}`, { notes: 'Third.' })).body.call.notes, 'Third.')
    assert.deepEqual(await notes(), ['Second.', 'Third.'])
    const emptied = await ask('PATCH', `calls/${id}`, { notes: '' })
    assert.deepEqual([emptied.status, (await read(id)).notes], [409, 'Third.'])
    assert.deepEqual((await read(id)).metadata, { a: 1 })
    assert.equal((await app.ask('PATCH', `/api/v1/calls/${id}`, { body: { metadata: {} } })).body.metadata.a, undefined)
    for (const body of [{ notes: 7 }, { metadata: [] }, { status: 'over' }, { duration: '7' }, { ended_at: 'soon' }]) {
      assert.equal((await ask('PATCH', `calls/${id}`, body)).status, 400, JSON.stringify(body))
    }
  })

  it('stand as the client says until the provider has told of an end; completed hangs up', async () => {
    const { id } = (await place()).body.call
    await floor.run(10_000)
    const said = await ask('PATCH', `calls/${id}`, { status: 'failed', duration: 12, ended_at: '2026-03-04T16:00:00Z' })
    assert.equal(said.status, 200, said.text)
    const { status, duration, ended_at } = said.body.call
    assert.deepEqual([status, duration, ended_at], ['failed', 12, '2026-03-04T16:00:00.000Z'])
    assert.equal((await ask('GET', 'calls?status=failed')).body.calls[0].id, id)
    const v1 = async () => (await app.ask('GET', `/api/v1/calls/${id}`)).body
    assert.deepEqual([(await v1()).state, (await v1()).ended_at], ['answered', null])
    const events = (await app.ask('GET', `/api/v1/calls/${id}/events`)).body.data
    const kept = events.filter(({ kind }: { kind: string }) => kind === 'said')
    assert.deepEqual(
      kept.map(({ detail }: { detail: object }) => detail),
      [{ status: 'failed', duration: 12, ended_at: '2026-03-04T16:00:00Z', user_id: app.tenant.user_id }],
    )
    const hungUp = await ask('PATCH', `calls/${id}`, { status: 'completed' })
    assert.deepEqual([hungUp.status, hungUp.body.call.status], [200, 'completed'])
    await floor.run(5000)
    assert.equal(floor.ends().filter(({ attempt_id }) => attempt_id === id).length, 1)
    const over = await read(id)
    assert.equal(over.status, 'completed')
    assert.equal(over.ended_at, (await v1()).ended_at)
    assert.ok(over.duration < 60 && over.duration === (await v1()).duration_seconds)
    for (const body of [{ status: 'completed' }, { duration: 1 }, { ended_at: '2026-03-04T16:00:00Z' }]) {
      const late = await ask('PATCH', `calls/${id}`, { ...body, notes: 'not kept' })
      assert.equal(late.status, 409, JSON.stringify(body))
      assert.match(late.body.error, /^The carrier has told how the call ended/)
    }
    assert.equal((await read(id)).notes, '')
  })

  it('can be hidden from the older client; the evidence and what counts it stay', async () => {
    const { id } = (await place()).body.call
    await floor.run(80_000)
    const { total } = (await ask('GET', 'calls')).body
    const counted = (await ask('GET', 'analytics')).body.analytics.overview
    const member = await app.makeMember(app.tenant, 'agent')
    assert.equal((await ask('DELETE', `calls/${id}`, undefined, member.key)).status, 403)
    const hidden = await ask('DELETE', `calls/${id}`)
    assert.deepEqual([hidden.status, hidden.body], [200, { success: true }])
    for (const [method, body] of [['GET'], ['PATCH', { notes: 'x' }], ['DELETE']] as const) {
      const gone = await ask(method, `calls/${id}`, body)
      assert.deepEqual([gone.status, gone.body], [404, { error: 'There is no such call.' }], method)
    }
    assert.equal((await ask('GET', 'calls')).body.total, total - 1)
    assert.deepEqual((await ask('GET', 'analytics')).body.analytics.overview, counted)
    assert.equal((await app.ask('GET', `/api/v1/calls/${id}`)).status, 200)
  })

  it("are nobody else's: other workspaces, other members where each sees their own", async () => {
    const { id } = (await place()).body.call
    await floor.run(80_000)
    const stranger = await app.makeKey(await makeTenant(floor.db.app, floor.clock.now()))
    const member = await app.makeMember(app.tenant, 'agent')
    await floor.db.owner.query(`update workspaces set visibility = 'own'`)
    for (const key of [stranger, member.key]) {
      for (const [method, body] of [['GET'], ['PATCH', { notes: 'x' }], ['DELETE']] as const) {
        assert.equal((await ask(method, `calls/${id}`, body, key)).status, 404, method)
      }
      assert.deepEqual((await ask('GET', 'calls', undefined, key)).body, { calls: [], total: 0 })
      assert.equal((await ask('GET', 'analytics', undefined, key)).body.analytics.overview.totalCalls, 0)
    }
    await floor.db.owner.query(`update workspaces set visibility = 'all'`)
    for (const path of ['calls/7x', 'calls/none/such', 'nothing']) {
      const nowhere = await ask('GET', path)
      assert.deepEqual([nowhere.status, Object.keys(nowhere.body)], [404, ['error']], path)
    }
  })
})
