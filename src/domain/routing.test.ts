import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type Called, findRoute, isServable, longestServed, mayGoElsewhere, type RoutedTrunk } from './routing.ts'

const trunk = (id: string, serves: string[], more: Partial<RoutedTrunk> = {}): RoutedTrunk => ({
  ...{ id, name: id, serves, weight: 1, price_per_minute: null, blocked_until: null, unfit: null },
  ...more,
})
const berlin = '+493012345678'
const newYork = '+12125550143'
const toronto = '+14165550143'
const called = (number: string, more: Partial<Called> = {}): Called => ({ number, seed: 's', refused_by: [], ...more })
const ids = (number: string, trunks: RoutedTrunk[], more: Partial<Called> = {}) =>
  findRoute(called(number, more), trunks).trunks.map(({ trunk_id }) => trunk_id)

describe('what a trunk serves', () => {
  it('is prefixes, countries, or all numbers; the longest part counts', () => {
    assert.equal(longestServed(berlin, ['+', '+49', '+4930', '+1']), '+4930')
    assert.equal(longestServed(berlin, ['DE']), 'DE')
    assert.equal(longestServed(berlin, ['+1', 'FR']), null)
    assert.equal(longestServed(berlin, []), null)
    assert.equal(longestServed(berlin, ['+']), '+')
  })

  it('tells countries of one calling code apart', () => {
    assert.equal(longestServed(toronto, ['US']), null)
    assert.equal(longestServed(toronto, ['US', 'CA']), 'CA')
    assert.equal(longestServed(newYork, ['US', 'CA']), 'US')
  })

  it('names countries that have a numbering plan', () => {
    assert.ok(['DE', 'US', '+', '+1212'].every(isServable))
    assert.ok(!isServable('XX'))
  })
})

describe('a route', () => {
  it('has the trunk first that names most of the number, then the cheapest, then those without a price', () => {
    const trunks = [
      trunk('all', ['+'], { price_per_minute: 0.001 }),
      trunk('unpriced', ['+49']),
      trunk('dear', ['DE'], { price_per_minute: 0.03 }),
      trunk('cheap', ['+49'], { price_per_minute: 0.02 }),
      trunk('city', ['+4930'], { price_per_minute: 0.09 }),
      trunk('abroad', ['+1']),
    ]
    assert.deepEqual(ids(berlin, trunks), ['city', 'cheap', 'dear', 'unpriced', 'all'])
    assert.deepEqual(findRoute(called(berlin), trunks).left_out, [{ trunk_id: 'abroad', why: 'other_numbers' }])
    assert.deepEqual(findRoute(called(berlin), trunks).trunks[0], {
      ...{ trunk_id: 'city', serves: '+4930', price_per_minute: 0.09, weight: 1, rests_until: null },
    })
  })

  it('draws lots among equals as their weights say, and the same ones for the same seed', () => {
    const trunks = [trunk('a', ['+'], { weight: 3 }), trunk('b', ['+']), trunk('c', ['+'])]
    const first = Array.from({ length: 10_000 }, (_, n) => ids(berlin, trunks, { seed: `lead-${n} 0` })[0])
    const share = (id: string) => first.filter((each) => each === id).length / first.length
    assert.ok(Math.abs(share('a') - 0.6) < 0.02, `${share('a')}`)
    assert.ok(Math.abs(share('b') - 0.2) < 0.02, `${share('b')}`)
    assert.deepEqual(ids(berlin, trunks, { seed: 'x' }), ids(berlin, trunks.toReversed(), { seed: 'x' }))
  })

  it('takes a trunk of weight 0 only when no other one that serves the number is trusted, and after it', () => {
    const reserve = trunk('reserve', ['+4930'], { weight: 0, price_per_minute: 0 })
    const resting = { blocked_until: '2026-03-02T18:00:00Z' }
    assert.deepEqual(ids(berlin, [reserve, trunk('a', ['+'])]), ['a'])
    assert.deepEqual(ids(berlin, [reserve, trunk('a', ['+'], resting)]), ['a', 'reserve'])
    assert.deepEqual(ids(berlin, [reserve, trunk('a', ['+1'])]), ['reserve'])
    assert.deepEqual(ids(berlin, [reserve, trunk('a', ['+'])], { refused_by: ['a'] }), ['reserve'])
  })

  it('leaves out whom the campaign can not use, and says why', () => {
    const trunks = (['inactive', 'rehearsal', 'caller_id'] as const).map((unfit) => trunk(unfit, ['+'], { unfit }))
    const route = findRoute(called(berlin), trunks)
    assert.deepEqual(route.trunks, [])
    assert.deepEqual(
      route.left_out.map(({ trunk_id, why }) => trunk_id === why),
      [true, true, true],
    )
  })

  it('leaves out who refused the last calls, until none remains', () => {
    const trunks = [trunk('a', ['+'], { price_per_minute: 1 }), trunk('b', ['+'], { price_per_minute: 2 })]
    assert.deepEqual(ids(berlin, trunks, { refused_by: ['a'] }), ['b'])
    assert.deepEqual(findRoute(called(berlin, { refused_by: ['a'] }), trunks).left_out, [
      { trunk_id: 'a', why: 'refused' },
    ])
    assert.deepEqual(ids(berlin, trunks, { refused_by: ['a', 'b'] }), ['a', 'b'])
  })

  it('goes elsewhere at once where another trunk serves the number and does not rest', () => {
    const at = Date.parse('2026-03-02T18:00:00Z')
    const after = (trunks: RoutedTrunk[]) => mayGoElsewhere({ number: berlin, refused_by: ['a'] }, trunks, at)
    assert.ok(after([trunk('a', ['+']), trunk('b', ['+49'])]))
    assert.ok(after([trunk('a', ['+']), trunk('b', ['+49'], { weight: 0 })]))
    assert.ok(!after([trunk('a', ['+']), trunk('b', ['+1'])]))
    assert.ok(!after([trunk('a', ['+']), trunk('b', ['+'], { unfit: 'caller_id' })]))
    assert.ok(!after([trunk('b', ['+'], { blocked_until: '2026-03-02T18:00:01Z' })]))
    assert.ok(after([trunk('b', ['+'], { blocked_until: '2026-03-02T18:00:00Z' })]))
  })
})
