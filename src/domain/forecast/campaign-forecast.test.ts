import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { weekOf } from '../calling-hours.ts'
import type { ContactabilityInput } from '../contactability.ts'
import { createRandom } from '../random.ts'
import { createTimeHeap } from '../time-heap.ts'
import { forecastCampaign } from './campaign-forecast.ts'
import type { CallSample, CampaignPlan } from './play-campaign.ts'

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour
/** A Wednesday, 11:00 in New York. */
const at = Date.parse('2026-03-04T16:00:00Z')
const answered: CallSample = { outcome: 'human', rang: true, line_ms: minute, talk_ms: 40_000 }
const busy: CallSample = { outcome: 'busy', rang: true, line_ms: 10_000, talk_ms: 0 }

function inputOf(change: Partial<ContactabilityInput['campaign']> = {}): ContactabilityInput {
  return {
    at,
    lead: { status: 'pending', attempts: 0, max_attempts: 3, not_before: null },
    person: { number: '+12125550143', zone: null, country: null, region: null, postcode: null },
    campaign: {
      ...{ status: 'active', hours: weekOf(9 * 60, 18 * 60), zone: 'America/New_York', hours_zone: 'campaign' },
      ...{ starts_at: null, ends_at: null, ...change },
    },
    workspace: {},
    suppressions: [],
    consent: { needed: false, basis: null },
    number_rest_until: null,
  }
}

type Bounds = Partial<CampaignPlan['capacity']>

function planOf(leads: number, samples: CallSample[], bounds: Bounds = {}, input = inputOf()): CampaignPlan {
  const tries = { attempts: 0, carrier_faults: 0, phone_index: 0, phones: 1, zone: 'America/New_York' }
  return {
    ...{ at, samples, stands_for: 1, policy: { max_attempts: 3, retry_interval_ms: null } },
    leads: Array.from({ length: leads }, () => ({ input, tries, due: at })),
    capacity: { lines: 1, holdMs: ({ line_ms }) => line_ms, calls_per_second: null, daily: null, ...bounds },
  }
}

function forecast(plan: CampaignPlan, seed = 1) {
  const playing = forecastCampaign(plan, seed)
  for (;;) {
    const step = playing.next()
    if (step.done) return step.value
  }
}

describe('a forecast', () => {
  it('is the length of the calls where nobody is called twice', () => {
    const one = forecast(planOf(100, [answered]))
    assert.deepEqual([one.finishes_at, one.dials, one.talk_minutes, one.unreached], [at + 100 * minute, 100, 100, 0])
    assert.equal(forecast(planOf(100, [answered], { lines: 10 })).finishes_at, at + 10 * minute)
    assert.equal(
      forecast(planOf(100, [answered], { lines: 100, calls_per_second: 0.1 })).finishes_at,
      at + 17.5 * minute,
    )
  })

  it('tries again as the retry rules say, and on the next day where the window has closed', () => {
    const { finishes_at, dials } = forecast(planOf(1, [busy]))
    assert.deepEqual([dials, finishes_at], [3, at + 20 * minute + 3 * 10_000])
    const late = planOf(1, [{ ...busy, outcome: 'machine' }])
    // 11:00, 15:00, and 19:00 is too late: 9:00 on the next day.
    assert.equal(forecast(late).finishes_at, Date.parse('2026-03-05T14:00:10Z'))
  })

  it('goes on after midnight where the day’s dials are spent', () => {
    const daily = { limit: 40, zone: 'America/New_York', made: 10 }
    assert.equal(forecast(planOf(100, [answered], { daily })).finishes_at, Date.parse('2026-03-06T14:30:00Z'))
  })

  it('lets each lead stand for several', () => {
    const many = forecast({ ...planOf(50, [answered]), stands_for: 5 })
    assert.deepEqual([many.dials, many.talk_minutes], [250, 250])
    assert.ok(Math.abs((many.finishes_at as number) - at - 250 * minute) < 5 * minute)
  })

  it('says why where it does not finish, and counts whom the end comes before', () => {
    assert.equal(forecast(planOf(0, [answered])).unfinished, 'nobody_callable')
    assert.equal(forecast(planOf(5, [answered], { lines: 0 })).unfinished, 'no_capacity')
    const slow = forecast(planOf(300, [{ ...answered, line_ms: 2 * day }]))
    assert.deepEqual([slow.unfinished, slow.finishes_at], ['beyond_horizon', null])
    const ends_at = at + 30 * minute
    const ended = forecast(planOf(100, [answered], {}, inputOf({ ends_at })))
    assert.deepEqual([ended.dials, ended.unreached, ended.finishes_at], [30, 70, ends_at])
  })

  it('is the same for the same seed, and lies within its range', () => {
    const plan = planOf(80, [answered, busy, { ...busy, outcome: 'no_answer', line_ms: 25_000 }], { lines: 3 })
    const one = forecast(plan, 4)
    assert.deepEqual(forecast(plan, 4), one)
    assert.ok(
      (one.earliest as number) < (one.finishes_at as number) && (one.finishes_at as number) < (one.latest as number),
    )
  })
})

describe('its means', () => {
  it('give times in their order, equal ones as they came', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 20 })), (times) => {
        const heap = createTimeHeap<number>()
        for (const [index, time] of times.entries()) heap.push(time, index)
        const popped = times.map(() => heap.pop()).map((each) => [each?.at, each?.value])
        const sorted = times.map((time, index) => [time, index] as const).sort((a, b) => a[0] - b[0] || a[1] - b[1])
        assert.deepEqual(popped, sorted)
        assert.equal(heap.pop(), undefined)
      }),
    )
  })

  it('draw evenly', () => {
    const random = createRandom(9)
    const drawn = Array.from({ length: 10_000 }, random)
    const mean = drawn.reduce((sum, each) => sum + each, 0) / drawn.length
    assert.ok(Math.abs(mean - 0.5) < 0.01 && drawn.every((each) => each >= 0 && each < 1))
  })
})
