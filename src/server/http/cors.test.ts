import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { type App, openApp } from '#kit/app.ts'

const listed = 'https://app.example.com'
const others = ['https://evil.example', 'https://app.example.com.evil.example', 'http://app.example.com', 'null']

describe('pages of other origins', () => {
  let app: App
  let cookie: string
  before(async () => {
    app = await openApp({ settings: { OUTDIAL_CORS_ORIGINS: `${listed},https://admin.example.com` } })
    cookie = await app.signIn(app.tenant)
  })
  after(() => app.close())

  const corsHeaders = (headers: Headers) =>
    Object.fromEntries([...headers].filter(([name]) => name.startsWith('access-control-')))
  const preflight = (origin: string, method: string) =>
    app.ask('OPTIONS', '/api/v1/me/password', {
      key: null,
      headers: { origin, 'access-control-request-method': method, 'access-control-request-headers': 'content-type' },
    })
  const pauseAll = (origin: string) => app.ask('POST', '/api/v1/stop-all', { key: null, headers: { cookie, origin } })

  it('that are listed use the API with the session of whoever looks at them', async () => {
    const read = await app.ask('GET', '/api/v1/me', { key: null, headers: { cookie, origin: listed } })
    assert.equal(read.status, 200)
    const { 'access-control-allow-origin': origin, 'access-control-allow-credentials': credentials } = corsHeaders(
      read.headers,
    )
    assert.deepEqual([origin, credentials], [listed, 'true'])
    assert.match(read.headers.get('vary') ?? '', /origin/i)
    for (const method of ['PUT', 'PATCH', 'DELETE']) {
      const asked = await preflight(listed, method)
      assert.equal(asked.status, 204)
      assert.equal(asked.headers.get('access-control-allow-origin'), listed)
      assert.match(asked.headers.get('access-control-allow-methods') ?? '', new RegExp(`\\b${method}\\b`))
      assert.equal(asked.headers.get('access-control-allow-headers'), 'content-type')
    }
    assert.equal((await pauseAll(listed)).status, 200)
  })

  it('that are not listed hear nothing of it, and change nothing by its cookie', async () => {
    for (const origin of others) {
      const read = await app.ask('GET', '/api/v1/me', { headers: { origin } })
      assert.deepEqual(corsHeaders(read.headers), {}, origin)
      const asked = await preflight(origin, 'PUT')
      assert.deepEqual(corsHeaders(asked.headers), {}, origin)
      const change = await pauseAll(origin)
      assert.equal(change.body.type, '/problems/foreign-origin', origin)
      assert.deepEqual(corsHeaders(change.headers), {}, origin)
    }
  })

  it('are none where no list is set', async () => {
    const alone = await openApp()
    try {
      const read = await alone.ask('GET', '/api/v1/me', { headers: { origin: listed } })
      assert.deepEqual(corsHeaders(read.headers), {})
      const headers = { cookie: await alone.signIn(alone.tenant), origin: listed }
      assert.equal((await alone.ask('POST', '/api/v1/stop-all', { key: null, headers })).status, 403)
    } finally {
      await alone.close()
    }
  })
})
