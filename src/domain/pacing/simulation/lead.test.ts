import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { drawLead, oddsOf } from './lead.ts'
import { scenarioOf } from './scenario.ts'
import { simulateShift } from './simulate-shift.ts'

const alike = scenarioOf({ name: 'alike', liveShare: () => 0.2 })
const spread = scenarioOf({ name: 'spread', liveShare: () => 0.2, oddsSpread: 1.5 })

describe('leads that differ', () => {
  it('answer as often as all alike do, and each as likely as its odds say', () => {
    const leads = Array.from({ length: 20_000 }, (_, index) => {
      const { result, ring } = drawLead(spread, 3, index, 0)
      return { odds: oddsOf(spread, 3, index, 0), picksUp: result === 'live' && ring > 0 }
    }).sort((a, b) => a.odds - b.odds)
    const mean = leads.reduce((sum, { odds }) => sum + odds, 0) / leads.length
    assert.ok(Math.abs(mean - 0.2) < 0.01, `${mean}`)
    for (let fifth = 0; fifth < 5; fifth += 1) {
      const part = leads.slice(fifth * 4000, (fifth + 1) * 4000)
      const odds = part.reduce((sum, each) => sum + each.odds, 0) / part.length
      const live = part.filter(({ picksUp }) => picksUp).length / part.length
      // Detection loses three of a hundred persons, and lets some machines pass.
      assert.ok(Math.abs(live - (0.97 * odds + 0.008)) < 0.02, `${live} of those with ${odds}`)
    }
    assert.ok((leads[19_000]?.odds as number) > 10 * (leads[1000]?.odds as number))
  })

  it('have the odds of all where they are alike', () => {
    for (const index of [0, 1, 2]) assert.equal(oddsOf(alike, 3, index, 0), 0.2)
  })

  it('are told apart to a pacer that is shown their odds, and to no other', () => {
    for (const showsOdds of [true, false]) {
      let looked = 0
      const plan = { scenario: { ...spread, shiftEnd: 1200 }, agents: 2, abandonCap: 0.03, seed: 1, showsOdds }
      simulateShift(
        () => ({
          decide({ calls, now, dialed, upcomingOdds }) {
            if (!showsOdds) assert.equal(upcomingOdds, undefined)
            else assert.equal(upcomingOdds?.(2), oddsOf(spread, 1, dialed + 2, now))
            for (const { id, dialedAt, odds } of calls)
              assert.equal(odds, showsOdds ? oddsOf(spread, 1, id, dialedAt) : undefined)
            looked += calls.length
            return 2 - calls.length
          },
        }),
        plan,
      )
      assert.ok(looked > 100)
    }
  })
})
