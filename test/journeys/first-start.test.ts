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

  /** The demo is gone to, looked at, left and ended. */
  async function seesAMonth(url: string, signedIn: string): Promise<void> {
    let cookie = signedIn
    const ask = async (method: string, path: string, body?: object) => {
      const headers = { cookie, 'sec-fetch-site': 'same-origin', ...(body && { 'content-type': 'application/json' }) }
      const answer = await fetch(`${url}/api/v1${path}`, {
        method,
        headers,
        ...(body && { body: JSON.stringify(body) }),
      })
      cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? cookie
      const text = await answer.text()
      return { status: answer.status, data: text === '' ? [] : JSON.parse(text).data }
    }
    const workspaces = (await ask('GET', '/me/workspaces')).data as { id: string; is_demo: boolean }[]
    const [demo, home] = [true, false].map((is) => workspaces.find(({ is_demo }) => is_demo === is)?.id as string)
    assert.equal((await ask('PUT', '/me/workspace', { workspace: demo })).status, 200)
    const campaigns = (await ask('GET', '/campaigns')).data as { name: string; status: string }[]
    assert.deepEqual(campaigns.map(({ name, status }) => `${name}, ${status}`).sort(), [
      ...['Demo: autumn invitations, active', 'Demo: open day, completed', 'Demo: renewals, completed'],
    ])
    const calls = (await ask('GET', '/calls?sort=created_at&limit=200')).data as { initiated_at: string }[]
    const old = calls.filter(({ initiated_at }) => Date.now() - Date.parse(initiated_at) > 14 * 86_400_000)
    assert.equal(old.length, 200, 'calls of two weeks ago and before')
    assert.equal((await ask('PUT', '/me/workspace', { workspace: home })).status, 200)
    assert.equal((await ask('DELETE', `/workspaces/${demo}`)).status, 204)
    assert.equal((await ask('GET', '/me/workspaces')).data.length, 1)
  }

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
    await first.saying('a month of calls')
    const cookie = (cookies[0] as string).split(';')[0] as string
    await seesAMonth(first.url, cookie)
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
