import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { AnswerOdds } from './answer-odds.ts'
import { type LeadFacts, traits, traitsOf } from './lead-traits.ts'
import { drawsOf, normal } from './simulation/chance.ts'

const kinds = [...Map.groupBy(traits, (name) => name.split('_')[0]).values()]

/** Leads whose log odds are a sum over their traits, each trait's drawn with this spread. */
function world(seed: number, spread: number, middle: number) {
  const truth = new Map(
    [...traits].map((name, at) => [name, spread * normal(drawsOf(seed, at)(0), drawsOf(seed, at)(1))]),
  )
  return (index: number) => {
    const draw = drawsOf(seed + 1000, index)
    // The first of each kind are the most: few leads have had many tries.
    const lead = kinds.map((names, kind) => names[Math.floor(draw(kind) ** 1.5 * names.length)] as string)
    const chance = 1 / (1 + Math.exp(-lead.reduce((sum, name) => sum + (truth.get(name) as number), middle)))
    return { lead, chance, live: draw(99) < chance }
  }
}

const lossOf = (chance: number, live: boolean) => -Math.log(live ? chance : 1 - chance)

const worlds = [1, 2, 3].flatMap((seed) => [-2.2, -1, 0].map((middle) => ({ seed, middle })))

describe('answer odds', () => {
  it('are right within a few points in every tenth of the leads, whatever the traits are worth', () => {
    for (const { seed, middle } of worlds)
      for (const spread of [0, 0.3, 0.7]) {
        const draw = world(seed, spread, middle)
        const odds = new AnswerOdds()
        for (let index = 0; index < 6000; index += 1) odds.learn(draw(index).lead, draw(index).live)
        const later = Array.from({ length: 10_000 }, (_, index) => draw(6000 + index))
        const foretold = later
          .map(({ lead, chance }) => ({ odds: odds.odds(lead), chance }))
          .sort((a, b) => a.odds - b.odds)
        const offs = Array.from({ length: 10 }, (_, tenth) => {
          const part = foretold.slice(tenth * 1000, (tenth + 1) * 1000)
          return Math.abs(part.reduce((sum, each) => sum + each.odds - each.chance, 0) / part.length)
        })
        const [off, most] = [offs.reduce((sum, each) => sum + each, 0) / 10, Math.max(...offs)]
        assert.ok(off < 0.035 && most < 0.07, `world ${seed} ${middle} ${spread}: off by ${off}, by ${most} at most`)
      }
  })

  it('foretell no worse than the plain share from a few hundred calls on, and better where traits tell', () => {
    for (const { seed, middle } of worlds)
      for (const spread of [0, 0.3, 0.7, 1]) {
        const draw = world(seed, spread, middle)
        const odds = new AnswerOdds()
        let [answered, mine, plain] = [1, 0, 0]
        for (let index = 0; index < 4000; index += 1) {
          const { lead, live } = draw(index)
          if (index >= 400) {
            mine += lossOf(odds.odds(lead), live)
            plain += lossOf(answered / (index + 5), live)
          }
          odds.learn(lead, live)
          answered += live ? 1 : 0
        }
        // Two nats in all are the price of having believed in traits a little.
        assert.ok(mine < plain + 2, `world ${seed} ${middle} ${spread}: ${mine} against ${plain}`)
        if (spread >= 0.7) assert.ok(mine < plain - 100, `world ${seed} ${middle} ${spread}: ${mine} against ${plain}`)
      }
  })

  it('are all alike before anything is known, and nearly so after a handful of calls', () => {
    const odds = new AnswerOdds()
    assert.equal(odds.odds(['attempt_1']), odds.odds(['attempt_more']))
    for (let call = 0; call < 5; call += 1) {
      odds.learn(['attempt_1'], true)
      odds.learn(['attempt_2'], false)
    }
    const [first, second] = [odds.odds(['attempt_1']), odds.odds(['attempt_2'])]
    assert.ok(first > second && first < 1.5 * second, `${first} and ${second}`)
  })

  it('follow a change', () => {
    const odds = new AnswerOdds()
    const draw = drawsOf(7, 0)
    const hear = (from: number, count: number, chances: [number, number]) => {
      for (let call = from; call < from + count; call += 1) {
        const first = draw(2 * call) < 0.5
        odds.learn([first ? 'attempt_1' : 'attempt_2'], draw(2 * call + 1) < chances[first ? 0 : 1])
      }
    }
    const off = (chances: [number, number]) =>
      Math.max(Math.abs(odds.odds(['attempt_1']) - chances[0]), Math.abs(odds.odds(['attempt_2']) - chances[1]))
    hear(0, 20_000, [0.4, 0.1])
    assert.ok(off([0.4, 0.1]) < 0.03)
    hear(20_000, 12_000, [0.1, 0.3])
    assert.ok(off([0.1, 0.3]) < 0.05, `off by ${off([0.1, 0.3])}`)
  })

  it('go on from their memory, through JSON', () => {
    const draw = world(5, 0.7, -1)
    const odds = new AnswerOdds()
    for (let index = 0; index < 500; index += 1) odds.learn(draw(index).lead, draw(index).live)
    const next = new AnswerOdds(JSON.parse(JSON.stringify(odds.memory())))
    for (let index = 500; index < 600; index += 1) {
      const { lead, live } = draw(index)
      assert.equal(next.odds(lead), odds.odds(lead))
      odds.learn(lead, live)
      next.learn(lead, live)
    }
  })

  it('ignore what is no memory', () => {
    const fresh = new AnswerOdds().odds(['attempt_1'])
    const good = { weights: { attempt_1: [1, 0.1], any: [-1, 0.5] }, trust: 2 }
    assert.notEqual(new AnswerOdds(good).odds(['attempt_1']), fresh)
    const withWeight = (pair: unknown) => ({ ...good, weights: { ...good.weights, attempt_2: pair } })
    const junk: unknown[] = [null, undefined, 7, 'x', [], {}, { weights: null, trust: 1 }, { weights: [], trust: 'x' }]
    junk.push(
      { ...good, trust: Number.NaN },
      { ...good, trust: 1e9 },
      { weights: good.weights },
      { ...good, weights: 'ab' },
    )
    for (const pair of [null, 1, [], [1], ['1', '0.1'], [1, 0], [1, -1], [1, 9], [1e9, 0.1], [null, 0.1], { 0: 1 }])
      junk.push(withWeight(pair))
    for (const memory of junk)
      assert.equal(new AnswerOdds(memory).odds(['attempt_1']), fresh, `believed ${JSON.stringify(memory)}`)
    // A trait that is no more, or not yet, is left out; the others hold.
    const older = { ...good, weights: { ...good.weights, shoe_size_9: [1, 0.1] } }
    assert.deepEqual(new AnswerOdds(older).memory(), good)
    const named = JSON.parse('{"weights": {"__proto__": [1, 0.1], "constructor": [1, 0.1]}, "trust": 0}')
    assert.deepEqual(new AnswerOdds(named).memory().weights, {})
  })
})

