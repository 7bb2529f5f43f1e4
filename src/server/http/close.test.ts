/** A server that closes, and whoever still has a connection to it. */
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { connect as connectTls } from 'node:tls'
import { openApp } from '#kit/app.ts'
import { makeCertificate } from '#kit/certificate.ts'

describe('a server that closes', { timeout: 30_000 }, () => {
  it('does not wait for connections that have asked nothing, and answers what is asked', async () => {
    const app = await openApp()
    const { port, hostname } = new URL(app.url)
    const silent = connect(Number(port), hostname)
    await once(silent, 'connect')
    const asked = app.ask('GET', '/api/v1/me')
    const gone = once(silent, 'close')
    assert.equal((await asked).status, 200)
    await app.close()
    await gone
  })

  it('does not wait for whoever begins to watch while it closes', async () => {
    const app = await openApp()
    const { port, hostname } = new URL(app.url)
    const head = (path: string) => `GET ${path} HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${app.key}\r\n`
    const watching = connect(Number(port), hostname)
    await once(watching, 'connect')
    const gone = once(watching, 'close')
    watching.write(`${head('/api/v1/live')}accept: text/event-stream\r\n\r\n`)
    // The server has the request, and has not yet answered it.
    await app.ask('GET', '/healthz', { key: null })
    watching.resume()
    await app.close()
    await gone
  })

  it('does not wait for them under TLS either', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'outdial-tls-'))
    const { cert, key } = makeCertificate()
    const settings = { OUTDIAL_TLS_CERT: join(folder, 'cert.pem'), OUTDIAL_TLS_KEY: join(folder, 'key.pem') }
    writeFileSync(settings.OUTDIAL_TLS_CERT, cert)
    writeFileSync(settings.OUTDIAL_TLS_KEY, key)
    const app = await openApp({ settings })
    const { port, hostname } = new URL(app.url)
    const silent = connectTls({ port: Number(port), host: hostname, ca: cert })
    await once(silent, 'secureConnect')
    const gone = once(silent, 'close')
    await app.close()
    await gone
    rmSync(folder, { recursive: true })
  })
})
