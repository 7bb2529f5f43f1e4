import assert from 'node:assert/strict'
import { after, describe, it } from 'node:test'
import { type Floor, openFloor } from '#kit/floor.ts'
import { numbersFrom } from '#kit/tenant.ts'
import type { CarrierFault } from '#telephony/faults.ts'
import type { Carrier } from '#telephony/port.ts'

const minute = 60_000

describe('a dial that its carrier does not take', () => {
  const floors: Floor[] = []
  after(async () => {
    for (const floor of floors) await floor.close()
  })

  /** A floor whose carrier refuses what `refuse` gives a fault for. */
  async function open(refuse: (number: string) => CarrierFault | null) {
    const floor = await openFloor({ script: { default: [{ do: 'busy', weight: 1 }] }, start: '2026-03-02T18:00:00Z' })
    floors.push(floor)
    const asked: string[] = []
    const { carrierOf } = floor.engine
    floor.engine.carrierOf = async (workspaceId, trunkId) => {
      const carrier = (await carrierOf(workspaceId, trunkId)) as Carrier
      const dial: Carrier['dial'] = async (command, signal) => {
        asked.push(command.number)
        const fault = refuse(command.number)
        return fault === null ? carrier.dial(command, signal) : { ok: false, fault }
      }
      return { ...carrier, dial }
    }
    const leads = async () =>
      (
        await floor.db.owner.query(
          `select p.number, l.status, l.held_by, l.attempts, round(extract(epoch from l.due_at - $1) / 60)::int as due_in_minutes
           from leads l join contact_phones p on p.contact_id = l.contact_id order by p.number`,
          [new Date(floor.clock.now())],
        )
      ).rows
    return { floor, asked, leads }
  }

  it('for where it goes costs the lead nothing, waits an hour, and keeps nobody else from being called', async () => {
    let barred = true
    const { floor, asked, leads } = await open((number) =>
      barred && number.startsWith('+44') ? { verdict: 'barred', reason: 'error 21215' } : null,
    )
    const numbers = ['+442079460801', '+12125550802', '+12125550803']
    await floor.startCampaign({ numbers, settings: { max_attempts: 1 } })
    await floor.run(minute)
    assert.equal(floor.dials().length, 2, 'the others are called')
    const [, , abroad] = await leads()
    assert.deepEqual(abroad, {
      ...{ number: '+442079460801', status: 'pending', held_by: 'destination_barred', attempts: 0, due_in_minutes: 59 },
    })
    const { rows } = await floor.db.owner.query(`select state, drop_reason from attempts where number like '+44%'`)
    assert.deepEqual(rows, [{ state: 'dropped', drop_reason: 'error 21215' }])
    barred = false
    await floor.runThroughDueTimes(61 * minute)
    assert.equal(asked.filter((number) => number.startsWith('+44')).length, 2)
    assert.deepEqual(
      (await leads()).map(({ attempts }) => attempts),
      [1, 1, 1],
    )
  })

  it('because the trunk may not dial at all costs nobody anything, and the trunk is tried more and more seldom', async () => {
    let refusing = true
    const tried: number[] = []
    const { floor, asked, leads } = await open(() => {
      tried.push(floors.at(-1)?.clock.now() ?? 0)
      return refusing ? { verdict: 'blocked', reason: 'the account is suspended' } : null
    })
    await floor.startCampaign({ numbers: numbersFrom(1, 12), settings: { max_attempts: 1 } })
    await floor.run(3 * minute)
    const rests = tried.flatMap((at, index) =>
      index > 0 && at > (tried[index - 1] as number) ? [at - (tried[index - 1] as number)] : [],
    )
    assert.deepEqual(
      rests.map((rest) => Math.round(rest / 5_000)),
      [1, 2, 4, 8, 16],
    )
    const first = tried.filter((at) => at === tried[0]).length
    assert.equal(asked.length, first + rests.length, 'after the first refusals each time one call is tried')
    assert.deepEqual(
      new Set((await leads()).map(({ status, attempts }) => `${status} ${attempts}`)),
      new Set(['pending 0']),
    )
    refusing = false
    await floor.run(5 * minute)
    assert.equal(floor.dials().length, 12, 'and with the first that is taken the trunk is trusted again')
  })
})
