import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { type Outcome, outcomes } from './call.ts'
import { CARRIER_FAULT_CAP, type LeadTries, numberRestMs, planRetry, type RetryPolicy } from './retry.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const at = Date.parse('2026-06-01T12:00Z')
const policy: RetryPolicy = { max_attempts: 3, retry_interval_ms: null }
const fresh: LeadTries = { attempts: 0, carrier_faults: 0 }

test('each outcome has its future and its default delay', () => {
  const future = (outcome: Outcome) => {
    const { status, not_before, attempts } = planRetry(policy, fresh, outcome, at)
    return [status, not_before === null ? null : (not_before - at) / MINUTE, attempts]
  }
  assert.deepEqual(Object.fromEntries(outcomes.map((outcome) => [outcome, future(outcome)])), {
    human: ['completed', null, 1],
    answered: ['completed', null, 1],
    fax: ['failed', null, 1],
    invalid_number: ['failed', null, 1],
    machine: ['pending', 240, 1],
    screened: ['pending', 240, 1],
    busy: ['pending', 10, 1],
    no_answer: ['pending', 60, 1],
    rejected: ['pending', 60, 1],
    abandoned: ['pending', 72 * 60, 1],
    canceled: ['pending', 15, 1],
    failed: ['pending', 15, 0],
    congestion: ['pending', 15, 0],
    unknown: ['pending', 24 * 60, 1],
  })
})

test("the campaign's interval replaces the defaults, an outcome's own delay replaces both, a rest is a floor", () => {
  const own: RetryPolicy = { ...policy, retry_interval_ms: 2 * HOUR, outcomes: { busy: { delay_ms: 5 * MINUTE } } }
  const delay = (outcome: Outcome) => (planRetry(own, fresh, outcome, at).not_before ?? 0) - at
  assert.equal(delay('no_answer'), 2 * HOUR)
  assert.equal(delay('machine'), 2 * HOUR)
  assert.equal(delay('failed'), 2 * HOUR)
  assert.equal(delay('busy'), 5 * MINUTE)
  assert.equal(delay('abandoned'), 72 * HOUR)
})

test('the budget ends the lead, a cap of the outcome ends it sooner and never later', () => {
  assert.equal(planRetry(policy, { attempts: 2, carrier_faults: 0 }, 'no_answer', at).status, 'failed')
  const capped: RetryPolicy = { ...policy, outcomes: { machine: { max_attempts: 2 }, busy: { max_attempts: 9 } } }
  assert.equal(planRetry(capped, { attempts: 1, carrier_faults: 0 }, 'machine', at).status, 'failed')
  assert.equal(planRetry(capped, { attempts: 1, carrier_faults: 0 }, 'no_answer', at).status, 'pending')
  assert.equal(planRetry(capped, { attempts: 2, carrier_faults: 0 }, 'busy', at).status, 'failed')
})

test("a carrier's fault before ringing costs no try but has its own cap; after ringing it costs one", () => {
  assert.deepEqual(planRetry(policy, { attempts: 2, carrier_faults: 0 }, 'failed', at), {
    status: 'pending',
    not_before: at + 15 * MINUTE,
    attempts: 2,
    carrier_faults: 1,
    max_attempts: 3,
    phone_index: 0,
  })
  assert.equal(
    planRetry(policy, { attempts: 0, carrier_faults: CARRIER_FAULT_CAP - 1 }, 'congestion', at).status,
    'failed',
  )
  const rang = planRetry(policy, { attempts: 2, carrier_faults: 0 }, 'failed', at, { rang: true })
  assert.deepEqual([rang.status, rang.attempts], ['failed', 3])
})

test('the next try goes to the next number where the rule says so, after the last one to the first', () => {
  const next: RetryPolicy = { ...policy, outcomes: { no_answer: { next_phone: true } } }
  const phoneAfter = (outcome: Outcome, phone_index: number, phones: number) =>
    planRetry(next, { ...fresh, phone_index, phones }, outcome, at).phone_index
  assert.deepEqual(
    [0, 1, 2].map((index) => phoneAfter('no_answer', index, 3)),
    [1, 2, 0],
  )
  assert.equal(phoneAfter('no_answer', 0, 1), 0)
  assert.equal(phoneAfter('busy', 1, 3), 1, 'its rule says nothing of phones')
})