describe('traits of a lead', () => {
  const at = Date.parse('2026-03-04T15:30:00Z')
  const facts: LeadFacts = {
    ...{
      number: '+12125550100',
      zone: null,
      country: null,
      region: null,
      postcode: null,
      campaign_zone: 'Europe/Paris',
    },
    ...{ attempts: 0, last_outcome: null, phone_index: 0, line: null, listed_at: at },
  }

  it('are what is known before the dial, by the person’s clock', () => {
    const first = ['attempt_1', 'hour_10', 'weekday_3', 'last_none', 'listed_1', 'phone_1']
    assert.deepEqual(traitsOf(facts, at), first)
    const later = {
      ...facts,
      zone: 'Asia/Tokyo',
      attempts: 7,
      last_outcome: 'rejected',
      phone_index: 4,
      line: 'mobile',
    }
    const listed_at = at - 8 * 86_400_000
    assert.deepEqual(traitsOf({ ...later, listed_at }, at), [
      ...['attempt_more', 'hour_0', 'weekday_4', 'last_busy', 'line_mobile', 'listed_30', 'phone_more'],
    ])
  })

  it('are by the campaign’s clock where nobody knows the person’s, and none where nothing is known', () => {
    const unknown = { ...facts, number: '+8835100', phone_index: null, line: 'work', last_outcome: 'invalid_number' }
    assert.deepEqual(traitsOf(unknown, at), ['attempt_1', 'hour_16', 'weekday_3', 'last_failed', 'listed_1'])
  })
})
