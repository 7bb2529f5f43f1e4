import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { type App, openApp } from '#kit/app.ts'

describe('Idempotency-Key', () => {
  let app: App
  before(async () => {
    app = await openApp()
  })
  after(() => app.close())

  const make = (key: string, name: string) =>
    app.ask('POST', '/api/v1/campaigns', { body: { name }, headers: { 'idempotency-key': key } })

  it('gives the same answer to the same request and does it once', async () => {
    const [first, second] = [await make('a', 'Once'), await make('a', 'Once')]
    assert.equal(first.status, 201)
    assert.equal(second.status, 201)
    assert.equal(second.text, first.text)
    assert.equal(second.headers.get('location'), first.headers.get('location'))
    assert.equal(second.headers.get('idempotency-replayed'), 'true')
    const { rows } = await app.db.owner.query("select from campaigns where name = 'Once'")
    assert.equal(rows.length, 1)
  })

  it('refuses another request under the same key', async () => {
    await make('b', 'First')
    const answer = await make('b', 'Second')
    assert.equal(answer.status, 422)
    assert.equal(answer.body.type, '/problems/idempotency-key-reused')
  })

  it('does twenty requests at once only once', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => make('c', 'Twenty')))
    assert.deepEqual(
      [...new Set(answers.map((answer) => answer.status))].filter((s) => s !== 201 && s !== 409),
      [],
    )
    const { rows } = await app.db.owner.query("select from campaigns where name = 'Twenty'")
    assert.equal(rows.length, 1)
  })

  it('keeps refusals too, and answers without the secrets they bore', async () => {
    const body = { name: 'k', scopes: ['read'] }
    const send = () => app.ask('POST', '/api/v1/api-keys', { body, headers: { 'idempotency-key': 'd' } })
    const [first, second] = [await send(), await send()]
    assert.match(first.body.token, /^outdial_/)
    assert.deepEqual(second.body, { ...first.body, token: null })
    const { rows } = await app.db.owner.query('select response from idempotency_keys')
    for (const { response } of rows) assert.doesNotMatch(response?.toString('latin1') ?? '', /outdial_|First/)
  })

  it('frees the key when the failure was ours', async () => {
    await app.db.owner.query('alter table campaigns add constraint broken check (name <> $$Broken$$)')
    assert.equal((await make('e', 'Broken')).status, 500)
    await app.db.owner.query('alter table campaigns drop constraint broken')
    assert.equal((await make('e', 'Broken')).status, 201)
  })

  it('knows an upload by its content', async () => {
    const send = (body: string) =>
      app.ask('POST', '/api/v1/imports', { body, headers: { 'content-type': 'text/csv', 'idempotency-key': 'f' } })
    const first = await send('phone\n+12125550143\n')
    assert.equal(first.status, 202, first.text)
    assert.equal((await send('phone\n+12125550143\n')).body.id, first.body.id)
    assert.equal((await send('phone\n+12125550144\n')).status, 422)
  })
})
