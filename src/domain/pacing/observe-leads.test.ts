import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { AnswerOdds } from './answer-odds.ts'
import { type LeadFacts, traitsOf } from './lead-traits.ts'
import type { FloorCall } from './observe-calls.ts'
import { beginFloor, type ObservedFloor, observeFloor, showFloor } from './observe-floor.ts'

const start = Date.parse('2026-03-04T15:00:00Z')
const facts: LeadFacts = {
  ...{ number: '+12125550100', zone: null, country: null, region: null, postcode: null, line: null, phone_index: 0 },
  ...{ campaign_zone: 'America/New_York', attempts: 1, last_outcome: 'busy', listed_at: start },
}
const traits = traitsOf(facts, start)
const dialed: FloorCall = {
  ...{ id: 'a', claimed_at: start, ringing_at: null, answered_at: null, live_at: null, connected_at: null },
  ...{
    abandoned_at: null,
    ended_at: null,
    outcome: null,
    machine_at: null,
    ending: false,
    session_id: null,
    lead: facts,
  },
}

const read = (floor: ObservedFloor, after: number, calls: FloorCall[]) =>
  observeFloor(floor, { at: start + after, calls, agents: new Map() })

/** What is learned of a call that was dialed, and is this after five seconds. */
function teach(change: Partial<FloorCall>) {
  const open = read(beginFloor('c', start), 500, [dialed])
  // What is read of the lead later is not what was known before the dial.
  const later = { ...dialed, ...change, lead: { ...facts, attempts: 2, last_outcome: 'human' } }
  return [...open.lessons, ...read(open.floor, 5000, [later]).lessons]
}

describe('what is learned of leads', () => {
  const ended_at = start + 4000

  it('is what each call showed, once, by what was known before the dial', () => {
    assert.deepEqual(teach({}), [])
    assert.deepEqual(teach({ live_at: start + 3000 }), [{ traits, live: true }])
    const answered = { answered_at: start + 3000, machine_at: start + 3500, ending: true }
    for (const end of [answered, { ended_at, outcome: 'busy' }, { ended_at, outcome: 'no_answer' }] as const)
      assert.deepEqual(teach(end), [{ traits, live: false }])
    const whole = { ...dialed, live_at: start + 3000, ended_at, outcome: 'abandoned', abandoned_at: ended_at } as const
    assert.deepEqual(read(beginFloor('c', start), 5000, [whole]).lessons, [{ traits, live: true }])
    assert.deepEqual(read(beginFloor('c', start), 5000, [{ ...whole, lead: null }]).lessons, [])
  })

  it('is nothing where the call failed, unless there is no such number', () => {
    for (const outcome of ['congestion', 'failed', 'canceled', 'unknown', null] as const)
      assert.deepEqual(teach({ ended_at, outcome }), [], `${outcome}`)
    assert.deepEqual(teach({ ended_at, outcome: 'invalid_number' }), [{ traits, live: false }])
  })
})

describe('what a pacer is shown of leads', () => {
  const weights = { any: [0, 0.001], attempt_1: [1, 0.001], attempt_2: [-2, 0.001] }
  const odds = new AnswerOdds({ weights, trust: 7 })
  const lines = { cap: 10, in_use: 2 }

  it('is the odds of calls in flight and of those that come next, and the mean of these for all behind', () => {
    const { floor } = read(beginFloor('c', start), 1000, [dialed, { ...dialed, id: 'b', lead: null }])
    const shown = showFloor(floor, start + 1000, lines, { odds, next: [['attempt_1'], ['attempt_2']] })
    const [known, unknown] = shown.calls
    assert.equal(known?.odds, odds.odds(traits))
    assert.equal(unknown && 'odds' in unknown, false)
    const [first, second] = [odds.odds(['attempt_1']), odds.odds(['attempt_2'])]
    assert.ok(first > 3 * second)
    const ahead = [0, 1, 2, 500].map((k) => shown.upcomingOdds?.(k))
    assert.deepEqual(ahead, [first, second, (first + second) / 2, (first + second) / 2])
  })

  it('is no odds where nobody is known to come next', () => {
    const { floor } = read(beginFloor('c', start), 1000, [])
    assert.equal('upcomingOdds' in showFloor(floor, start + 1000, lines, { odds, next: [] }), false)
  })
})
