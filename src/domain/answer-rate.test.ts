import assert from 'node:assert/strict'
import { it } from 'node:test'
import { hasFallen } from './answer-rate.ts'
import { createRandom } from './random.ts'

const random = createRandom(7)
const draw = (calls: number, rate: number) => ({
  calls,
  answered: Array.from({ length: calls }, () => random() < rate).filter(Boolean).length,
})
const shareFallen = (before: number, lately: number, calls: number) => {
  const looks = 2000
  let fallen = 0
  for (let look = 0; look < looks; look++) if (hasFallen(draw(7 * calls, before), draw(calls, lately))) fallen += 1
  return fallen / looks
}

it('a rate that is what it was is seldom taken for one that fell', () => {
  for (const rate of [0.05, 0.3, 0.6]) assert.ok(shareFallen(rate, rate, 100) <= 0.004, String(rate))
})

it('a rate that halved is noticed within a few hundred calls, one that rose never', () => {
  assert.ok(shareFallen(0.3, 0.15, 200) > 0.9)
  assert.equal(shareFallen(0.2, 0.4, 200), 0)
})

it('of a few calls nothing is said', () => {
  assert.equal(hasFallen({ calls: 1000, answered: 900 }, { calls: 49, answered: 0 }), false)
  assert.equal(hasFallen({ calls: 49, answered: 49 }, { calls: 1000, answered: 0 }), false)
  assert.equal(hasFallen({ calls: 50, answered: 0 }, { calls: 50, answered: 0 }), false)
})
