import assert from 'node:assert/strict'
import { after, describe, it } from 'node:test'
import { type Floor, openFloor } from '#kit/floor.ts'
import { makeMember } from '#kit/tenant.ts'

const minute = 60_000

/** The most calls up at once, from the carrier's own ledger. */
function mostAtOnce(floor: Floor, attempts?: Set<string>): number {
  const mine = (line: { attempt_id: string }) => !attempts || attempts.has(line.attempt_id)
  const moments = [
    ...floor
      .dials()
      .filter(mine)
      .map((line) => ({ at: line.at, change: 1 })),
    ...floor
      .ends()
      .filter(mine)
      .map((line) => ({ at: line.at, change: -1 })),
  ].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : a.change - b.change))
  let up = 0
  return Math.max(...moments.map(({ change }) => (up += change)))
}

async function attemptsByOwner(floor: Floor): Promise<{ owner_user_id: string; id: string }[]> {
  const { rows } = await floor.db.owner.query('select owner_user_id, id from attempts order by intent_at, id')
  return rows
}

describe('limits', () => {
  const floors: Floor[] = []
  const open = async (options: Parameters<typeof openFloor>[0]) => {
    const floor = await openFloor(options)
    floors.push(floor)
    return floor
  }
  after(() => Promise.all(floors.map((floor) => floor.close())))

  it('two owners who compete for every line are dialed strictly in turn', async () => {
    const floor = await open({ channels: 20, concurrent_calls: 4, owner_concurrent_calls: 4 })
    const other = await makeMember(floor.db.app, floor.tenant, floor.clock.now(), 4)
    await floor.startCampaign({ leads: 60 })
    await floor.startCampaign({ leads: 60, first_number: 1000, owner_user_id: other })
    await floor.run(3 * minute)
    const { rows } = await floor.db.owner.query('select id, owner_user_id from attempts')
    const ownerOf = new Map(rows.map((row) => [row.id, row.owner_user_id]))
    const owners = floor.dials().map((dial) => ownerOf.get(dial.attempt_id))
    assert.ok(owners.length > 12, `only ${owners.length} dials`)
    for (let i = 2; i < owners.length; i += 1) assert.notEqual(owners[i], owners[i - 1], `dial ${i}`)
    assert.equal(mostAtOnce(floor), 4)
  })

  it('owners with two lines each hold two lines to the end', async () => {
    const floor = await open({ channels: 20, concurrent_calls: 10, owner_concurrent_calls: 2 })
    const other = await makeMember(floor.db.app, floor.tenant, floor.clock.now(), 2)
    await floor.startCampaign({ leads: 30 })
    await floor.startCampaign({ leads: 30, first_number: 1000, owner_user_id: other })
    await floor.run(5 * minute)
    const attempts = await attemptsByOwner(floor)
    for (const owner of [floor.tenant.user_id, other]) {
      const own = new Set(attempts.filter((a) => a.owner_user_id === owner).map((a) => a.id))
      assert.equal(mostAtOnce(floor, own), 2)
      assert.ok(own.size >= 12, `${own.size} dials in five minutes`)
    }
  })

  it('an owner with nothing due never slows another', async () => {
    const floor = await open({ channels: 20, concurrent_calls: 4, owner_concurrent_calls: 4 })
    const idle = await makeMember(floor.db.app, floor.tenant, floor.clock.now(), 4)
    await floor.startCampaign({ leads: 0, owner_user_id: idle })
    await floor.startCampaign({ leads: 30 })
    await floor.run(2 * minute)
    assert.equal(mostAtOnce(floor), 4)
  })

  it('trunk channels, campaign cap, daily limit and installation cap each hold', async () => {
    const trunk = await open({ channels: 3, concurrent_calls: 50, owner_concurrent_calls: 50 })
    await trunk.startCampaign({ leads: 20 })
    await trunk.run(minute)
    assert.equal(mostAtOnce(trunk), 3)

    const campaign = await open({ channels: 50, concurrent_calls: 50, owner_concurrent_calls: 50 })
    await campaign.startCampaign({ leads: 40, settings: { max_concurrent_calls: 5, daily_limit: 12 } })
    await campaign.run(10 * minute)
    assert.equal(mostAtOnce(campaign), 5)
    assert.equal(campaign.dials().length, 12)

    const system = await open({ channels: 50, concurrent_calls: 50, owner_concurrent_calls: 50, system_cap: 2 })
    await system.startCampaign({ leads: 10 })
    await system.run(minute)
    assert.equal(mostAtOnce(system), 2)
  })

  it('the day of a daily limit begins anew at midnight of the campaign', async () => {
    const floor = await open({
      channels: 50,
      concurrent_calls: 50,
      owner_concurrent_calls: 50,
      start: '2026-03-04T23:00:00Z',
    })
    await floor.startCampaign({ leads: 9, settings: { daily_limit: 3 } })
    await floor.run(48 * 60 * minute, 10 * minute)
    const { rows } = await floor.db.owner.query('select day::text, dials from campaign_days order by day')
    assert.deepEqual(rows, [
      { day: '2026-03-04', dials: 3 },
      { day: '2026-03-05', dials: 3 },
      { day: '2026-03-06', dials: 3 },
    ])
  })
})
