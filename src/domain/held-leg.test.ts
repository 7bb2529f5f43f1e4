import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { agentStates } from './agent-session.ts'
import { judgeLeg, type LegNeeds, lostLegMs, phoneRest, quietMs } from './held-leg.ts'

const now = Date.parse('2026-06-01T12:00Z')
const past = fc.integer({ min: 0, max: 2 * quietMs }).map((ms) => now - ms)
const trunk = fc.constantFrom('a', 'b')
const orNull = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null })

const needs: fc.Arbitrary<LegNeeds> = fc.record({
  reached_at: fc.constantFrom('browser', 'extension', 'outside'),
  present: fc.boolean(),
  session: orNull(
    fc.record({
      state: fc.constantFrom(...agentStates.filter((state) => state !== 'offline')),
      state_since: past,
      leg_id: orNull(fc.constantFrom('leg', 'other')),
      by_engine: fc.boolean(),
    }),
  ),
  ended_session: orNull(fc.record({ ended_at: past, reason: orNull(fc.constantFrom('hung up', 'nothing due')) })),
  call: orNull(fc.record({ attempt_id: fc.constant('call'), trunk_id: trunk })),
  leg: orNull(
    fc.record({
      ...{ id: fc.constant('leg'), state: fc.constantFrom('opening', 'up'), trunk_id: trunk },
      ...{ asked_at: past, closing: fc.boolean() },
    }),
  ),
  past: fc.array(fc.record({ was_up: fc.boolean(), down_at: past, closing: fc.boolean() }), { maxLength: 3 }),
  campaigns: fc.array(
    fc.record({
      ...{ trunk_id: orNull(trunk), caller_id: fc.constant(null), rings: fc.boolean(), due: fc.boolean() },
      ...{ usable: fc.boolean(), free: fc.boolean(), last_claim_at: orNull(past) },
    }),
    { maxLength: 3 },
  ),
  default_trunk: orNull(fc.record({ id: trunk, usable: fc.boolean() })),
})

test('whatever is known: nobody is rung twice, and no call is cut but one that has lost its agent', () => {
  fc.assert(
    fc.property(needs, (known) => {
      const step = judgeLeg(known, now)
      const { leg, session, call, reached_at, campaigns } = known
      const inCall = session?.state === 'reserved' || session?.state === 'on_call'
      switch (step?.step) {
        case 'open':
          assert.ok(leg === null && known.present && session?.state !== 'break')
          assert.ok(reached_at === 'browser' ? session !== null : !inCall)
          if (inCall && call) assert.equal(step.trunk_id, call.trunk_id)
          if (reached_at !== 'browser') {
            const fits = campaigns.some((one) => one.rings && one.due && one.free && one.trunk_id === step.trunk_id)
            assert.ok(
              fits &&
                known.past.every(({ closing, down_at }, index) => {
                  const first = known.past.findIndex((one) => !one.closing)
                  return closing || index !== first || now - down_at >= phoneRest.first_ms
                }),
            )
          }
          return
        case 'close':
          return assert.ok(leg !== null && !leg.closing && !inCall && session?.state !== 'wrap_up')
        case 'attach':
          return assert.ok(leg?.state === 'up' && session !== null && session.leg_id !== leg.id)
        case 'sign_on':
          return assert.ok(leg?.state === 'up' && session === null && reached_at !== 'browser' && known.present)
        case 'sign_off':
          return assert.ok(session?.by_engine && (session.state === 'available' || session.state === 'break'))
        case 'bridge':
          return assert.ok(inCall && call !== null && leg?.state === 'up' && session.leg_id !== leg.id)
        case 'hang_up':
          assert.ok(inCall && call !== null && !(leg?.state === 'up' && session.leg_id === leg.id))
          return assert.ok(reached_at !== 'browser' || now - session.state_since >= lostLegMs)
      }
    }),
    { numRuns: 5000 },
  )
})

test('of campaigns the heaviest with due leads says the trunk, then any, then the default', () => {
  const campaign = { caller_id: null, rings: true, due: false, usable: true, free: true, last_claim_at: null }
  const base: LegNeeds = {
    ...{ reached_at: 'browser', present: true, ended_session: null, call: null, leg: null, past: [] },
    session: { state: 'available', state_since: now, leg_id: null, by_engine: false },
    ...{ campaigns: [], default_trunk: { id: 'default', usable: true } },
  }
  const trunkOf = (campaigns: LegNeeds['campaigns']) => {
    const step = judgeLeg({ ...base, campaigns }, now)
    return step?.step === 'open' ? step.trunk_id : step
  }
  const idle = { ...campaign, trunk_id: 'idle' }
  assert.equal(trunkOf([idle, { ...campaign, trunk_id: 'due', due: true }]), 'due')
  assert.equal(trunkOf([idle, { ...campaign, trunk_id: 'other' }]), 'idle')
  assert.equal(trunkOf([{ ...idle, usable: false }]), 'default')
  assert.equal(trunkOf([]), 'default')
})
