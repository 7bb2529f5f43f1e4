import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { type Floor, openFloor } from '#kit/floor.ts'

const first = '+12125550100'
const second = '+12125550199'

describe('a contact with several numbers', () => {
  let floor: Floor
  before(async () => {
    floor = await openFloor({
      script: {
        [first]: [{ do: 'rings-out' }],
        [second]: [{ do: 'invalid-number' }, { do: 'answers', talk_s: 10 }],
        default: [{ do: 'busy', weight: 1 }],
      },
    })
  })
  after(() => floor.close())

  it('is tried at one after the other, within the one budget', async () => {
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
})
