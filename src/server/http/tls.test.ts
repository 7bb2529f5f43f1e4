import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import type { IncomingHttpHeaders as Heads } from 'node:http'
import { type RequestOptions, request } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { type App, openApp } from '#kit/app.ts'
import { makeCertificate } from '#kit/certificate.ts'

describe('a server with a certificate', () => {
  const folder = mkdtempSync(join(tmpdir(), 'outdial-tls-'))
  const { cert, key } = makeCertificate()
  let app: App
  before(async () => {
    const settings = { OUTDIAL_TLS_CERT: join(folder, 'cert.pem'), OUTDIAL_TLS_KEY: join(folder, 'key.pem') }
    writeFileSync(settings.OUTDIAL_TLS_CERT, cert)
    writeFileSync(settings.OUTDIAL_TLS_KEY, key)
    app = await openApp({ settings })
  })
  after(async () => {
    await app.close()
    rmSync(folder, { recursive: true })
  })

  const withKey = () => ({ authorization: `Bearer ${app.key}` })

  function ask(path: string, options: RequestOptions = {}): Promise<{ status: number; headers: Heads; text: string }> {
    return new Promise((resolve, reject) => {
      const sent = request(
        `${app.url}${path}`,
        { ca: cert, agent: false, headers: withKey(), ...options },
        (answer) => {
          let text = ''
          answer.setEncoding('utf8').on('data', (piece) => {
            text += piece
          })
          answer.on('end', () => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text }))
        },
      )
      sent.on('error', reject).end()
    })
  }

  it('answers https, to those who know the certificate', async () => {
    assert.match(app.url, /^https:\/\/127\.0\.0\.1:\d+$/)
    const { status, text, headers } = await ask('/api/v1/me')
    assert.equal(status, 200, text)
    assert.equal(JSON.parse(text).user.id, app.tenant.user_id)
    assert.match(headers['strict-transport-security'] ?? '', /max-age=\d{7,}/)
    await assert.rejects(ask('/api/v1/me', { ca: makeCertificate().cert }), /self.signed|verify|signature/)
    await assert.rejects(fetch(app.url.replace('https:', 'http:')))
  })

  it('gives its cookies to https alone, and takes them back from its own pages', async () => {
    const made = await ask('/api/v1/sign-in-links', { method: 'POST' })
    const { url, token } = JSON.parse(made.text)
    assert.equal(url, `${app.url}/sign-in/${token}`)
    const { status, headers } = await ask(`/sign-in/${token}`)
    assert.equal(status, 303)
    const [cookie = ''] = headers['set-cookie'] ?? []
    assert.match(cookie, /; HttpOnly; Secure; SameSite=Lax$/)
    const signOut = async (origin: string) => {
      const headers = { cookie: cookie.split(';')[0] ?? '', origin }
      return (await ask('/api/v1/sign-out', { method: 'POST', headers })).status
    }
    assert.equal(await signOut(app.url.replace('https:', 'http:')), 403)
    assert.equal(await signOut(app.url), 204)
  })
})
