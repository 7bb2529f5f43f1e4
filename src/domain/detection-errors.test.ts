import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { errorInterval, isPastBudget } from './detection-errors.ts'
import { isSampled } from './live-answer.ts'

const counts = fc
  .record({ labelled: fc.integer({ min: 1, max: 5_000 }), share: fc.double({ min: 0, max: 1, noNaN: true }) })
  .map(({ labelled, share }) => ({ labelled, wrong: Math.round(labelled * share) }))

describe("detection's errors", () => {
  it('lie in an interval around what was labelled, which narrows with more labels', () => {
    fc.assert(
      fc.property(counts, ({ labelled, wrong }) => {
        const { low, high } = errorInterval({ labelled, wrong })
        const more = errorInterval({ labelled: labelled * 10, wrong: wrong * 10 })
        assert.ok(low >= 0 && low <= wrong / labelled + 1e-9 && wrong / labelled <= high + 1e-9 && high <= 1)
        assert.ok(more.high - more.low < high - low)
      }),
    )
    // As published: 10 of 100 is 5.5 to 17.4 per cent.
    const { low, high } = errorInterval({ labelled: 100, wrong: 10 })
    assert.deepEqual([low.toFixed(3), high.toFixed(3)], ['0.055', '0.174'])
  })

  it('are past the budget only beyond chance, and never by a handful of labels', () => {
    assert.equal(isPastBudget({ labelled: 100, wrong: 10 }), true)
    assert.equal(isPastBudget({ labelled: 100, wrong: 8 }), false)
    assert.equal(isPastBudget({ labelled: 19, wrong: 19 }), false)
    assert.equal(isPastBudget({ labelled: 0, wrong: 0 }), false)
  })

  it('are sampled as often as is said, and always of the same calls', () => {
    const ids = Array.from(
      { length: 20_000 },
      (_, n) => `id-${((n * 2_654_435_761) % 2 ** 32).toString(16).padStart(8, '0')}`,
    )
    for (const percent of [0, 2, 10]) {
      const sampled = ids.filter((id) => isSampled(id, percent)).length
      assert.ok(Math.abs(sampled - ids.length * (percent / 100)) <= 40, `${sampled} at ${percent} %`)
    }
  })
})
