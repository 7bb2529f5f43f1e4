import assert from 'node:assert/strict'
import { after, describe, it } from 'node:test'
import { type Shift, workShift } from '#kit/shift.ts'
import { recountShift } from '#kit/shift-recount.ts'

describe('a shift on the virtual clock', () => {
  let shift: Shift | undefined
  after(() => shift?.floor.close())

  it('adds up: states, times, answers, abandons and notes equal a recount of the events', async () => {
    shift = await workShift({ agents: 6, hours: 0.4, leads: 400 })
    const { figures, faults } = await recountShift(shift)
    assert.deepEqual(faults, [])
    assert.deepEqual(await countedByDay(shift), await recountedByDay(shift))
    assert.ok(figures.talked > 20 && figures.abandoned > 0, JSON.stringify(figures))
  })
})

/** Live answers and abandons, as the days have them and as the attempts do. */
async function countedByDay({ floor }: Shift): Promise<unknown> {
  const { rows } = await floor.db.owner.query(
    'select campaign_id, sum(live_answers)::int as live, sum(abandoned)::int as abandoned from answer_days group by 1 order by 1',
  )
  return rows
}

async function recountedByDay({ floor }: Shift): Promise<unknown> {
  const { rows } = await floor.db.owner.query(
    `select campaign_id, count(*)::int as live, count(abandoned_at)::int as abandoned from attempts
     where live_at is not null and ended_at is not null
       and (abandoned_at is not null or outcome not in ('machine', 'fax', 'screened')) group by 1 order by 1`,
  )
  return rows
}
