import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { percent } from './percent.ts'

describe('A share in percent', () => {
  it('has two decimals, and is 0 of nothing', () => {
    const shares = [percent(5, 14), percent(3, 5), percent(1, 3), percent(2, 3), percent(0, 0)]
    assert.deepEqual(shares, [35.71, 60, 33.33, 66.67, 0])
  })
})
