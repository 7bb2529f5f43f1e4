import assert from 'node:assert/strict'
import { test } from 'node:test'
import { weekOf } from '../calling-hours.ts'
import { lawfulSpan } from './lawful-span.ts'

test("the span of a country is its law's, narrowed by the workspace's hours", () => {
  assert.deepEqual(lawfulSpan('US', null), { start: 480, end: 1260 })
  assert.deepEqual(lawfulSpan('PK', null), { start: 540, end: 1200 })
  assert.deepEqual(lawfulSpan('US', weekOf(600, 1320, [1, 2])), { start: 600, end: 1260 })
  assert.deepEqual(lawfulSpan('US', weekOf(0, 0, [])), { start: 480, end: 1260 })
})
