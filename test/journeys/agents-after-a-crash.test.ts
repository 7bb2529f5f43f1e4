import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { connectAgent } from '#kit/agent-socket.ts'
import { makeAgent } from '#kit/agents.ts'
import { openTestDatabase, type TestDatabase } from '#kit/database.ts'
import { startServer } from '#kit/server-process.ts'
import { makeTenant } from '#kit/tenant.ts'
import { hashToken, makeToken } from '#server/features/installation/first-owner.ts'
import { createApiKey } from '#store/api-keys.ts'
import { newId } from '#store/ids.ts'
import { inWorkspace } from '#store/tx.ts'

describe('a server that is killed', () => {
  let db: TestDatabase
  const folder = mkdtempSync(join(tmpdir(), 'outdial-crash-'))
  before(async () => {
    db = await openTestDatabase()
  })
  after(async () => {
    await db.close()
    rmSync(folder, { recursive: true, force: true })
  })

  it('loses nobody from the board, and its agents come back to what they missed', async () => {
    const at = Date.now()
    const tenant = await makeTenant(db.app, at)
    const key = makeToken()
    await inWorkspace(db.app, tenant, (tx) =>
      createApiKey(tx, tenant.workspace_id, {
        ...{ id: newId(at), user_id: tenant.user_id, name: 'k', prefix: key.slice(0, 14), token_hash: hashToken(key) },
        ...{ scopes: ['admin'], at },
      }),
    )
    const options = { user_id: tenant.user_id, reached_at: 'browser' as const }
    const mine = await makeAgent(db.owner, tenant, at, options)
    const extension = await makeAgent(db.owner, tenant, at)
    const start = () =>
      startServer({ DATABASE_URL: db.url_owner, OUTDIAL_DATA_DIR: folder, OUTDIAL_DEMO: '0', OUTDIAL_ROLE: 'all' })
    const ask = async (url: string, method: string, path: string, body?: object) => {
      const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' }
      const sent = body === undefined ? {} : { body: JSON.stringify(body) }
      const response = await fetch(`${url}/api/v1/agent-sessions${path}`, { method, headers, ...sent })
      return (await response.json()) as { id: string; data: { agent_id: string; state: string }[] }
    }
    const first = await start()
    const { id } = await ask(first.url, 'POST', '', {})
    await ask(first.url, 'POST', '', { agent_id: extension })
    const client = await connectAgent(first.url, { key })
    const { seq } = await client.hears('state')
    await first.kill()
    await client.closed

    const second = await start()
    const board = await ask(second.url, 'GET', '')
    assert.deepEqual(
      board.data.map((row) => [row.agent_id, row.state]),
      [
        [mine, 'available'],
        [extension, 'available'],
      ],
    )
    await ask(second.url, 'POST', `/${id}/message`, { text: 'we are back' })
    const again = await connectAgent(second.url, { key, query: `?session_id=${id}&seen=${seq}` })
    const state = await again.hears('state')
    assert.deepEqual(
      [state.owner, state.session.state, state.messages[0].data.text],
      [true, 'available', 'we are back'],
    )
    assert.equal(await second.stop(), 0)
    assert.equal(await again.closed, 1001)
  })
})