test('the next try is in another part of the day where the rule says so and the zone is known', () => {
  const next: RetryPolicy = { ...policy, outcomes: { no_answer: { next_daypart: true, delay_ms: 0 } } }
  const after = (zone: string | null) => planRetry(next, { ...fresh, zone }, 'no_answer', at).not_before
  assert.equal(after('America/New_York'), Date.parse('2026-06-01T16:00Z'), 'noon in New York')
  assert.equal(after(null), at)
  assert.equal(planRetry(next, { ...fresh, zone: 'America/New_York' }, 'busy', at).not_before, at + 10 * MINUTE)
})

test('an invalid number is not tried again, but those behind it are', () => {
  const next: RetryPolicy = { ...policy, outcomes: { invalid_number: { next_phone: true } } }
  const after = (lead: LeadTries) => {
    const { status, phone_index, not_before } = planRetry(next, lead, 'invalid_number', at)
    return [status, phone_index, not_before]
  }
  assert.deepEqual(after({ ...fresh, phone_index: 0, phones: 2 }), ['pending', 1, at])
  assert.deepEqual(after({ ...fresh, phone_index: 1, phones: 2 }), ['failed', 1, null])
  assert.deepEqual(after({ attempts: 2, carrier_faults: 0, phone_index: 0, phones: 9 }), ['failed', 1, null])
  assert.equal(planRetry(policy, { ...fresh, phones: 2 }, 'invalid_number', at).status, 'failed')
})

test('what was said overrules the outcome', () => {
  const after = (kind: 'retry' | 'final' | 'do_not_call', outcome: Outcome = 'human') =>
    planRetry(policy, fresh, outcome, at, { result: { kind } }).status
  assert.equal(after('retry'), 'pending')
  assert.equal(after('final', 'machine'), 'completed')
  assert.equal(after('do_not_call'), 'do_not_call')
  assert.equal(after('retry', 'invalid_number'), 'failed')
})

test('the rule of what was said goes before that of the outcome, member by member, and never beyond either cap', () => {
  const own: RetryPolicy = {
    ...policy,
    retry_interval_ms: 2 * HOUR,
    outcomes: { no_answer: { delay_ms: 5 * MINUTE, max_attempts: 2, next_phone: true } },
    dispositions: {
      voicemail: { delay_ms: 30 * MINUTE, next_phone: false },
      follow_up: { max_attempts: 9, next_daypart: true, delay_ms: 0 },
      wrong_line: { next_phone: true },
      once: { max_attempts: 1 },
    },
  }
  const after = (said: string, outcome: Outcome, tries: Partial<LeadTries> = {}) => {
    const lead = { ...fresh, phones: 2, zone: 'America/New_York', ...tries }
    const plan = planRetry(own, lead, outcome, at, { result: { kind: 'retry', said } })
    return [plan.status, plan.not_before === null ? null : (plan.not_before - at) / MINUTE, plan.phone_index]
  }
  assert.deepEqual(after('voicemail', 'no_answer'), ['pending', 30, 0])
  assert.deepEqual(after('voicemail', 'human'), ['pending', 30, 0])
  assert.deepEqual(after('wrong_line', 'human'), ['pending', 120, 1])
  assert.deepEqual(after('wrong_line', 'human', { phone_index: 1 }), ['pending', 120, 0])
  assert.deepEqual(after('wrong_line', 'no_answer'), ['pending', 5, 1])
  assert.deepEqual(after('follow_up', 'human'), ['pending', 4 * 60, 0], 'noon in New York')
  assert.deepEqual(after('follow_up', 'no_answer', { attempts: 1 }), ['failed', null, 1], "the outcome's cap")
  assert.deepEqual(after('follow_up', 'human', { attempts: 2 }), ['failed', null, 0], "the campaign's budget")
  assert.deepEqual(after('once', 'human'), ['failed', null, 0])
  assert.deepEqual(after('unheard_of', 'busy'), ['pending', 120, 0])
  assert.deepEqual(after('voicemail', 'abandoned'), ['pending', 72 * 60, 0], 'a rest is a floor')
  const promised = { result: { kind: 'callback', at: at + HOUR, said: 'wrong_line' } } as const
  assert.equal(planRetry(own, { ...fresh, phones: 2 }, 'human', at, promised).phone_index, 1)
})

