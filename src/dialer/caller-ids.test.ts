/** Which numbers people were shown, and how often, by the carrier's own ledger. */
import assert from 'node:assert/strict'
import { after, describe, it } from 'node:test'
import { type Floor, type FloorOptions, openFloor } from '#kit/floor.ts'
import { numbersFrom } from '#kit/tenant.ts'

const hour = 3_600_000

/** The ledger's dials, at the campaigns' time. */
async function dialedAt(floor: Floor): Promise<{ caller_id: string | null; at: number }[]> {
  const { rows } = await floor.db.owner.query('select id, claimed_at from attempts')
  const times = new Map(rows.map(({ id, claimed_at }) => [id, claimed_at.getTime()]))
  return floor.dials().map(({ attempt_id, caller_id }) => ({ caller_id, at: times.get(attempt_id) as number }))
}
const script = { default: [{ do: 'busy', ring_s: 2, weight: 1 }] }

describe('caller ids', () => {
  const floors: Floor[] = []
  after(() => Promise.all(floors.map((floor) => floor.close())))

  async function open(ids: { number: string; calls_per_hour?: number; rests_until?: string }[], options: FloorOptions) {
    const floor = await openFloor({ script, start: '2026-03-02T18:00:00Z', ...options })
    floors.push(floor)
    for (const { number, calls_per_hour = null, rests_until = null } of ids)
      await floor.db.owner.query(
        `insert into caller_ids (workspace_id, trunk_id, number, calls_per_hour, rests_until, created_at)
         select workspace_id, id, $1, $2, $3, now() from trunks where workspace_id = $4`,
        [number, calls_per_hour, rests_until, floor.tenant.workspace_id],
      )
    return floor
  }

  it('are the nearest of the trunk where the campaign asks for it', async () => {
    const [newYork, losAngeles, london] = ['+12125550801', '+13105550802', '+442079460803']
    const ids = [newYork, losAngeles, london].map((number) => ({ number: number as string }))
    const floor = await open(ids, {})
    const near = { '+17185550101': newYork, '+13235550102': losAngeles, '+441134960103': london }
    await floor.startCampaign({ numbers: Object.keys(near), settings: { caller_id_choice: 'local', max_attempts: 1 } })
    await floor.run(60_000)
    assert.deepEqual(Object.fromEntries(floor.dials().map(({ number, caller_id }) => [number, caller_id])), near)
  })

  it('are in no hour shown more often than they may be, over all dialers and campaigns; leads wait and say for what', async () => {
    const [few, more] = ['+12125550811', '+12125550812']
    const floor = await open(
      [
        { number: few as string, calls_per_hour: 2 },
        { number: more as string, calls_per_hour: 5 },
      ],
      {
        dialers: 2,
      },
    )
    const settings = { caller_id_choice: 'local', max_attempts: 1 }
    await floor.startCampaign({ numbers: numbersFrom(100, 9), settings })
    await floor.startCampaign({ numbers: numbersFrom(300, 9), settings: { max_attempts: 1, caller_id: few } })
    await floor.run(30_000)
    assert.equal(floor.dials().length, 7)
    const { rows } = await floor.db.owner.query(`select distinct held_by from leads where status = 'pending'`)
    assert.deepEqual(rows, [{ held_by: 'caller_ids_spent' }])
    await floor.runThroughDueTimes(8 * hour)
    const shown = await dialedAt(floor)
    assert.equal(shown.length, 18)
    for (const { caller_id, at } of shown) {
      const within = shown.filter((each) => each.caller_id === caller_id && each.at > at - hour && each.at <= at)
      assert.ok(within.length <= (caller_id === few ? 2 : 5), `${caller_id}: ${within.length} at ${new Date(at)}`)
    }
  })

  it('are shown to nobody while they rest', async () => {
    const rests_until = '2026-03-02T18:10:00Z'
    const floor = await open([{ number: '+12125550821', rests_until }], {})
    await floor.startCampaign({
      numbers: numbersFrom(1, 2),
      settings: { caller_id_choice: 'local', max_attempts: 1 },
    })
    await floor.run(20_000)
    assert.deepEqual(floor.dials(), [])
    await floor.runThroughDueTimes(hour)
    const dials = await dialedAt(floor)
    assert.equal(dials.length, 2)
    for (const { at } of dials) assert.ok(at >= Date.parse(rests_until))
  })
})
