import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { beginConversation, type Conversation, listHearing } from './conversation.ts'
import { act, type CallCommand } from './conversation-acts.ts'

const leg = fc.constantFrom('anna', 'boris', 'carla')
const command: fc.Arbitrary<CallCommand> = fc.oneof(
  fc.record({ act: fc.constant('bridge' as const), attempt_id: fc.constant('a'), leg_id: leg }),
  fc.record({
    act: fc.constant('supervise' as const),
    ...{ attempt_id: fc.constant('a'), leg_id: leg },
    how: fc.constantFrom('listen' as const, 'whisper' as const, 'barge' as const, 'take_over' as const),
  }),
  fc.record({
    act: fc.constantFrom(
      ...(['unbridge', 'hold', 'resume', 'park', 'unpark', 'complete_transfer'] as const),
      ...(['three_way', 'cancel_consult', 'record_start', 'record_pause', 'record_stop'] as const),
    ),
    attempt_id: fc.constant('a'),
  }),
  fc.record({
    act: fc.constantFrom('transfer' as const, 'consult' as const),
    ...{ attempt_id: fc.constant('a'), to: fc.constant('301') },
  }),
  fc.record({
    act: fc.constant('play' as const),
    ...{ attempt_id: fc.constant('a'), message: fc.constant('sorry'), then_hang_up: fc.boolean() },
  }),
)

/** Every state that acts lead to, one after another. */
function* statesOf(commands: CallCommand[]): Generator<[Conversation, CallCommand]> {
  let state = beginConversation('a')
  for (const one of commands) {
    const inCall = (leg_id: string) => state.leg_id === leg_id || state.supervisors.has(leg_id)
    const after = act(state, one, { whyNotFree: (leg_id) => (inCall(leg_id) ? 'in a call' : null) })
    if (!('refused' in after)) state = after
    yield [state, one]
  }
}

describe('a conversation', () => {
  it('lets a voice reach only whom its role allows, in every state that acts lead to', () => {
    fc.assert(
      fc.property(fc.array(command, { maxLength: 30 }), fc.subarray(['anna', 'boris']), (commands, silent) => {
        const muted = new Set(silent)
        for (const [state] of statesOf(commands)) {
          const { leg_id, supervisors, customer, third_party } = state
          const heard = listHearing(state, muted)
          for (const { listener, speaker } of heard) {
            const how = supervisors.get(speaker)
            assert.notEqual(how, 'listen')
            if (how === 'whisper') assert.equal(listener, leg_id)
            assert.ok(!muted.has(speaker))
          }
          const apart = customer === 'held' || customer === 'parked' || third_party?.joined === false
          if (apart) assert.ok(heard.every((pair) => pair.listener !== 'customer' && pair.speaker !== 'customer'))
          if (customer === 'transferred') assert.deepEqual([leg_id, supervisors.size], [null, 0])
        }
      }),
    )
  })

  it('is changed by no act that is told twice', () => {
    fc.assert(
      fc.property(fc.array(command, { maxLength: 30 }), (commands) => {
        for (const [state, last] of statesOf(commands)) {
          const again = act(state, last, { whyNotFree: () => 'in a call' })
          assert.ok('refused' in again || again === state, `${last.act} changed it again`)
        }
      }),
    )
  })

  it('that is out of our hands stays so', () => {
    const gone = new Set(['transferred', 'last message'])
    fc.assert(
      fc.property(fc.array(command, { maxLength: 30 }), (commands) => {
        let was = ''
        for (const [{ customer, last_message }] of statesOf(commands)) {
          const is = last_message === null ? customer : 'last message'
          if (gone.has(was)) assert.equal(is, was)
          was = is
        }
      }),
    )
  })
})
