import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { createRandom } from '#domain/random.ts'
import { makeCase } from './cases.ts'
import { compare } from './compare.ts'
import { mayCall } from './oracle.ts'

describe('the window, worked out twice', () => {
  it('is the same in 5,000 random cases: nobody outside it, nobody held needlessly', () => {
    const found = compare(5_000, 1)
    assert.deepEqual([found.outside, found.needless], [0, 0], JSON.stringify(found.disagreements, null, 1))
    assert.ok(found.now > 250 && found.later > 250 && found.never > 10, JSON.stringify(found))
  })

  it('would be seen to differ: an oracle an hour late disagrees', () => {
    const random = createRandom(2)
    const cases = Array.from({ length: 500 }, () => makeCase(random))
    assert.ok(cases.some((one) => mayCall(one, one.at) !== mayCall(one, one.at - 3_600_000)))
  })
})
