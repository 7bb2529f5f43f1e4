import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { type CallEvent, callStates, hasJustEnded, mergeEvent, newCall, outcomes } from './call.ts'

const at = fc.integer({ min: 0, max: 3_600_000 }).map((ms) => new Date(Date.UTC(2026, 2, 4, 15) + ms).toISOString())
const detection = fc.constantFrom('human', 'machine', 'fax', 'screened', 'unknown')

/** All that a carrier tells of one call: times may be told again with another clock, detection and end only once. */
const history: fc.Arbitrary<CallEvent[]> = fc
  .record({
    ringing: fc.array(at, { maxLength: 2 }),
    answered: fc.array(at, { maxLength: 2 }),
    detected: fc.option(fc.record({ at, detection })),
    connected: fc.array(fc.record({ at, agent_id: fc.constantFrom('one', 'two') }), { maxLength: 2 }),
    abandoned: fc.array(at, { maxLength: 1 }),
    recorded: fc.array(fc.record({ at, url: fc.constantFrom('https://a.example/1', 'https://a.example/2') }), {
      maxLength: 2,
    }),
    billed: fc.array(fc.record({ at, cost: fc.constantFrom(0.02, 0.05), currency: fc.constantFrom('EUR', 'USD') }), {
      maxLength: 2,
    }),
    ended: fc.option(
      fc.record(
        { at, outcome: fc.constantFrom(...outcomes), answered_at: at, cause: fc.constantFrom('16', 'user_busy') },
        { requiredKeys: ['at', 'outcome'] },
      ),
    ),
  })
  .map(({ ringing, answered, detected, connected, abandoned, recorded, billed, ended }) => [
    ...ringing.map((time): CallEvent => ({ kind: 'ringing', at: time })),
    ...answered.map((time): CallEvent => ({ kind: 'answered', at: time })),
    ...connected.map((each): CallEvent => ({ kind: 'connected', ...each })),
    ...recorded.map((each): CallEvent => ({ kind: 'recorded', ...each })),
    ...billed.map((each): CallEvent => ({ kind: 'billed', ...each })),
    ...abandoned.map((time): CallEvent => ({ kind: 'abandoned', at: time })),
    ...(detected ? [{ kind: 'detected', ...detected } as CallEvent] : []),
    ...(ended ? [{ kind: 'ended', ...ended } as CallEvent] : []),
  ])

/** The same events in another order, some of them told again. */
const historyAndRetelling = history.chain((events) =>
  fc.tuple(
    fc.constant(events),
    fc
      .tuple(fc.constant(events), fc.subarray(events))
      .chain(([all, again]) => fc.shuffledSubarray([...all, ...again], { minLength: all.length + again.length })),
  ),
)

const merge = (events: CallEvent[]) => events.reduce(mergeEvent, newCall)

describe('a call', () => {
  it('is the same whatever order its events come in and however often', () => {
    fc.assert(fc.property(historyAndRetelling, ([told, retold]) => assert.deepEqual(merge(retold), merge(told))))
  })

  it('only moves forward, and ends once', () => {
    fc.assert(
      fc.property(historyAndRetelling, ([, events]) => {
        let call = newCall
        let ends = 0
        for (const event of events) {
          const next = mergeEvent(call, event)
          assert.ok(callStates.indexOf(next.state) >= callStates.indexOf(call.state))
          if (hasJustEnded(call, next)) ends += 1
          if (call.ended_at !== null) assert.equal(next.ended_at, call.ended_at)
          call = next
        }
        assert.equal(ends, events.some((event) => event.kind === 'ended') ? 1 : 0)
      }),
    )
  })

  it('keeps its first end, whatever is told later', () => {
    const ended = merge([{ kind: 'ended', at: '2026-03-04T15:00:05.000Z', outcome: 'busy', cause: 'user_busy' }])
    const later = mergeEvent(ended, { kind: 'ended', at: '2026-03-04T15:00:09.000Z', outcome: 'unknown' })
    assert.deepEqual(later, ended)
    assert.equal(later.outcome, 'busy')
  })

  it('takes a plain answer for what the detection heard, whichever is told first', () => {
    const answered: CallEvent = { kind: 'ended', at: '2026-03-04T15:00:30.000Z', outcome: 'answered' }
    const heard: CallEvent = { kind: 'detected', at: '2026-03-04T15:00:10.000Z', detection: 'machine' }
    assert.equal(merge([answered, heard]).outcome, 'machine')
    assert.equal(merge([heard, answered]).outcome, 'machine')
    assert.equal(merge([answered]).outcome, 'answered')
  })

  it('is abandoned when nobody of ours heard the answer in time, and only then', () => {
    const gone: CallEvent = { kind: 'abandoned', at: '2026-03-04T15:00:12.000Z' }
    const ended = (outcome: 'human' | 'busy'): CallEvent => ({ kind: 'ended', at: '2026-03-04T15:00:30.000Z', outcome })
    assert.equal(merge([gone, ended('human')]).outcome, 'abandoned')
    assert.equal(merge([ended('human'), gone]).outcome, 'abandoned')
    assert.equal(merge([gone, ended('busy')]).outcome, 'busy')
  })

  it('belongs to the agent who heard the person first', () => {
    const heard = (agent_id: string, at: string): CallEvent => ({ kind: 'connected', at, agent_id })
    const [first, second] = [heard('a', '2026-03-04T15:00:12.000Z'), heard('b', '2026-03-04T15:03:00.000Z')]
    for (const events of [
      [first, second],
      [second, first],
    ]) {
      const { agent_id, connected_at } = merge(events)
      assert.deepEqual({ agent_id, at: connected_at }, { agent_id: 'a', at: first.at })
    }
  })

  it('knows its answer from the end alone, when the answer itself was lost', () => {
    const answered_at = '2026-03-04T15:00:10.000Z'
    const call = merge([{ kind: 'ended', at: '2026-03-04T15:00:30.000Z', outcome: 'human', answered_at }])
    assert.equal(call.answered_at, answered_at)
    assert.equal(call.state, 'ended')
  })
})
