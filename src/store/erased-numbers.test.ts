import assert from 'node:assert/strict'
import { createHmac, hkdfSync, randomBytes } from 'node:crypto'
import { after, before, describe, it } from 'node:test'
import { number_key, openTestDatabase, type TestDatabase } from '#kit/database.ts'
import { openPool } from './database.ts'
import { deriveNumberKey } from './secrets.ts'

describe("an erased number's hash", () => {
  let db: TestDatabase
  before(async () => {
    db = await openTestDatabase()
  })
  after(() => db.close())

  const hash = 'select number_hash($1, $2) as hash'
  const hashWith = async (options: object, values: [string, string]): Promise<Buffer | null> => {
    const pool = openPool({ connectionString: db.url_owner }, { max: 1, onError: assert.ifError, ...options })
    const { rows } = await pool.query(hash, values)
    await pool.end()
    return rows[0].hash
  }

  it('is the HMAC of workspace and number under a key derived from the master key', async () => {
    const master = randomBytes(32)
    const values: [string, string] = [crypto.randomUUID(), '+12125550142']
    const key = Buffer.from(hkdfSync('sha256', master, 'outdial', 'erased-numbers', 32))
    const expected = createHmac('sha256', key).update(values.join('')).digest('hex')
    assert.equal((await hashWith({ number_key: deriveNumberKey(master) }, values))?.toString('hex'), expected)
    assert.notEqual((await hashWith({ number_key }, values))?.toString('hex'), expected)
  })

  it('is nothing without the key, where nobody is found by it and nothing fails', async () => {
    assert.equal(await hashWith({}, [crypto.randomUUID(), '+12125550142']), null)
    const { rows } = await db.owner.query(`select is_dnc('+12125550142') as blocked`)
    assert.equal(rows[0].blocked, false)
  })

  it('is made by a key that every pooled connection has, also after what a transaction set, and that no statement shows', async () => {
    const client = await db.app.connect()
    await client.query(`begin; set local app.workspace = '${crypto.randomUUID()}'; rollback; reset all; discard temp`)
    const { rows } = await client.query(hash, [crypto.randomUUID(), '+12125550142'])
    assert.equal(rows[0].hash.length, 32)
    client.release()
    for (const place of ['pg_stat_activity', 'pg_settings']) {
      const shown = await db.owner.query(`select from ${place} s where strpos(s::text, $1) > 0`, [
        number_key.slice(0, 40),
      ])
      assert.equal(shown.rowCount, 0, place)
    }
  })

  it('refuses a key that is none', () => {
    const open = () =>
      openPool(
        { connectionString: db.url_owner },
        { max: 1, onError: assert.ifError, number_key: 'x -c role=postgres' },
      )
    assert.throws(open, /is none/)
  })
})
