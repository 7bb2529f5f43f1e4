import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { type App, openApp } from '#kit/app.ts'

describe('pages of a list', () => {
  let app: App
  const names = ['e', 'a', 'c', 'b', 'd', 'a']
  before(async () => {
    app = await openApp()
    for (const name of names) await app.ask('POST', '/api/v1/campaigns', { body: { name } })
  })
  after(() => app.close())

  async function readAll(query: string, limit: number) {
    const seen: { id: string; name: string }[] = []
    let cursor: string | null = ''
    while (cursor !== null) {
      const after: string = cursor === '' ? '' : `&cursor=${cursor}`
      const { body } = await app.ask('GET', `/api/v1/campaigns?limit=${limit}${query}${after}`)
      assert.ok(body.data.length <= limit)
      seen.push(...body.data)
      cursor = body.next_cursor
    }
    return seen
  }

  it('show every row once, in order, whatever their size', async () => {
    for (const limit of [1, 2, 3, 5, 6, 7]) {
      const rows = await readAll('&sort=name', limit)
      assert.deepEqual(
        rows.map((row) => row.name),
        names.toSorted(),
      )
      assert.equal(new Set(rows.map((row) => row.id)).size, names.length)
      const reversed = await readAll('&sort=-name', limit)
      assert.deepEqual(
        reversed.map((row) => row.id),
        rows.map((row) => row.id).reverse(),
      )
    }
  })

  it('do not shift when a row comes in before them', async () => {
    const first = (await app.ask('GET', '/api/v1/campaigns?limit=2&sort=name')).body
    const added = await app.ask('POST', '/api/v1/campaigns', { body: { name: 'A0' } })
    const second = (await app.ask('GET', `/api/v1/campaigns?limit=2&sort=name&cursor=${first.next_cursor}`)).body
    assert.deepEqual(
      second.data.map((row: { name: string }) => row.name),
      ['b', 'c'],
    )
    assert.ok(added.body.id)
  })

  it('refuse a cursor of another sort, a forged one and a limit beyond 1000', async () => {
    const { next_cursor } = (await app.ask('GET', '/api/v1/campaigns?limit=1&sort=name')).body
    const forged = Buffer.from(JSON.stringify(['name', 'x\0', crypto.randomUUID()])).toString('base64url')
    for (const query of [`sort=number&cursor=${next_cursor}`, `sort=name&cursor=${forged}`, 'cursor=nonsense']) {
      const answer = await app.ask('GET', `/api/v1/campaigns?${query}`)
      assert.equal(answer.status, 400, query)
      assert.equal(answer.body.type, '/problems/invalid-cursor')
    }
    assert.equal((await app.ask('GET', '/api/v1/campaigns?limit=1001')).status, 400)
    assert.equal((await app.ask('GET', '/api/v1/campaigns?colour=red')).status, 400)
  })

  it('filter', async () => {
    assert.equal((await app.ask('GET', '/api/v1/campaigns?status=active,paused')).body.data.length, 0)
    assert.equal((await app.ask('GET', '/api/v1/campaigns?status=draft&search=E')).body.data.length, 1)
  })
})
