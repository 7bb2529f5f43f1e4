import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { type Floor, openFloor } from '#kit/floor.ts'

describe('the dialer', () => {
  let floor: Floor
  before(async () => {
    floor = await openFloor({ channels: 3 })
  })
  after(() => floor.close())

  it('calls every lead of a campaign once and completes it', async () => {
    const campaign = await floor.startCampaign({ leads: 10 })
    await floor.run(10 * 60_000)
    assert.equal(floor.dials().length, 10)
    assert.equal(new Set(floor.dials().map((dial) => dial.number)).size, 10)
    const { rows: leads } = await floor.db.owner.query('select status, attempts, due_at from leads')
    assert.deepEqual(
      new Set(leads.map((lead) => `${lead.status} ${lead.attempts} ${lead.due_at}`)),
      new Set(['completed 1 null']),
    )
    const { rows: campaigns } = await floor.db.owner.query(
      'select status, status_reason from campaigns where id = $1',
      [campaign],
    )
    assert.deepEqual(campaigns, [{ status: 'completed', status_reason: 'every lead is done' }])
    const { rows: live } = await floor.db.owner.query('select from attempts where ended_at is null')
    assert.equal(live.length, 0)
  })
})
