import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { type Floor, openFloor } from '#kit/floor.ts'

const first = '+12125550100'
const second = '+12125550199'

const noon = Date.parse('2026-03-04T17:00:00Z')

describe('what a campaign says of retries', () => {
  let floor: Floor
  before(async () => {
    // Ten in the morning in New York, where both numbers are at home.
    floor = await openFloor({
      start: '2026-03-04T15:00:00Z',
      script: {
        [first]: [{ do: 'rings-out' }],
        [second]: [{ do: 'invalid-number' }],
        default: [{ do: 'rings-out', weight: 1 }],
      },
    })
  })
  after(() => floor.close())

  it("the contact's numbers are tried one after the other, within the one budget", async () => {
    const next = { delay_seconds: 60, next_phone: true }
    const campaign = await floor.startCampaign({
      numbers: [first],
      settings: { max_attempts: 3, retry_rules: { no_answer: next } },
    })
    await floor.db.owner.query(
      `insert into contact_phones (workspace_id, number, contact_id, position)
       select workspace_id, $2, contact_id, 9 from leads where campaign_id = $1`,
      [campaign, second],
    )
    await floor.run(10 * 60_000)
    assert.deepEqual(
      floor.dials().map((dial) => dial.number),
      [first, second],
      'the second one is invalid, and its rule does not go on',
    )
    const { rows } = await floor.db.owner.query('select status, attempts, phone_index from leads')
    assert.deepEqual(rows, [{ status: 'failed', attempts: 2, phone_index: 1 }])
    const { rows: attempts } = await floor.db.owner.query('select number, outcome from attempts order by claimed_at')
    assert.deepEqual(attempts, [
      { number: first, outcome: 'no_answer' },
      { number: second, outcome: 'invalid_number' },
    ])
  })

  it('somebody who was not there in the morning is tried at noon', async () => {
    const campaign = await floor.startCampaign({
      numbers: ['+12125550123'],
      settings: { max_attempts: 2, retry_rules: { no_answer: { delay_seconds: 60, next_daypart: true } } },
    })
    await floor.runThroughDueTimes(3 * 3_600_000)
    const { rows } = await floor.db.owner.query<{ claimed_at: Date }>(
      'select claimed_at from attempts where campaign_id = $1 order by claimed_at',
      [campaign],
    )
    const [morning = 0, later = 0, ...others] = rows.map((row) => row.claimed_at.getTime())
    assert.deepEqual(others, [])
    assert.ok(morning < noon && later >= noon, `${new Date(later)}`)
  })
})
