import assert from 'node:assert/strict'
import { test } from 'node:test'
import { correctionMs, findMissing, mayCorrect, resultOf } from './disposition.ts'

const neutral = { key: 'later', final: false, retries: false, blocks_number: false }

test('a block goes before all else, a promised time before a retry, and nothing said leaves it to the outcome', () => {
  assert.deepEqual(resultOf({ ...neutral, final: true, blocks_number: true }, null), { kind: 'do_not_call' })
  assert.deepEqual(resultOf({ ...neutral, retries: true }, 5), { kind: 'callback', at: 5, said: 'later' })
  assert.deepEqual(resultOf({ ...neutral, retries: true }, null), { kind: 'retry', said: 'later' })
  assert.deepEqual(resultOf({ ...neutral, final: true }, null), { kind: 'final' })
  assert.equal(resultOf(neutral, null), null)
})

test('a required field is missing when it is empty, and an inherited member is none', () => {
  const said = { note: '  ', callback_at: null, fields: { amount: 0, plan: '' } }
  const required = ['note', 'callback_at', 'amount', 'plan', 'constructor']
  assert.deepEqual(findMissing(required, said), ['note', 'callback_at', 'plan', 'constructor'])
  assert.deepEqual(findMissing(['note', 'callback_at'], { note: 'x', callback_at: 1, fields: {} }), [])
})

test('whoever said it corrects it for ten minutes, unless somebody else has corrected it', () => {
  const said = { by: ['ada', 'ada'], at: 1000 }
  assert.equal(mayCorrect(said, 'ada', 1000 + correctionMs), true)
  assert.equal(mayCorrect(said, 'ada', 1001 + correctionMs), false)
  assert.equal(mayCorrect(said, 'bo', 1000), false)
  assert.equal(mayCorrect({ ...said, by: ['ada', 'bo'] }, 'ada', 1000), false)
})