test('a promised callback comes at its time, and once even when the budget is spent', () => {
  const promised = planRetry(policy, { attempts: 2, carrier_faults: 0 }, 'human', at, {
    result: { kind: 'callback', at: at + 26 * HOUR },
  })
  assert.deepEqual([promised.status, promised.not_before, promised.max_attempts], ['callback', at + 26 * HOUR, 4])
  const missed = planRetry({ ...policy, max_attempts: promised.max_attempts }, promised, 'no_answer', at)
  assert.equal(missed.status, 'failed')
  const undated = { result: { kind: 'callback', at: null } } as const
  assert.equal(
    planRetry({ ...policy, retry_interval_ms: 3 * HOUR }, fresh, 'human', at, undated).not_before,
    at + 3 * HOUR,
  )
})

test('a dead number rests 45 days everywhere, an answered one not at all', () => {
  assert.equal(numberRestMs('invalid_number'), 45 * 24 * HOUR)
  assert.equal(numberRestMs('human'), 0)
})

test('a refusal that rang nobody is tried at once where another trunk may, and is no fault of its own', () => {
  const lead: LeadTries = { attempts: 1, carrier_faults: 1, phone_index: 1, phones: 2 }
  const own: RetryPolicy = { ...policy, outcomes: { congestion: { delay_ms: HOUR, next_phone: true } } }
  const plan = planRetry(own, lead, 'congestion', at, { elsewhere: true })
  assert.deepEqual(plan, {
    ...{ status: 'pending', not_before: at, attempts: 1, carrier_faults: 1, max_attempts: 3, phone_index: 1 },
  })
  const rang = planRetry(policy, lead, 'congestion', at, { elsewhere: true, rang: true })
  assert.deepEqual([rang.attempts, (rang.not_before ?? 0) > at], [2, true])
  const capped: RetryPolicy = { ...policy, outcomes: { congestion: { max_attempts: 1 } } }
  assert.equal(planRetry(capped, lead, 'congestion', at, { elsewhere: true }).status, 'failed')
  const said = { elsewhere: true, result: { kind: 'do_not_call' } } as const
  assert.equal(planRetry(policy, lead, 'congestion', at, said).status, 'do_not_call')
})

test('whatever happens and whatever is said and ruled, every lead comes to an end within its budget', () => {
  const rule = fc.record(
    {
      delay_ms: fc.integer({ min: 1, max: HOUR }),
      max_attempts: fc.integer({ min: 1, max: 100 }),
      next_phone: fc.boolean(),
      next_daypart: fc.boolean(),
    },
    { requiredKeys: [] },
  )
  const ended = fc.record({ outcome: fc.constantFrom(...outcomes), said: fc.constantFrom(null, 'a', 'b', 'none') })
  fc.assert(
    fc.property(
      fc.array(ended, { minLength: 20, maxLength: 20 }),
      fc.integer({ min: 1, max: 6 }),
      fc.record({ a: rule, b: rule }),
      (ends, budget, dispositions) => {
        let lead: LeadTries = fresh
        let tries = 0
        for (const { outcome, said } of ends) {
          const result = said === null ? null : ({ kind: 'retry', said } as const)
          const known = { ...lead, phones: 3, zone: 'America/New_York' }
          const plan = planRetry({ ...policy, max_attempts: budget, dispositions }, known, outcome, at, { result })
          tries += 1
          assert.ok(plan.attempts <= budget && plan.carrier_faults <= CARRIER_FAULT_CAP)
          assert.equal(plan.not_before === null, plan.status !== 'pending')
          if (plan.status !== 'pending') return
          // At once to another number only.
          assert.ok((plan.not_before ?? 0) > at || plan.phone_index !== (lead.phone_index ?? 0))
          lead = plan
        }
        assert.fail(`still pending after ${tries} tries`)
      },
    ),
  )
})
