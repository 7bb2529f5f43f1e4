import assert from 'node:assert/strict'
import { it } from 'node:test'
import fc from 'fast-check'
import { findHostileValue } from './hostile-input.ts'

it('passes every value that JSON and PostgreSQL can carry', () => {
  const value = fc.jsonValue({ maxDepth: 8, stringUnit: 'grapheme' })
  fc.assert(
    fc.property(value, (json) => {
      fc.pre(!JSON.stringify(json).includes('\\u0000'))
      return findHostileValue(json) === null
    }),
  )
})

it('names the place of what none of them carries', () => {
  assert.equal(findHostileValue({ a: ['x', 'b\0'] })?.path, 'a.1')
  assert.match(findHostileValue({ a: '\ud800' })?.message ?? '', /surrogate/)
  assert.match(findHostileValue({ 'k\0': 1 })?.message ?? '', /NUL/)
  assert.match(findHostileValue({ n: Number.POSITIVE_INFINITY })?.message ?? '', /large/)
})

it('does not run out of stack on any depth', () => {
  let deep: unknown = 1
  for (let level = 0; level < 500_000; level += 1) deep = [deep]
  assert.match(findHostileValue(deep)?.message ?? '', /nested/)
})
