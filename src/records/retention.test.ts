import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { openTestDatabase, type TestDatabase } from '#kit/database.ts'
import { makeCampaign, makeTenant } from '#kit/tenant.ts'
import { keepRetention } from './retention.ts'

const day = 86_400_000

describe('retention', () => {
  let db: TestDatabase
  before(async () => {
    db = await openTestDatabase()
  })
  after(() => db.close())

  it('deletes payloads after 30 days and live events after one, and nothing before', async () => {
    const at = Date.now()
    const tenant = await makeTenant(db.app, at)
    await makeCampaign(db.app, tenant, at, { status: 'active' })
    for (const age of [0, 29, 31]) {
      await db.owner.query(
        `insert into provider_payloads (workspace_id, trunk_id, payload, received_at) values ($1, $2, '{}', $3)`,
        [tenant.workspace_id, tenant.trunk_id, new Date(at - age * day)],
      )
    }
    for (const [seq, hours] of [1, 23, 25].entries()) {
      await db.owner.query(
        `insert into live_events (workspace_id, seq, type, data, at) values ($1, $2, 'x', '{}', $3)`,
        [tenant.workspace_id, seq + 1, new Date(at - hours * 3_600_000)],
      )
    }
    assert.equal(await keepRetention(db.app, { now: () => at }), 2)
    const { rows } = await db.owner.query(`select (select count(*)::int from provider_payloads) as payloads,
      (select array_agg(seq::int order by seq) from live_events) as live`)
    assert.deepEqual(rows[0], { payloads: 2, live: [1, 2] })
  })
})
