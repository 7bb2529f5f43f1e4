/** Over which trunks calls went, by the carrier's own ledger. */
import assert from 'node:assert/strict'
import { after, describe, it } from 'node:test'
import { findRoute, type Route, type RoutedTrunk } from '#domain/routing.ts'
import { type Floor, type FloorOptions, openFloor } from '#kit/floor.ts'
import { makeTrunk, numbersFrom } from '#kit/tenant.ts'
import { placeCall } from './place-call.ts'

const minute = 60_000
const start = '2026-03-02T18:00:00Z'
const script = { default: [{ do: 'busy', ring_s: 20, weight: 1 }] }
const wide = { concurrent_calls: 100, owner_concurrent_calls: 100 }
const settings = { trunk_choice: 'least_cost', max_attempts: 1 }

describe('a campaign that chooses among trunks', () => {
  const floors: Floor[] = []
  after(() => Promise.all(floors.map((floor) => floor.close())))

  async function open(options: FloorOptions = {}) {
    const floor = await openFloor({ script, start, ...wide, ...options })
    floors.push(floor)
    return floor
  }
  async function addTrunk(floor: Floor, about: { serves: string[]; [column: string]: unknown }): Promise<string> {
    const { channels = 10, calls_per_second = null, ...rest } = about
    const size = { channels: channels as number, calls_per_second: calls_per_second as number | null }
    const id = await makeTrunk(floor.db.app, floor.tenant, floor.clock.now(), size)
    const columns = Object.keys(rest).map((name, index) => `${name} = $${index + 2}`)
    await floor.db.owner.query(`update trunks set ${columns.join(', ')} where id = $1`, [id, ...Object.values(rest)])
    return id
  }
  const overWhich = (floor: Floor) => Object.fromEntries(floor.dials().map(({ number, trunk }) => [number, trunk]))
  const heldBy = async (floor: Floor) =>
    (await floor.db.owner.query('select held_by, count(*)::int as n from leads group by 1 order by 1')).rows

  it('calls each number over the trunk that names most of it, and the cheapest of these; over its own one nobody', async () => {
    const floor = await open()
    const city = await addTrunk(floor, { serves: ['+1212'], price_per_minute: 9, currency: 'USD' })
    const cheap = await addTrunk(floor, { serves: ['US'], price_per_minute: 1, currency: 'USD' })
    const dear = await addTrunk(floor, { serves: ['US', 'CA'], price_per_minute: 2, currency: 'USD' })
    const numbers = ['+12125550101', '+13105550102', '+14165550103', '+442079460104']
    await floor.startCampaign({ numbers, settings })
    await floor.run(minute)
    assert.deepEqual(overWhich(floor), {
      ...{ [numbers[0] as string]: city, [numbers[1] as string]: cheap, [numbers[2] as string]: dear },
    })
    assert.deepEqual(await heldBy(floor), [
      { held_by: 'not_served', n: 1 },
      { held_by: null, n: 3 },
    ])
  })

  it('never has more calls on a trunk than its lines and its rate allow, and uses the lines of all together', async () => {
    const floor = await open({ dialers: 2 })
    const narrow = await addTrunk(floor, { serves: ['+'], channels: 3, price_per_minute: 1, currency: 'USD' })
    const other = await addTrunk(floor, { serves: ['+'], channels: 4, price_per_minute: 2, currency: 'USD' })
    await floor.startCampaign({ leads: 60, settings })
    await floor.run(3 * minute)
    const ends = new Map(floor.ends().map(({ attempt_id, at }) => [attempt_id, at]))
    for (const [trunk, lines] of [
      [narrow, 3],
      [other, 4],
    ] as const) {
      const calls = floor.dials().filter((dial) => dial.trunk === trunk)
      const upAt = (at: string) => calls.filter((c) => c.at <= at && (ends.get(c.attempt_id) ?? '9') > at).length
      assert.equal(Math.max(...calls.map(({ at }) => upAt(at))), lines)
    }
    assert.equal(floor.dials().length, 60)
  })

  it('keeps with each verdict why it took the trunk, and takes the same one again from that', async () => {
    const floor = await open()
    const first = await addTrunk(floor, { serves: ['+'], channels: 1, price_per_minute: 1, currency: 'USD' })
    const second = await addTrunk(floor, { serves: ['+1'], channels: 1, weight: 0 })
    const off = await addTrunk(floor, { serves: ['+1'], active: false })
    const third = await addTrunk(floor, { serves: ['+'], channels: 1, price_per_minute: 2, currency: 'USD' })
    await floor.startCampaign({ leads: 2, settings })
    await floor.run(5_000)
    const { rows } = await floor.db.owner.query(
      `select number, trunk_id, verdict -> 'route' as route from attempts
         order by verdict #>> '{route,trunks,0,passed_for}' nulls first`,
    )
    assert.deepEqual(
      rows.map(({ trunk_id, route }) => [trunk_id, route.trunk_id, route.trunks[0].passed_for]),
      [
        [first, first, undefined],
        [third, third, 'trunk_channels'],
      ],
    )
    const why = new Map(
      rows[0].route.left_out.map((each: { trunk_id: string; why: string }) => [each.trunk_id, each.why]),
    )
    assert.deepEqual([why.size, why.get(second), why.get(off)], [2, 'reserve', 'inactive'])
    for (const { number, route } of rows) {
      const trunks = route.trunks.map((trunk: Route['trunks'][number]): RoutedTrunk => {
        const { trunk_id: id, serves, weight, price_per_minute, rests_until } = trunk
        return { id, name: '', serves: [serves], weight, price_per_minute, blocked_until: rests_until, unfit: null }
      })
      const again = findRoute({ number, seed: route.seed, refused_by: [] }, trunks.toReversed())
      assert.deepEqual(
        again.trunks.map(({ trunk_id }) => trunk_id),
        route.trunks.map(({ trunk_id }: { trunk_id: string }) => trunk_id),
      )
    }
  })

  it('lets those go first whose trunks have lines, when others stand before them', async () => {
    const floor = await open()
    await addTrunk(floor, { serves: ['US'], channels: 1 })
    const britain = await addTrunk(floor, { serves: ['GB'], channels: 5 })
    const numbers = [...numbersFrom(0, 150), ...Array.from({ length: 5 }, (_, n) => `+44207946080${n}`)]
    await floor.startCampaign({ numbers, settings })
    await floor.run(15_000, 1_000)
    assert.equal(floor.dials().filter(({ trunk }) => trunk === britain).length, 5)
    assert.ok((await heldBy(floor)).some(({ held_by }) => held_by === 'route_full'))
  })

  it('shows the numbers of the trunk it takes', async () => {
    const floor = await open()
    const [a, b] = [await addTrunk(floor, { serves: ['+1212'] }), await addTrunk(floor, { serves: ['+1310'] })]
    for (const [trunk, number] of [
      [a, '+12125550801'],
      [b, '+13105550802'],
    ])
      await floor.db.owner.query(
        `insert into caller_ids (workspace_id, trunk_id, number, created_at) values ($1, $2, $3, now())`,
        [floor.tenant.workspace_id, trunk, number],
      )
    const numbers = ['+12125550101', '+13105550102']
    await floor.startCampaign({ numbers, settings: { ...settings, caller_id_choice: 'local' } })
    await floor.run(minute)
    assert.deepEqual(Object.fromEntries(floor.dials().map(({ number, caller_id }) => [number, caller_id])), {
      ...{ '+12125550101': '+12125550801', '+13105550102': '+13105550802' },
    })
  })

  it('chooses for calls by hand, too, that nobody of ours waits for', async () => {
    const floor = await open()
    const abroad = await addTrunk(floor, { serves: ['GB'] })
    const campaign_id = await floor.startCampaign({ leads: 0, settings: { ...settings, completes: 'by_hand' } })
    const { workspace_id, user_id, trunk_id } = floor.tenant
    const by = { placed_by: user_id, metadata: {}, external_lead_id: null }
    const call = (number: string, caller_id: string | null) =>
      placeCall(floor.engine, workspace_id, { callee: { number, campaign_id }, agent: null, caller_id, by })
    const placed = await call('+442079460801', null)
    assert.equal(placed.done, 'dialed')
    assert.equal((await call('+442079460802', '+12125550199')).done, 'dialed')
    assert.deepEqual(await call('+12125550101', null), {
      ...{ done: 'refused', why: 'trunk', detail: 'No trunk of the campaign serves the number.' },
    })
    await floor.run(minute)
    assert.deepEqual(overWhich(floor), { '+442079460801': abroad, '+442079460802': trunk_id })
    const { rows } = await floor.db.owner.query(
      `select verdict -> 'route' ->> 'trunk_id' as took from attempts order by number`,
    )
    assert.deepEqual(rows, [{ took: abroad }, { took: null }])
  })
})
