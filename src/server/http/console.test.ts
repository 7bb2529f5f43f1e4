import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, it, type TestContext } from 'node:test'
import Fastify from 'fastify'
import { serveConsole } from './console.ts'

const folder = (context: TestContext) => {
  const made = mkdtempSync(join(tmpdir(), 'outdial-console-'))
  context.after(() => rmSync(made, { recursive: true }))
  return made
}
const person = { accept: 'text/html,*/*;q=0.8' }

describe('the console’s place in the server', () => {
  it('gives its page a nonce of its own each time, and runs nothing else', async (context) => {
    const built = folder(context)
    mkdirSync(join(built, 'assets'))
    writeFileSync(join(built, 'index.html'), '<script nonce="__outdial_nonce__"></script>')
    writeFileSync(join(built, 'assets/index-1a2b.js'), 'export {}')
    const app = Fastify()
    await serveConsole(app, built)
    const nonces = new Set<string>()
    for (const url of ['/', '/campaigns', '/campaigns/1/set-up?step=mode']) {
      const page = await app.inject({ url, headers: person })
      assert.equal(page.statusCode, 200, url)
      assert.equal(page.headers['cache-control'], 'no-store')
      const nonce = /nonce="([^"]+)"/.exec(page.body)?.[1] as string
      const policy = String(page.headers['content-security-policy'])
      assert.ok(policy.includes(`script-src 'self' 'nonce-${nonce}'`) && !policy.includes('unsafe'), policy)
      nonces.add(nonce)
    }
    assert.equal(nonces.size, 3)
    const file = await app.inject('/assets/index-1a2b.js')
    assert.match(String(file.headers['cache-control']), /immutable/)
    for (const url of ['/assets/gone.js', '/api/v1/nowhere', '/webhooks/x/y', '/docsx/..%2f']) {
      const answer = await app.inject({ url, headers: url === '/docsx/..%2f' ? {} : person })
      assert.equal(answer.statusCode, 404, url)
      assert.match(String(answer.headers['content-type']), /problem\+json/)
    }
    assert.equal((await app.inject({ url: '/campaigns', headers: { accept: 'application/json' } })).statusCode, 404)
    assert.equal((await app.inject({ method: 'POST', url: '/campaigns', headers: person })).statusCode, 404)
  })

  it('is taken by the documentation where it was not built', async (context) => {
    const app = Fastify()
    await serveConsole(app, folder(context))
    assert.equal((await app.inject({ url: '/', headers: person })).headers.location, '/docs/')
    assert.equal((await app.inject({ url: '/campaigns', headers: person })).statusCode, 404)
  })
})
