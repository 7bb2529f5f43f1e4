import assert from 'node:assert/strict'
import { after, describe, it } from 'node:test'
import fc from 'fast-check'
import { type Floor, type FloorOptions, openFloor } from '#kit/floor.ts'
import { moveCampaign } from '#store/campaigns.ts'
import { newId } from '#store/ids.ts'
import { inWorkspace } from '#store/tx.ts'

const minute = 60_000

describe('a run of a few calls', () => {
  const floors: Floor[] = []
  const open = async (options: FloorOptions) => {
    const floor = await openFloor({ channels: 50, concurrent_calls: 50, owner_concurrent_calls: 50, ...options })
    floors.push(floor)
    return floor
  }
  after(() => Promise.all(floors.map((floor) => floor.close())))

  const move = (floor: Floor, id: string, to: 'active' | 'paused', run_limit?: number | null) =>
    inWorkspace(floor.db.app, floor.tenant, (tx) =>
      moveCampaign(tx, floor.tenant.workspace_id, id, {
        ...{ to, reason: null, at: floor.clock.now() },
        ...(run_limit === undefined ? {} : { run_limit }),
      }),
    )
  const campaignOf = async (floor: Floor, id: string) =>
    (await floor.db.owner.query('select status, status_reason from campaigns where id = $1', [id])).rows[0]

  async function begin(floor: Floor, leads: number, limit: number, firstNumber = 0) {
    const settings = { status: 'draft', completes: 'by_hand' }
    const id = await floor.startCampaign({ leads, first_number: firstNumber, settings })
    await move(floor, id, 'active', limit)
    return id
  }

  it('never has more calls than it was given, whatever the number of dialers, and pauses after them', async () => {
    const floor = await open({ dialers: 3 })
    let used = 0
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 1, max: 20 }), async (leads, limit) => {
        const before = floor.dials().length
        const id = await begin(floor, leads, limit, used)
        used += leads
        await floor.run(2 * minute)
        assert.equal(floor.dials().length - before, Math.min(leads, limit))
        const { status, status_reason } = await campaignOf(floor, id)
        assert.equal(status, limit <= leads ? 'paused' : 'active')
        if (limit <= leads) assert.equal(status_reason, `this run's ${limit} calls were made`)
        await move(floor, id, 'paused')
      }),
      { numRuns: 6, seed: 20_260_304 },
    )
  })

  it('begins anew with each start, and is over with a start that names none', async () => {
    const floor = await open({})
    const id = await begin(floor, 12, 3)
    await floor.run(minute)
    assert.equal(floor.dials().length, 3)
    await move(floor, id, 'active', 4)
    await floor.run(minute)
    assert.equal(floor.dials().length, 7)
    await move(floor, id, 'active', null)
    await floor.run(minute)
    assert.equal(floor.dials().length, 12)
    assert.equal((await campaignOf(floor, id)).status, 'active')
  })

  it('does not count a try that was dropped before its dial', async () => {
    const floor = await open({})
    const id = await begin(floor, 6, 2)
    await floor.db.owner.query(
      `insert into attempts (workspace_id, id, campaign_id, owner_user_id, trunk_id, agentless, number, state, verdict,
         claimed_by, claimed_at, lease_until, ended_at, drop_reason)
       select workspace_id, $4, id, owner_user_id, $2, true, '+12125550199', 'dropped', '{}', 'test', $3, $3,
         $3, 'stopped before the dial' from campaigns where id = $1`,
      [id, floor.tenant.trunk_id, new Date(floor.clock.now()), newId(floor.clock.now() + 1)],
    )
    await floor.run(minute)
    assert.equal(floor.dials().length, 2)
    assert.equal((await campaignOf(floor, id)).status, 'paused')
  })
})
