import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { createRandom } from '../../random.ts'
import type { PacerConfig } from '../pacer-contract.ts'
import { AnswerShare } from './answer-share.ts'
import { Budget } from './budget.ts'
import { FreeTimes, Stays } from './busy-times.ts'
import { Counts } from './counts.ts'
import { Flight } from './flight.ts'
import { RingShapes } from './ring-shapes.ts'

function near(actual: number, expected: number, within: number): void {
  assert.ok(Math.abs(actual - expected) <= within, `${actual} is not ${expected} within ${within}`)
}

describe('counts of things that may happen', () => {
  const chances = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 7 })
  const countsOf = (each: readonly number[], exact = true) => {
    const counts = new Counts(1, 60)
    counts.reset(exact)
    for (const chance of each) counts.add(Float64Array.of(chance))
    return counts
  }

  it('are what going through all cases gives', () => {
    fc.assert(
      fc.property(chances, chances, fc.integer({ min: -4, max: 4 }), (frees, answers, limit) => {
        const all = [...frees, ...answers]
        let expected = 0
        for (let each = 0; each < 2 ** all.length; each += 1) {
          const happened = all.map((_, place) => (each >> place) & 1)
          const weight = all.reduce((product, chance, place) => product * (happened[place] ? chance : 1 - chance), 1)
          const balance = happened.reduce((sum, one, place) => sum + (place < frees.length ? one : -one), 0)
          if (balance <= limit) expected += weight
        }
        near(Counts.atMostBeyond(countsOf(frees), countsOf(answers), limit, 0), expected, 1e-6)
      }),
      { numRuns: 200 },
    )
  })

  it('are nearly the same by their moments where they are many', () => {
    const random = createRandom(4)
    const frees = Array.from({ length: 50 }, () => 0.2 * random())
    const answers = Array.from({ length: 50 }, () => 0.25 * random())
    for (let limit = -12; limit <= 8; limit += 1) {
      const exact = Counts.atMostBeyond(countsOf(frees), countsOf(answers), limit, 0)
      near(Counts.atMostBeyond(countsOf(frees, false), countsOf(answers, false), limit, 0), exact, 0.004)
    }
  })
})

describe('what is learned of busy agents', () => {
  it('counts stays that still run, so that long ones are not missed', () => {
    const random = createRandom(8)
    const stays = new Stays({ mean: 30, weight: 3 })
    // Half of all stays are cut off by the end of looking at them: those that ended are half as long on the average.
    for (let each = 0; each < 4_000; each += 1) {
      const whole = -200 * Math.log(1 - random())
      const looked = 150 * random()
      for (let age = 0; age < Math.min(whole, looked); age += 1)
        stays.stayed(age, Math.min(1, whole - age, looked - age))
      if (whole <= looked) stays.ended(whole)
    }
    near(stays.meanStay(), 200, 20)
    near(stays.survival(300)[200] as number, Math.exp(-1), 0.05)
  })

  it('says when they come free: at the end of wrap-up, not of talk', () => {
    const [talk, wrap] = [new Stays({ mean: 100, weight: 1e6 }), new Stays({ mean: 20, weight: 1e6 })]
    const free = new FreeTimes(talk, wrap, [10, 30])
    const within = (time: number) => 1 - (100 * Math.exp(-time / 100) - 20 * Math.exp(-time / 20)) / 80
    for (const age of [0, 50, 500, 5_000]) near(free.of('talk', age)[1] as number, within(30), 0.01)
    near(free.of('wrap', 7)[0] as number, 1 - Math.exp(-0.5), 0.01)
  })
})

