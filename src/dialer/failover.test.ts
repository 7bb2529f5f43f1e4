/** Calls that one trunk refuses and another one makes, counted in the carrier's own ledger. */
import assert from 'node:assert/strict'
import { after, describe, it } from 'node:test'
import { type App, openApp } from '#kit/app.ts'
import { type Floor, type LedgerLine, openFloor } from '#kit/floor.ts'
import { numbersFrom } from '#kit/tenant.ts'
import type { CarrierFault } from '#telephony/faults.ts'
import type { Carrier } from '#telephony/port.ts'

const minute = 60_000
const count = 40
const numbers = numbersFrom(0, count)
const wide = { concurrent_calls: 100, owner_concurrent_calls: 100 }

describe('a call that its trunk refuses', () => {
  const open: { floor: Floor; app: App }[] = []
  after(async () => {
    for (const { floor, app } of open) {
      await app.close()
      await floor.close()
    }
  })

  /** A whole server with two trunks, `a` the cheaper one, and a campaign over both with a lead for each number. */
  async function start(plays: object[], settings: object = {}, options: object = {}) {
    const script = Object.fromEntries(numbers.map((number) => [number, plays]))
    const floor = await openFloor({ script, start: '2026-03-02T18:00:00Z', ...wide, ...options })
    const app = await openApp({ floor })
    open.push({ floor, app })
    const ask = async (method: string, path: string, body?: object) => {
      const answer = await app.ask(method, `/api/v1${path}`, body ? { body } : {})
      assert.ok(answer.status < 300, answer.text)
      return answer.body
    }
    const makeTrunk = (name: string, price_per_minute: number) =>
      ask('POST', '/trunks', {
        ...{ name, provider: 'simulated', serves: ['+1'], channels: 50, price_per_minute, currency: 'USD' },
      })
    const [a, b] = [(await makeTrunk('A', 0.01)).id, (await makeTrunk('B', 0.02)).id]
    const wanted = { name: 'C', mode: 'broadcast', trunk_choice: 'least_cost', time_zone: 'America/New_York' }
    const { id } = await ask('POST', '/campaigns', { ...wanted, ...settings })
    await ask('POST', `/campaigns/${id}/leads`, { leads: numbers.map((phone) => ({ phone })) })
    await floor.startCampaign({ leads: 0, settings: { completes: 'by_hand' } })
    await ask('POST', `/campaigns/${id}/start`)
    const over = (trunk: string) => floor.dials().filter((dial) => dial.trunk === trunk)
    const leads = async () =>
      (
        await floor.db.owner.query(
          `select status, attempts, carrier_faults, refused_by, last_outcome, count(*)::int as n,
             round(extract(epoch from min(due_at) - $1) / 60)::int as due_in_minutes
           from leads where campaign_id = $2 group by 1, 2, 3, 4, 5`,
          [new Date(floor.clock.now()), id],
        )
      ).rows
    return { floor, ask, a, b, id, over, leads }
  }

  const once = (dials: LedgerLine[]) => {
    assert.deepEqual(dials.map(({ number }) => number).sort(), [...numbers].sort())
  }

  it('for congestion is made by the other one at once, exactly once', async () => {
    const { floor, a, b, over, leads } = await start([{ do: 'congestion' }, { do: 'busy' }], { max_attempts: 1 })
    await floor.run(minute)
    once(over(a))
    once(over(b))
    assert.equal(floor.dials().length, 2 * count)
    assert.deepEqual(await leads(), [
      {
        ...{ status: 'failed', attempts: 1, carrier_faults: 0, refused_by: null, last_outcome: 'busy', n: count },
        due_in_minutes: null,
      },
    ])
    const ends = new Map(floor.ends().map(({ attempt_id, at }) => [attempt_id, at]))
    for (const second of over(b)) {
      const first = over(a).find(({ number }) => number === second.number) as LedgerLine
      assert.ok((ends.get(first.attempt_id) as string) <= second.at, 'never two calls at once')
      assert.ok(Date.parse(second.at) - Date.parse(first.at) < minute / 2)
    }
  })

  it('by each of its trunks in a row waits as ever, and that is one fault', async () => {
    const { floor, a, b, over, leads } = await start([{ do: 'congestion' }, { do: 'congestion' }, { do: 'busy' }], {
      max_attempts: 1,
    })
    await floor.run(minute)
    once(over(a))
    once(over(b))
    const [waiting] = await leads()
    assert.deepEqual(waiting, {
      ...{ status: 'pending', attempts: 0, carrier_faults: 1, refused_by: null, last_outcome: 'congestion', n: count },
      due_in_minutes: 14,
    })
    await floor.runThroughDueTimes(20 * minute)
    assert.equal(over(a).length, 2 * count, 'then the cheaper one is first again')
    assert.equal(floor.dials().length, 3 * count)
  })

  it('over a campaign with one trunk waits a quarter of an hour', async () => {
    const { floor, over, leads, a } = await start([{ do: 'congestion' }, { do: 'busy' }], { trunk_choice: 'fixed' })
    await floor.run(minute)
    assert.equal(floor.dials().length, count)
    assert.deepEqual(over(a), [])
    const [waiting] = await leads()
    assert.deepEqual([waiting.carrier_faults, waiting.due_in_minutes], [1, 14])
  })

  it('as one for a number that there is not, or that its account may not call, is not made by another', async () => {
    const { floor, over, a, b, leads } = await start([{ do: 'invalid-number' }])
    await floor.run(minute)
    once(over(a))
    assert.deepEqual(over(b), [])
    assert.equal((await leads())[0].status, 'failed')
  })

  /** The same, where trunk `a` refuses every dial before it leaves. */
  async function refusing(fault: CarrierFault) {
    const started = await start([{ do: 'busy' }], { max_attempts: 1 })
    const asked: string[] = []
    const { carrierOf } = started.floor.engine
    started.floor.engine.carrierOf = async (workspaceId, trunkId) => {
      const carrier = (await carrierOf(workspaceId, trunkId)) as Carrier
      if (trunkId !== started.a) return carrier
      const dial: Carrier['dial'] = async ({ number }) => {
        asked.push(number)
        return { ok: false, fault }
      }
      return { ...carrier, dial }
    }
    return { ...started, asked }
  }

  it('because it may not dial at all is made by the other one, and costs nothing', async () => {
    const { floor, asked, over, b, leads } = await refusing({ verdict: 'blocked', reason: 'no money is left' })
    await floor.run(minute)
    assert.deepEqual(asked.sort(), [...numbers].sort())
    once(over(b))
    assert.deepEqual([(await leads())[0].attempts, (await leads())[0].carrier_faults], [1, 0])
  })

  it('for the destination, or in doubt, is made by no other', async () => {
    for (const verdict of ['barred', 'indeterminate', 'permanent'] as const) {
      const { floor, asked, over, b } = await refusing({ verdict, reason: 'no' })
      await floor.run(20_000)
      assert.deepEqual(asked.sort(), [...numbers].sort(), verdict)
      assert.deepEqual(over(b), [], verdict)
    }
  })
})
