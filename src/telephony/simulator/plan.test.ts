import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { createChance } from './chance.ts'
import { no_chaos, parseChaos } from './chaos.ts'
import { cutShort, planCall, type Setting, type SimulatedDial } from './plan.ts'
import { type Deed, deeds, ordinary_script } from './script.ts'
import { endOf, type SimulatedCall } from './simulated-call.ts'

const now = Date.parse('2026-03-02T15:00:00Z')
const dialOf = (number: string, changes: Partial<SimulatedDial> = {}): SimulatedDial => ({
  ...{ attempt_id: 'attempt-1', number, caller_id: null, ring_timeout_ms: 25_000 },
  ...{ trunk_id: 'trunk-1', report_to: 'workspace-1', speed: 1, ...changes },
})
const ordinary = (seed: string): Setting => ({ script: ordinary_script, seed, chaos: no_chaos })
const only = (deed: Deed): Setting => ({
  ...{ seed: '1', chaos: no_chaos },
  script: { ...ordinary_script, otherwise: [{ do: deed, weight: 1 }] },
})
const numbers = fc.integer({ min: 0, max: 9999 }).map((n) => `+1212555${String(n).padStart(4, '0')}`)

describe('the plan of a call', () => {
  it('depends on the seed, the number and how often it was dialed, and on nothing else', () => {
    fc.assert(
      fc.property(fc.string(), numbers, fc.nat({ max: 5 }), fc.uuid(), fc.uuid(), (seed, number, nth, one, other) => {
        const planOf = (attempt_id: string, trunk_id: string) => {
          const call = planCall(dialOf(number, { attempt_id, trunk_id }), ordinary(seed), nth, now)
          return [call.deed, call.events.map(({ at, reports, event }) => [at, reports, event])]
        }
        assert.deepEqual(planOf(one, 'trunk-1'), planOf(other, 'trunk-2'))
      }),
    )
  })

  it('changes with the seed', () => {
    const deedsOf = (seed: string) =>
      Array.from({ length: 50 }, (_, n) => planCall(dialOf(`+121255501${n}`), ordinary(seed), 0, now).deed).join()
    assert.notEqual(deedsOf('1'), deedsOf('2'))
  })

  it('has one end, at its last moment, whatever happens', () => {
    fc.assert(
      fc.property(fc.constantFrom(...deeds), numbers, fc.integer({ min: 1, max: 1000 }), (deed, number, speed) => {
        const call = planCall(dialOf(number, { speed }), only(deed), 0, now)
        const times = call.events.map((planned) => planned.at)
        assert.deepEqual(
          times,
          times.toSorted((a, b) => a - b),
        )
        assert.equal(call.events.filter(({ event }) => event.kind === 'ended').length, 1)
        assert.equal(call.events.at(-1)?.event.kind, 'ended')
        for (const { at, event } of call.events) assert.equal(Date.parse(event.at), at)
        for (const { at, reports } of call.events) for (const time of reports) assert.ok(time >= at)
      }),
    )
  })

  it('repeats in the end when it was answered', () => {
    const call = planCall(dialOf('+12125550100'), only('answers'), 0, now)
    const answered = call.events.find(({ event }) => event.kind === 'answered')
    assert.equal(endOf(call).event.answered_at, answered?.event.at)
  })

  it('rings no longer than the dial allows', () => {
    const call = planCall(dialOf('+12125550100', { ring_timeout_ms: 1 }), only('machine'), 0, now)
    assert.equal(endOf(call).event.outcome, 'no_answer')
  })

  it('rings as long as people do: 9 s on average, and set-up takes 1.5 s', () => {
    const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
    const chances = Array.from({ length: 5000 }, (_, n) => createChance(`1|+1212555${n}|0`))
    assert.ok(Math.abs(mean(chances.map((chance) => chance.lognormal('ring', 9, 0.6))) - 9) < 0.4)
    assert.ok(Math.abs(mean(chances.map((chance) => chance.lognormal('setup', 1.5, 0.5))) - 1.5) < 0.06)
    assert.ok(Math.abs(mean(chances.map((chance) => chance.normal('ring', 17, 3))) - 17) < 0.25)
  })

  it('tells a delayed report later by as much as the script says, divided by the speed', () => {
    const otherwise = [{ do: 'busy' as const, report_delay_s: 60, weight: 1 }]
    const setting = { ...only('busy'), script: { ...ordinary_script, otherwise } }
    const call = planCall(dialOf('+12125550100', { speed: 10 }), setting, 0, now)
    const end = endOf(call)
    assert.ok(Math.abs((end.reports[0] ?? 0) - end.at - 6000) <= 1)
  })
})

describe('chaos', () => {
  const disturbed = (text: string): SimulatedCall => {
    const reading = parseChaos(text)
    assert.ok(reading.ok)
    return planCall(dialOf('+12125550100'), { ...only('answers'), chaos: reading.chaos }, 0, now)
  }

  it('doubles, reorders and delays the share of reports it is told to', () => {
    const calm = disturbed('')
    assert.ok(disturbed('doubles=1').events.every(({ reports }) => reports.length === 2))
    const [first, second] = disturbed('reorders=1').events
    assert.ok((first?.reports[0] ?? 0) > (second?.at ?? 0))
    const late = disturbed('delays=1').events
    assert.ok(late.every(({ reports }, index) => (reports[0] ?? 0) > (calm.events[index]?.reports[0] ?? 0)))
    assert.deepEqual(disturbed('doubles=0,delays=0'), calm)
  })

  it('never changes what happened', () => {
    const happened = (call: SimulatedCall) => call.events.map(({ at, event }) => [at, event])
    assert.deepEqual(happened(disturbed('doubles=0.5,reorders=0.5,delays=0.5')), happened(disturbed('')))
  })

  it('is refused with all its faults', () => {
    const reading = parseChaos('doubles=2,floods=0.1,delays')
    assert.equal(reading.ok ? 0 : reading.faults.length, 3)
  })
})

describe('a call that is cut short', () => {
  it('keeps what happened before, ends now, and never tells a report before its time', () => {
    fc.assert(
      fc.property(fc.constantFrom(...deeds), numbers, fc.nat({ max: 120_000 }), (deed, number, after) => {
        const call = planCall(dialOf(number), only(deed), 0, now)
        const events = cutShort(call, now + after)
        if (events === null) return assert.ok(endOf(call).at <= now + after)
        const cut = { ...call, events }
        const end = endOf(cut)
        assert.equal(end.at, now + after)
        assert.equal(end.event_key, endOf(call).event_key)
        assert.equal(end.reports.length, endOf(call).reports.length)
        const was_answered = events.some(({ event }) => event.kind === 'answered')
        assert.equal(end.event.outcome === 'canceled', !was_answered)
        for (const { at, reports } of events) for (const time of reports) assert.ok(time >= at)
      }),
    )
  })
})