describe('what is learned of calls', () => {
  /** Calls dialed every second: a live one answers at 9 s, the others ring until 26 s. Gives the share believed in the end. */
  const follow = (seconds: number, live: (call: number) => boolean, odds?: (call: number) => number) => {
    const perSecond = 3
    const shapes = new RingShapes(25)
    const share = new AnswerShare()
    const flight = new Flight(shapes, [share], null)
    if (odds) flight.refer(0.1)
    const ringing: { id: number; dialedAt: number; live: boolean }[] = []
    const believed: number[] = []
    for (let now = 0; now < seconds; now += 1) {
      for (let each = 0; each < perSecond; each += 1) {
        const id = now * perSecond + each
        ringing.push({ id, dialedAt: now, live: live(id) })
      }
      for (const call of ringing.splice(0)) {
        const ends = now - call.dialedAt >= (call.live ? 9 : 26)
        if (!ends) ringing.push(call)
        else {
          const told = { callId: call.id, segment: 0, t: now, dialedAt: call.dialedAt }
          const outcome = { type: 'outcome', ...told, result: call.live ? 'live' : 'noanswer' } as const
          assert.ok(flight.end(outcome))
          shapes.learn(call.live ? { ...outcome, pickedUpAt: now - 1 } : outcome)
        }
      }
      const calls = ringing.map(({ id, dialedAt }) => {
        const call = { id, dialedAt, state: 'ringing', since: dialedAt + 1, segment: 0 } as const
        return odds ? { ...call, odds: odds(id) } : call
      })
      flight.look(calls, now, 1)
      if (now % 20 === 0) {
        shapes.refresh(now)
        flight.reshape([5, 10])
      }
      believed.push(share.mean)
    }
    return believed
  }

  it('is not drawn up by answers that come before the rest', () => {
    const random = createRandom(2)
    const believed = follow(600, () => random() < 0.1)
    near(believed.at(-1) as number, 0.1, 0.02)
    for (const share of believed.slice(60)) assert.ok(share < 0.2, `${share}`)
  })

  it('follows a jump within half a minute', () => {
    const random = createRandom(3)
    const believed = follow(700, (call) => random() < (call < 1800 ? 0.08 : 0.42))
    near(believed[599] as number, 0.08, 0.03)
    near(believed[635] as number, 0.42, 0.08)
  })

  it('is not moved by leads of whom it is known that they answer more or less often', () => {
    const random = createRandom(4)
    const odds = (call: number) => (call < 900 ? 0.03 : 0.4)
    const believed = follow(600, (call) => random() < odds(call), odds)
    for (const share of believed.slice(120)) near(share, 0.1, 0.04)
    const tenfold = createRandom(5)
    near(
      follow(
        600,
        () => tenfold() < 0.3,
        () => 0.03,
      ).at(-1) as number,
      0.55,
      0.12,
    )
  })
})

describe('the budget', () => {
  const config: Pick<PacerConfig, 'abandonCap' | 'before'> = { abandonCap: 0.03 }
  const allow = (tally: { liveAnswers: number; abandoned: number; toCome: number }, before?: PacerConfig['before']) =>
    new Budget(before ? { ...config, before } : config).allow({ pace: tally.toCome / 10_000, passed: 1, ...tally })

  it('grows with what is left and stops before the one too many', () => {
    const willing = [0, 5, 10, 13].map((abandoned) => allow({ liveAnswers: 250, abandoned, toCome: 250 }).abandon)
    assert.deepEqual(
      willing,
      [...willing].sort((a, b) => b - a),
    )
    const spent = allow({ liveAnswers: 490, abandoned: 15, toCome: 10 })
    assert.equal(spent.affordable, 0)
    assert.ok(spent.abandon < 0.003)
  })

  it('pays what earlier shifts owe, and spends a part of what they saved', () => {
    const tally = { liveAnswers: 250, abandoned: 7, toCome: 250 }
    const owing = allow(tally, { liveAnswers: 1_000, abandoned: 35 })
    const saved = allow(tally, { liveAnswers: 100_000, abandoned: 0 })
    assert.ok(owing.abandon < allow(tally).abandon && allow(tally).abandon < saved.abandon)
    assert.ok(saved.affordable <= 0.5 * 15 + 15 - 7)
  })
})
