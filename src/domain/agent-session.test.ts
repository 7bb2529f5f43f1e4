import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import {
  type Actor,
  type AgentSession,
  type AgentState,
  agentStates,
  allowedStates,
  type Decision,
  endWrapUp,
  extendWrapUp,
  holdUnsaved,
  isRefusedMove,
  mayMoveAgent,
  moveAgent,
  newAgentSession,
  unsavedHoldMs,
  unsavedReason,
  type Wish,
  wrapUpExtensionMs,
} from './agent-session.ts'
import { defaultBreakReasons, measureBreak } from './break-reasons.ts'

const at = Date.parse('2026-06-01T12:00Z')
const call_id = 'call'
const rest: Wish = { to: 'break', reason: 'rest' }

function taken(decision: Decision): AgentSession {
  if (isRefusedMove(decision)) assert.fail(`refused: ${JSON.stringify(decision)}`)
  return decision.session
}

/** A session led through these wishes of the engine, the agent having signed on; a second apart. */
function led(...wishes: Wish[]): AgentSession {
  let session = taken(moveAgent(newAgentSession(at), { to: 'available' }, 'agent', at))
  for (const wish of wishes) session = taken(moveAgent(session, wish, 'engine', session.state_since + 1000))
  return session
}
const reserved: Wish = { to: 'reserved', call_id }
const talk: Wish = { to: 'on_call', call_id }
const wrap: Wish = { to: 'wrap_up', call_id, wrap_up_ms: 20_000 }

test('only the moves of the table are made, and a refusal names what may be asked for', () => {
  const moves = agentStates.flatMap((from) =>
    agentStates.flatMap((to) => {
      const actors = (['agent', 'supervisor', 'engine'] as const).filter((by) => mayMoveAgent(from, to, by))
      return actors.length === 0 ? [] : [`${from} → ${to}: ${actors.join(' ')}`]
    }),
  )
  assert.deepEqual(moves, [
    'offline → available: agent supervisor engine',
    'offline → break: agent supervisor',
    'available → offline: agent supervisor engine',
    'available → reserved: engine',
    'available → break: agent supervisor',
    'reserved → available: engine',
    'reserved → on_call: engine',
    'on_call → wrap_up: engine',
    'wrap_up → available: agent supervisor engine',
    'break → offline: agent supervisor engine',
    'break → available: agent supervisor',
  ])
  assert.deepEqual(moveAgent(led(), { to: 'available' }, 'agent', at), {
    because: 'table',
    from: 'available',
    allowed: ['offline', 'break'],
  })
  assert.deepEqual(allowedStates(led(reserved, talk), 'agent'), ['break', 'offline'])
  const asked = taken(moveAgent(led(reserved, talk), rest, 'agent', at))
  assert.deepEqual(allowedStates(asked, 'agent'), ['available', 'break', 'offline'])
  assert.equal(taken(moveAgent(asked, { to: 'available' }, 'agent', at)).next_state, null)
})

test('a break asked for during a call is taken after the wrap-up, and after a reservation that came to nothing', () => {
  const wished = taken(moveAgent(led(reserved, talk), rest, 'agent', at + 9000))
  assert.deepEqual([wished.state, wished.next_state], ['on_call', 'break'])
  const wrapping = taken(moveAgent(wished, wrap, 'engine', at + 10_000))
  const over = endWrapUp(wrapping, at + 30_000)
  assert.deepEqual([over?.state, over?.reason, over?.next_state, over?.call_id], ['break', 'rest', null, null])
  const released = taken(moveAgent(led(reserved), { to: 'offline', reason: null }, 'supervisor', at + 2000))
  assert.equal(taken(moveAgent(released, { to: 'released', call_id }, 'engine', at + 3000)).state, 'offline')
  const forced = taken(moveAgent(wrapping, { to: 'available' }, 'supervisor', at + 11_000))
  assert.deepEqual([forced.state, forced.next_state], ['available', null])
})

test('the place among the idle outlives a reservation that came to nothing, and nothing else', () => {
  const before = led()
  const back = led(reserved, { to: 'released', call_id })
  assert.equal(back.idle_since, before.idle_since)
  assert.equal(back.state_since, at + 2000)
  const after = taken(moveAgent(led(reserved, talk, wrap), { to: 'available' }, 'agent', at + 9000))
  assert.equal(after.idle_since, at + 9000)
})

test('a call is moved on by its own name alone', () => {
  const other = moveAgent(led(reserved), { to: 'on_call', call_id: 'another' }, 'engine', at)
  assert.equal(isRefusedMove(other) && other.because, 'call')
  const unnamed = moveAgent(led(reserved), { to: 'available' }, 'engine', at)
  assert.equal(isRefusedMove(unnamed) && unnamed.because, 'table')
})

