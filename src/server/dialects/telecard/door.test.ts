import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { type App, openApp } from '#kit/app.ts'

describe("the door for the old system's clients", () => {
  let app: App
  before(async () => {
    app = await openApp({ settings: { OUTDIAL_RATE_LIMIT: '600' } })
  })
  after(() => app.close())

  it('says in their form that there is no such address', async () => {
    for (const [method, path] of [
      ['GET', 'leads/1/nothing/'],
      ['DELETE', 'call-logs/1/'],
      ['POST', 'csv-upload/'],
    ] as const) {
      const answer = await app.ask(method, `/api/dialer/${path}`)
      assert.deepEqual([answer.status, answer.body], [404, { error: 'There is no such address.' }], path)
    }
  })

  it('opens with or without the slash to a key that was made for them', async () => {
    const body = { name: 'client', scopes: ['write'], dialect: 'telecard' }
    const { token } = (await app.ask('POST', '/api/v1/api-keys', { body })).body
    for (const path of ['campaigns', 'campaigns/', 'leads', 'call-logs/?page=1', 'import-logs']) {
      const answer = await app.ask('GET', `/api/dialer/${path}`, { key: token })
      assert.deepEqual(answer.body, { count: 0, next: null, previous: null, results: [] }, path)
    }
  })

  it('lets nobody in without a key, nor changes by a key that may only read', async () => {
    const reader = await app.makeKey(app.tenant, ['read'])
    for (const noun of ['agents', 'campaigns', 'leads', 'import-logs', 'call-logs']) {
      const answer = await app.ask('GET', `/api/dialer/${noun}/`, { key: null })
      assert.deepEqual([answer.status, Object.keys(answer.body)], [401, ['error']], noun)
      assert.equal((await app.ask('GET', `/api/dialer/${noun}/`, { key: reader })).status, 200, noun)
    }
    for (const path of ['agents/', 'campaigns/', 'leads/1/mark_as_called/', 'csv-upload/upload/']) {
      const answer = await app.ask('POST', `/api/dialer/${path}`, { key: reader, body: {} })
      assert.deepEqual([answer.status, Object.keys(answer.body)], [403, ['error']], path)
    }
  })

  it('turns away more than fifty requests a second, and says when to come back', async () => {
    const key = await app.makeKey(app.tenant)
    const asked = Array.from({ length: 150 }, () => app.ask('GET', '/api/dialer/leads/1/', { key }))
    const answers = await Promise.all(asked)
    const refused = answers.filter(({ status }) => status === 429)
    assert.ok(refused.length > 0 && refused.length <= 100, String(refused.length))
    for (const { body, headers } of refused) {
      assert.deepEqual(Object.keys(body), ['error'])
      assert.equal(headers.get('retry-after'), '1')
    }
  })
})
