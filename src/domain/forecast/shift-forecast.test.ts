import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { weekOf } from '../calling-hours.ts'
import { daysForList, parts } from './list-days.ts'
import { coldBelief, learn, type PastCall, type ShiftBelief, timesOf, weaken } from './shift-belief.ts'
import { forecastShift } from './shift-forecast.ts'
import type { ShiftPlan } from './shift-plan.ts'
import { effortFor } from './shift-runs.ts'
import { endOfWork } from './working-days.ts'

const plan: ShiftPlan = {
  ...{ mode: 'progressive', calls_per_agent: 2, agents: 10, abandon_cap: 0.03, hours: 4, lines: 50, leads: 3000 },
  ...{ calls_per_second: null, daily_limit: null, ring_timeout: 25, detects_machines: true, max_attempts: 2 },
  retries: { live: null, machine: 4 * 3600, busy: 600, noanswer: 3600, failed: 900 },
}
const known: ShiftBelief = {
  ...coldBelief,
  dials: 100_000,
  ...{ talk: timesOf(20_000, 180, 162), wrap: timesOf(20_000, 25, 15), agents: 10 },
}

function forecast(change: Partial<ShiftPlan> = {}, belief = known, seed = 1) {
  const forecasting = forecastShift({ ...plan, ...change }, belief, seed)
  for (;;) {
    const step = forecasting.next()
    if (step.done) return step.value
  }
}

describe('a forecast of shifts', () => {
  it('is the same for the same seed, and adds up', () => {
    const one = forecast()
    assert.deepEqual(forecast(), one)
    assert.notDeepEqual(forecast({}, known, 2), one)
    const { utilisation, talks, live_answers, dials } = one
    assert.ok(Math.abs(live_answers.middle / dials.middle / known.shares.live - 1) < 0.05)
    // Ten agents for four hours, less coming late and resting, at so many seconds a talk.
    const busy = (talks.middle * 205) / (10 * 4 * 3600)
    assert.ok(busy < utilisation.middle && busy > 0.85 * utilisation.middle, `${busy} ${utilisation.middle}`)
  })

  it('knows what modes, caps and agents do', () => {
    const progressive = forecast()
    const power = forecast({ mode: 'power' })
    const predictive = forecast({ mode: 'predictive' })
    assert.ok(power.utilisation.low > progressive.utilisation.high)
    assert.ok(predictive.utilisation.low > progressive.utilisation.high)
    assert.ok(progressive.abandon_rate.high < 0.005 && predictive.abandon_rate.high < 0.04)
    assert.ok(predictive.days.high < progressive.days.low)
    const strict = forecast({ mode: 'predictive', abandon_cap: 0.01 })
    assert.ok(strict.utilisation.middle < predictive.utilisation.middle)
    assert.ok(strict.abandon_rate.high < predictive.abandon_rate.low)
    assert.ok(forecast({ calls_per_second: 0.1 }).utilisation.high < progressive.utilisation.low)
    const limited = forecast({ daily_limit: 500 })
    assert.deepEqual([limited.dials.high, limited.days.low > 6], [500, true])
  })

  it('is the surer the more it knows', () => {
    const width = (belief: ShiftBelief) => {
      const { low, middle, high } = forecast({}, belief).live_answers
      return (high - low) / middle
    }
    assert.ok(width(coldBelief) > 2 * width(known))
  })

  it('costs about the same whatever is asked', () => {
    for (const agents of [1, 5, 20, 100, 1000])
      for (const hours of [1, 8, 24]) {
        const effort = effortFor({ ...plan, mode: 'predictive', agents, hours })
        assert.ok(effort.runs * (effort.seconds / effort.tick) <= 30_000 && effort.seconds <= 3600 * hours)
      }
  })
})

describe('a belief', () => {
  const call = (result: PastCall['result'], talk: number | null = null): PastCall => ({
    result,
    ring: 8,
    heard: 1,
    talk,
  })
  const calls = [...new Array(30).fill(call('live', 100)), ...new Array(70).fill(call('noanswer'))]

  it('goes over from what was believed to what was seen', () => {
    const belief = learn(coldBelief, { calls, wraps: [10, 10], agents: 3, days: 2 })
    assert.ok(Math.abs(belief.shares.live - (30 + 2) / 110) < 1e-9)
    assert.ok(Math.abs(belief.talk.mean - (30 * 100 + 4 * 180) / 34) < 1e-9)
    assert.ok(Math.abs(belief.wrap.mean - (20 + 4 * 25) / 6) < 1e-9)
    assert.deepEqual([belief.dials, belief.agents, belief.days], [110, 3, 2])
    assert.equal(
      Object.values(belief.shares)
        .reduce((sum, each) => sum + each, 0)
        .toFixed(9),
      '1.000000000',
    )
    assert.deepEqual(learn(coldBelief, { calls: [], wraps: [], agents: 0, days: 0 }), coldBelief)
    assert.deepEqual([weaken(belief, 60).dials, weaken(belief, 60).talk.weight], [60, 12])
  })

  it('keeps the shape of times that were seen often', () => {
    const seen = [...new Array(40).fill(call('live', 20)), ...new Array(40).fill(call('live', 300))]
    const { talk } = learn(coldBelief, { calls: seen, wraps: [], agents: 1, days: 1 })
    const means = talk.parts.map(({ mean }) => mean)
    assert.equal(new Set(means.map(Math.round)).size, 2)
    const mean = means.reduce((sum, each) => sum + each, 0) / means.length
    assert.ok(Math.abs(mean - talk.mean) < 1e-6)
  })
})

describe('a list', () => {
  const evenly = new Array<number>(parts).fill(1 / parts)
  const shares = { live: 0.5, machine: 0, busy: 0, noanswer: 0.5, failed: 0 }
  const list = { leads: 1000, max_attempts: 1, retries: plan.retries, hours: 8 }
  const days = (change: object, dials = 1000) => daysForList({ ...list, ...change }, shares, () => dials, evenly)

  it('takes its dials, tries again included, and waits for the last of them', () => {
    assert.ok(Math.abs(days({}) - 1) < 0.01)
    assert.ok(Math.abs(days({ max_attempts: 2 }) - 1.5) < 0.01)
    assert.ok(Math.abs(days({ leads: 100_000 }) - 100) < 1)
    // Through in minutes, but for an hour's wait of eight.
    assert.ok(Math.abs(days({ max_attempts: 2 }, 1_000_000) - 1 / 8) < 0.03)
    // Three hours before the end; four later is the next morning.
    const late = { hours: 3, max_attempts: 2, retries: { ...plan.retries, noanswer: 4 * 3600 } }
    assert.ok(Math.abs(days(late, 1_000_000) - 1) < 0.03)
    assert.deepEqual([days({ leads: 0 }), days({}, 0)], [0, Number.POSITIVE_INFINITY])
  })

  it('ends on the days and in the hours of its window', () => {
    // A Friday, 15:00 in London: two hours today, the rest on Monday.
    const at = Date.parse('2026-03-06T15:00:00Z')
    const window = { hours: weekOf(9 * 60, 17 * 60, [1, 2, 3, 4, 5]), zone: 'Europe/London' }
    assert.equal(endOfWork(window, { at, hours: 8, days: 0.5 }), Date.parse('2026-03-09T11:00:00Z'))
    assert.equal(endOfWork(window, { at, hours: 4, days: 1 }), Date.parse('2026-03-09T11:00:00Z'))
    assert.equal(endOfWork({ ...window, hours: [] }, { at, hours: 8, days: 1 }), null)
  })
})
