import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { type LegEvent, mergeLegEvent, newLeg } from './leg.ts'

const at = fc.integer({ min: 0, max: 5 }).map((ms) => new Date(Date.UTC(2026, 2, 4, 15) + ms).toISOString())
const event: fc.Arbitrary<LegEvent> = fc.oneof(
  fc.record({ kind: fc.constant('leg_up' as const), at }),
  fc.record(
    { kind: fc.constant('leg_down' as const), at, cause: fc.constantFrom('', '16', 'no_answer') },
    { requiredKeys: ['kind', 'at'] },
  ),
)
const merge = (events: LegEvent[]) => events.reduce(mergeLegEvent, newLeg)

describe('a leg', () => {
  it('is the same whatever order its events come in and however often', () => {
    const retold = fc
      .array(event, { maxLength: 6 })
      .chain((events) => fc.tuple(fc.constant(events), fc.shuffledSubarray(events, { minLength: events.length })))
    fc.assert(
      fc.property(retold, ([told, again]) => {
        assert.deepEqual(merge(again), merge(told))
        assert.deepEqual(merge([...told, ...again]), merge(told))
      }),
    )
  })

  it('is up from its answer until it goes down, and never comes back', () => {
    const up: LegEvent = { kind: 'leg_up', at: '2026-03-04T15:00:02.000Z' }
    const down: LegEvent = { kind: 'leg_down', at: '2026-03-04T15:30:00.000Z', cause: '16' }
    assert.equal(newLeg.state, 'opening')
    assert.deepEqual(merge([up]), { ...newLeg, state: 'up', up_at: up.at })
    assert.deepEqual(merge([down, up]), { state: 'down', up_at: up.at, down_at: down.at, hangup_cause: '16' })
    assert.equal(merge([down]).up_at, null)
    const told_again: LegEvent[] = [
      { ...up, at: down.at },
      down,
      { ...down, at: '2026-03-04T15:31:00.000Z', cause: '31' },
    ]
    assert.deepEqual(merge([up, ...told_again]), merge([up, down]))
  })
})
