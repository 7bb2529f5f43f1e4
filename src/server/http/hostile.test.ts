import assert from 'node:assert/strict'
import { connect } from 'node:net'
import { after, before, describe, it } from 'node:test'
import { type App, openApp } from '#kit/app.ts'

describe('hostile requests', () => {
  let app: App
  before(async () => {
    app = await openApp()
  })
  after(() => app.close())

  const post = (body: string, headers: Record<string, string> = {}) =>
    app.ask('POST', '/api/v1/campaigns', { body, headers })

  it('get a problem and never a 5xx', async () => {
    const bodies = [
      '',
      '{',
      'null',
      '[]',
      '"text"',
      '1e999',
      '{"name":1e999}',
      '{"name":null}',
      '{"name":"\\u0000"}',
      '{"name":"\\ud800"}',
      '{"name":"x","\\u0000":1}',
      '{"name":"x","metadata":{"\\ud800":1}}',
      '{"name":"x","metadata":{"a":1e999}}',
      '{"name":"x","__proto__":{"role":"owner"}}',
      '{"name":"x","constructor":{"prototype":{"role":"owner"}}}',
      `{"name":"x","metadata":${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}}`,
      `{"name":"x","metadata":${'['.repeat(400_000)}`,
      `{"name":"${'x'.repeat(201)}"}`,
      '{"name":"x","max_attempts":-1}',
      '{"name":"x","max_attempts":1.5}',
      '{"name":"x","max_attempts":99999999999999999999}',
      '{"name":"x","weekdays":[]}',
      '{"name":"x","window_start":"25:00","window_end":"26:00"}',
      '{"name":"x","start_date":"2026-02-30"}',
      '{"name":"x","time_zone":"Mars/Phobos"}',
      '{"name":"x","retry_rules":{"unheard_of":{}}}',
    ]
    for (const body of bodies) {
      const answer = await post(body)
      assert.equal(answer.status, 400, `${body.slice(0, 80)} → ${answer.text}`)
      assert.match(answer.headers.get('content-type') ?? '', /^application\/problem\+json/)
      assert.equal(answer.body.status, 400)
    }
  })

  it('that make no sense get 422 with the place of each fault', async () => {
    const bodies: [object, string][] = [
      [{ window_start: '09:00' }, 'window_end'],
      [{ start_date: '2026-05-02', end_date: '2026-05-01' }, 'end_date'],
      [{ trunk_id: crypto.randomUUID() }, 'trunk_id'],
      [{ caller_id: 'hello' }, 'caller_id'],
    ]
    for (const [more, path] of bodies) {
      const answer = await post(JSON.stringify({ name: 'x', ...more }))
      assert.equal(answer.status, 422, answer.text)
      assert.equal(answer.body.errors[0].path, path)
    }
  })

  it('of the wrong size or kind are refused', async () => {
    assert.equal((await post(`{"name":"${'x'.repeat(1_100_000)}"}`)).status, 413)
    assert.equal((await post('name=x', { 'content-type': 'application/x-www-form-urlencoded' })).status, 415)
    assert.equal((await post('<x/>', { 'content-type': 'application/xml' })).status, 415)
    assert.equal((await post('{"name":"x"}', { 'idempotency-key': 'k'.repeat(300) })).status, 400)
  })

  it('with odd addresses are told that nothing is there', async () => {
    for (const path of [
      '/api/v1/campaigns/x',
      '/api/v1/campaigns/%00',
      '/api/v1/nothing',
      '/api/v1/leads/1/verdict',
      '/%2e%2e/etc',
    ]) {
      assert.equal((await app.ask('GET', path)).status, 404, path)
    }
    assert.equal((await app.ask('GET', '/api/v1/campaigns/%ff')).status, 400)
    assert.equal((await app.ask('GET', '/api/v1/campaigns?search=%00')).status, 400)
    assert.equal((await app.ask('GET', '/api/v1/campaigns?limit=1&limit=2')).status, 400)
    assert.equal((await app.ask('DELETE', '/api/v1/calls')).status, 404)
  })

  it('that are no HTTP end their own connection and nothing else', async () => {
    const answer = await new Promise<string>((resolve, reject) => {
      const socket = connect(Number(new URL(app.url).port), '127.0.0.1', () => socket.write('nonsense\r\n\r\n'))
      let text = ''
      socket.on('data', (chunk) => {
        text += chunk
      })
      socket.on('end', () => resolve(text))
      socket.on('error', reject)
    })
    assert.match(answer, /^HTTP\/1.1 400 /)
    assert.equal((await app.ask('GET', '/readyz', { key: null })).status, 200)
  })

  it('give away nothing of what went wrong inside', async () => {
    await app.db.owner.query('alter table campaigns rename to campaigns_away')
    const answer = await app.ask('GET', '/api/v1/campaigns')
    await app.db.owner.query('alter table campaigns_away rename to campaigns')
    assert.equal(answer.status, 500)
    assert.doesNotMatch(answer.text, /relation|select|campaigns_away/i)
    assert.match(answer.body.request_id, /^[0-9a-f-]{36}$/)
  })
})

describe('what is open to everybody', () => {
  let app: App
  before(async () => {
    app = await openApp()
  })
  after(() => app.close())
  const open = (path: string) => app.ask('GET', path, { key: null })

  it('is the documentation, under a strict policy', async () => {
    const page = await open('/docs/')
    assert.equal(page.status, 200)
    assert.doesNotMatch(page.text, /<script(?![^>]*src=)[^>]*>/)
    const policy = page.headers.get('content-security-policy') ?? ''
    assert.match(policy, /script-src 'self';/)
    assert.match(policy, /frame-ancestors 'none'/)
    const script = await open('/docs/static/swagger-ui-bundle.js')
    assert.equal(script.status, 200)
    assert.equal(script.headers.get('content-security-policy'), policy)
    assert.equal((await open('/docs/nowhere')).body.type, '/problems/not-found')
    const document = (await open('/openapi.json')).body
    assert.equal(document.openapi, '3.1.0')
  })

  it('is its health, which says when it is leaving', async () => {
    assert.deepEqual((await open('/readyz')).body, { status: 'ready' })
    app.server.beginDrain()
    assert.equal((await open('/readyz')).status, 503)
    assert.equal((await open('/healthz')).status, 200)
  })

  it('is its metrics, from this machine and behind no proxy alone', async () => {
    assert.match((await open('/metrics')).text, /outdial_http_request_seconds_bucket/)
    const behind = await openApp({ settings: { OUTDIAL_TRUST_PROXY: '1' } })
    try {
      assert.equal((await behind.ask('GET', '/metrics', { key: null })).status, 401)
      assert.equal((await behind.ask('GET', '/metrics')).status, 200)
    } finally {
      await behind.close()
    }
  })

  it('is not the API where only calls are placed', async () => {
    const dialer = await openApp({ settings: { OUTDIAL_ROLE: 'dialer' } })
    try {
      for (const path of ['/healthz', '/readyz', '/metrics']) {
        assert.equal((await dialer.ask('GET', path, { key: null })).status, 200, path)
      }
      for (const path of ['/', '/docs', '/api/v1/me', '/openapi.json']) {
        assert.equal((await dialer.ask('GET', path)).status, 404, path)
      }
    } finally {
      await dialer.close()
    }
  })
})
