import assert from 'node:assert/strict'
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, it } from 'node:test'
import { startServer } from '#kit/server-process.ts'

describe('the first start', () => {
  const folder = mkdtempSync(join(tmpdir(), 'outdial first start '))
  chmodSync(folder, 0o711)
  const env = {
    OUTDIAL_DATA_DIR: join(folder, 'data'),
    OUTDIAL_SIM_LEDGER: join(folder, 'ledger'),
    OUTDIAL_SIM_SEED: '7',
  }
  after(() => rmSync(folder, { recursive: true, force: true }))

  const readLedger = () =>
    readFileSync(env.OUTDIAL_SIM_LEDGER, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))

  it('makes the owner, calls the demo list, and goes on where it was after a kill', { timeout: 180_000 }, async () => {
    const first = await startServer(env)
    const keyFile = join(env.OUTDIAL_DATA_DIR, 'owner-api-key')
    assert.equal(statSync(keyFile).mode & 0o777, 0o600)
    assert.equal(statSync(join(env.OUTDIAL_DATA_DIR, 'master.key')).mode & 0o777, 0o600)
    const authorization = `Bearer ${readFileSync(keyFile, 'utf8').trim()}`
    const me = await fetch(`${first.url}/api/v1/me`, { headers: { authorization } })
    assert.equal(me.status, 200)
    const { workspace } = (await me.json()) as { workspace: { is_demo: boolean } }
    assert.equal(workspace.is_demo, false, "the key opens the owner's workspace, not the demo")

    const link = /http:\S+\/sign-in\/\S+/.exec(first.said())?.[0] as string
    const signIns = await Promise.all([1, 2].map(() => fetch(link, { redirect: 'manual' })))
    const cookies = signIns.map((answer) => answer.headers.get('set-cookie')).filter(Boolean)
    assert.equal(cookies.length, 1, 'the link works once')
    assert.match(cookies[0] as string, /HttpOnly/i)

    await first.saying('nobody else is callable now')
    const dials = readLedger().length
    assert.ok(dials >= 100, `${dials} dials`)
    assert.equal(new Set(readLedger().map((line) => line.attempt_id)).size, dials)
    await first.kill()

    const second = await startServer(env)
    assert.ok(!second.said().includes('sign-in'), 'the owner is there already')
    assert.equal((await fetch(`${second.url}/api/v1/me`, { headers: { authorization } })).status, 200)
    assert.equal(await second.stop(), 0, second.said())
    assert.ok(readLedger().length >= dials)
    assert.equal(new Set(readLedger().map((line) => line.attempt_id)).size, readLedger().length)
  })

  it('runs beside another server in its own folder', { timeout: 60_000 }, async () => {
    const folders = ['a', 'b'].map((name) => ({ OUTDIAL_DATA_DIR: join(folder, name), OUTDIAL_DEMO: '0' }))
    const servers = await Promise.all(folders.map(startServer))
    for (const { url } of servers) assert.equal((await fetch(`${url}/readyz`)).status, 200)
    assert.deepEqual(await Promise.all(servers.map((server) => server.stop())), [0, 0])
  })
})
