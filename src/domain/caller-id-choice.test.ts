/** Which number is shown, by examples and over random pools. */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { type CallerIdUse, chooseCallerId, nearness } from './caller-id-choice.ts'

const at = Date.parse('2026-03-02T15:00:00Z')
const use = (number: string, change: Partial<CallerIdUse> = {}): CallerIdUse => ({
  ...{ number, calls_per_hour: null, calls: 0, rests_until: null },
  ...change,
})
const [manhattan, bronx, buffalo, losAngeles, toronto, london, leeds] = [
  ...['+12125550101', '+17185550102', '+17165550103', '+13105550104', '+14165550105'],
  ...['+442079460106', '+441134960107'],
] as [string, string, string, string, string, string, string]
const local = { choice: 'local', caller_id: null } as const
const shownTo = (called: string, pool: CallerIdUse[]) => {
  const chosen = chooseCallerId(called, local, pool, at)
  return chosen.ok ? chosen.caller_id : null
}

describe('a caller id', () => {
  it('is nearer in the area code than in the state, there than in the country, and there than abroad', () => {
    const near = [manhattan, buffalo, losAngeles, toronto, london].map((shown) => nearness('+12125550199', shown))
    assert.deepEqual(near, [3, 2, 1, 0, 0])
    assert.ok(nearness('+442079460199', london) > nearness('+442079460199', leeds))
    assert.ok(nearness('+442079460199', leeds) > nearness('+442079460199', manhattan))
  })

  it('is the nearest of those that may be shown; of equally near ones the one that called least', () => {
    const pool = [use(losAngeles), use(buffalo, { calls: 7 }), use(bronx, { calls: 3 }), use(london)]
    assert.equal(shownTo('+12125550199', pool), bronx)
    assert.equal(shownTo('+442079460199', pool), london)
    assert.equal(shownTo('+12125550199', [...pool, use(manhattan, { calls: 90, calls_per_hour: 100 })]), manhattan)
    assert.equal(shownTo('+12125550199', [...pool, use(manhattan, { calls: 100, calls_per_hour: 100 })]), bronx)
    assert.equal(shownTo('+12125550199', [...pool, use(manhattan, { rests_until: at + 1 })]), bronx)
  })

  it('is the named one where it is fixed, registered or not, and held to its limits where it is', () => {
    const fixed = { choice: 'fixed', caller_id: losAngeles } as const
    assert.deepEqual(chooseCallerId('+12125550199', fixed, [use(manhattan)], at), { ok: true, caller_id: losAngeles })
    const spent = use(losAngeles, { calls: 5, calls_per_hour: 5 })
    assert.deepEqual(chooseCallerId('+12125550199', fixed, [use(manhattan), spent], at), {
      ...{ ok: false, asks_again_at: at + 60_000 },
    })
    const none = { choice: 'fixed', caller_id: null } as const
    assert.deepEqual(chooseCallerId('+12125550199', none, [use(manhattan)], at), { ok: true, caller_id: null })
    assert.deepEqual(chooseCallerId('+12125550199', { ...local, caller_id: losAngeles }, [], at), {
      ...{ ok: true, caller_id: losAngeles },
    })
  })

  it('is never one that rests or has made its calls, and is there whenever one may be shown', () => {
    const number = fc.constantFrom(manhattan, bronx, buffalo, losAngeles, toronto, london, leeds)
    const one = fc.record({
      number,
      calls_per_hour: fc.option(fc.integer({ min: 1, max: 5 })),
      calls: fc.nat(6),
      rests_until: fc.option(fc.integer({ min: at - 1000, max: at + 1000 })),
    })
    const pools = fc.uniqueArray(one, { selector: (each) => each.number, minLength: 1, maxLength: 7 })
    fc.assert(
      fc.property(number, pools, (called, pool) => {
        const free = pool.filter(
          ({ calls, calls_per_hour, rests_until }) =>
            calls < (calls_per_hour ?? Number.POSITIVE_INFINITY) && (rests_until ?? 0) <= at,
        )
        const chosen = chooseCallerId(called, local, pool, at)
        assert.equal(chosen.ok, free.length > 0)
        if (!chosen.ok) return assert.ok(chosen.asks_again_at > at)
        const shown = free.find((each) => each.number === chosen.caller_id)
        assert.ok(shown)
        assert.ok(free.every((each) => nearness(called, each.number) <= nearness(called, shown.number)))
      }),
    )
  })
})