test('a wrap-up ends by its timer, is extended once, and stays open over a text that is not saved', () => {
  const wrapping = led(reserved, talk, wrap)
  const until = wrapping.wrap_up_until as number
  assert.equal(until, wrapping.state_since + 20_000)
  assert.equal(endWrapUp(wrapping, until - 1), null)
  assert.equal(endWrapUp(wrapping, until)?.state, 'available')
  const extended = extendWrapUp(wrapping) as AgentSession
  assert.equal(extended.wrap_up_until, until + wrapUpExtensionMs)
  assert.equal(extendWrapUp(extended), null)
  assert.equal(extendWrapUp(led()), null)

  const held = holdUnsaved(wrapping, true) as AgentSession
  assert.equal(endWrapUp(held, until + unsavedHoldMs - 1), null)
  const ready = moveAgent(held, { to: 'available' }, 'agent', until)
  assert.equal(isRefusedMove(ready) && ready.because, 'unsaved')
  assert.equal(taken(moveAgent(held, { to: 'available' }, 'supervisor', until)).state, 'available')
  const bounded = endWrapUp(held, until + unsavedHoldMs)
  assert.deepEqual([bounded?.state, bounded?.reason], ['break', unsavedReason])
  assert.equal(holdUnsaved(led(), true), null)
  assert.equal(
    taken(moveAgent(holdUnsaved(led(reserved, talk), true) as AgentSession, wrap, 'engine', at)).unsaved,
    true,
  )
})

test('a break over its allowance is shown', () => {
  assert.deepEqual(measureBreak(defaultBreakReasons, 'rest', 1_800_001), {
    ...{ used_ms: 1_800_001, allowance_ms: 1_800_000, over: true },
  })
  assert.equal(measureBreak(defaultBreakReasons, 'rest', 1_800_000).over, false)
  assert.deepEqual(measureBreak([], 'rest', 5), { used_ms: 5, allowance_ms: null, over: false })
})

const wishes = fc.oneof(
  fc.constantFrom<Wish>({ to: 'available' }, rest, { to: 'offline', reason: null }, wrap, talk, reserved),
  fc.constantFrom<Wish>({ to: 'released', call_id }, { to: 'on_call', call_id: 'another' }),
)
const events = fc.record({
  after: fc.integer({ min: -50, max: 700_000 }),
  by: fc.constantFrom<Actor>('agent', 'supervisor', 'engine'),
  does: fc.oneof(wishes, fc.constantFrom('extend', 'unsaved', 'saved', 'timer')),
})

function apply(session: AgentSession, { does, by }: { does: Wish | string; by: Actor }, now: number): AgentSession {
  if (does === 'extend') return extendWrapUp(session) ?? session
  if (does === 'timer') return endWrapUp(session, now) ?? session
  if (typeof does === 'string') return holdUnsaved(session, does === 'unsaved') ?? session
  const decision = moveAgent(session, does, by, now)
  return isRefusedMove(decision) ? session : decision.session
}

test('whatever happens in whatever order: no state without its call, no move outside the table, no lost millisecond', () => {
  const inHand: AgentState[] = ['reserved', 'on_call', 'wrap_up']
  fc.assert(
    fc.property(fc.array(events, { maxLength: 80 }), (happened) => {
      let now = at
      let session = led()
      const spent = Object.fromEntries(agentStates.map((state) => [state, 0]))
      for (const event of happened) {
        now += event.after
        const before = session
        session = apply(session, event, now)
        assert.equal(session.call_id !== null, inHand.includes(session.state))
        assert.equal(session.idle_since !== null, session.state === 'available' || session.state === 'reserved')
        assert.equal(session.wrap_up_until !== null, session.state === 'wrap_up')
        assert.ok(session.next_state === null || inHand.includes(session.state))
        if (session.state === before.state) continue
        const via = before.state === 'reserved' || before.state === 'wrap_up' ? 'available' : session.state
        const star = session.state === 'break' || session.state === 'offline'
        const through = star ? via : session.state
        assert.ok((['agent', 'supervisor', 'engine'] as const).some((by) => mayMoveAgent(before.state, through, by)))
        assert.ok(
          before.state !== 'wrap_up' || !before.unsaved || session.state !== 'available' || event.by === 'supervisor',
        )
        assert.ok(session.state_since >= before.state_since)
        spent[before.state] = (spent[before.state] ?? 0) + session.state_since - before.state_since
      }
      const sum = Object.values(spent).reduce((total, ms) => total + ms, 0)
      assert.equal(sum, session.state_since - at)
    }),
    { numRuns: 2000 },
  )
})
