import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { type Outcome, outcomes } from './call.ts'
import { remindBeforeMs, settleCallback } from './callback.ts'
import type { CallResult } from './retry.ts'

const promised = Date.parse('2026-06-01T12:00Z')
const pending = { status: 'pending', held_by: null }
const settle = (
  outcome: Outcome,
  { heard_at = promised as number | null, result = null as CallResult | null, lead = pending as typeof lost } = {},
) => Object.values(settleCallback(promised, { outcome, heard_at, result }, lead))
const lost: { status: string; held_by: string | null } = { status: 'failed', held_by: null }

test('a callback is kept by a call on which somebody talked to the person, five minutes early at most', () => {
  for (const outcome of outcomes) {
    const answered = outcome === 'human' || outcome === 'answered'
    assert.deepEqual(settle(outcome), answered ? ['kept', null] : ['open', null], outcome)
  }
  assert.deepEqual(settle('human', { heard_at: null }), ['open', null])
  assert.deepEqual(settle('human', { heard_at: promised - remindBeforeMs }), ['kept', null])
  const early = { heard_at: promised - remindBeforeMs - 1 }
  assert.deepEqual(settle('human', early), ['open', null])
  assert.deepEqual(settle('human', { ...early, lead: { status: 'completed', held_by: null } }), [
    'cancelled',
    'completed',
  ])
})

test('what is said of the call goes before what the carrier heard', () => {
  assert.deepEqual(settle('human', { result: { kind: 'retry' } }), ['open', null])
  assert.deepEqual(settle('human', { result: { kind: 'callback', at: promised } }), ['kept', null])
  assert.deepEqual(settle('busy', { result: { kind: 'callback', at: promised } }), ['cancelled', 'promised_anew'])
  const blocked = { status: 'do_not_call', held_by: 'do_not_call' }
  assert.deepEqual(settle('machine', { result: { kind: 'do_not_call' }, lead: blocked }), ['cancelled', 'do_not_call'])
})

test('it is missed where no try is left, and open exactly while its lead waits', () => {
  assert.deepEqual(settle('no_answer', { lead: lost }), ['missed', 'no_try_left_after_no_answer'])
  assert.deepEqual(settle('busy', { lead: { ...lost, held_by: 'attempts_spent' } }), ['missed', 'attempts_spent'])
  fc.assert(
    fc.property(
      fc.constantFrom(...outcomes),
      fc.option(fc.integer({ min: -600_000, max: 600_000 })),
      fc.constantFrom('pending', 'callback', 'completed', 'failed', 'skipped', 'do_not_call'),
      (outcome, early, status) => {
        const heard_at = early === null ? null : promised + early
        const [settled] = settle(outcome, { heard_at, lead: { status, held_by: null } })
        if (settled === 'open') assert.ok(status === 'pending' || status === 'callback')
        else assert.ok(settled === 'kept' || (status !== 'pending' && status !== 'callback'))
      },
    ),
  )
})
