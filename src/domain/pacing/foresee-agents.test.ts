/** Whose busy agents are once free, over random floors. */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { type BusyAgent, foreseeAgents, type SharedCampaign } from './foresee-agents.ts'

const both = ['a', 'b']
const campaigns = (a: Partial<SharedCampaign>, b: Partial<SharedCampaign>): SharedCampaign[] => [
  { id: 'a', weight: 1, due: true, ...a },
  { id: 'b', weight: 1, due: true, ...b },
]
const inCallsOf = (campaign_id: string, count: number, campaign_ids = both): BusyAgent[] =>
  Array.from({ length: count }, (_, n) => ({ session_id: `${campaign_id}${n}`, campaign_id, campaign_ids }))
const sizes = (next: Map<string, string>) => both.map((id) => [...next.values()].filter((each) => each === id).length)

describe('agents in calls', () => {
  it('go where the share is smallest, by weight and with the idle counted', () => {
    const crew = inCallsOf('a', 8)
    assert.deepEqual(sizes(foreseeAgents(campaigns({}, {}), new Map(), crew)), [4, 4])
    assert.deepEqual(sizes(foreseeAgents(campaigns({}, { weight: 3 }), new Map(), crew)), [2, 6])
    assert.deepEqual(sizes(foreseeAgents(campaigns({}, {}), new Map([['b', 4]]), crew)), [6, 2])
  })

  it('stay where nobody else calls, and leave a campaign that calls nobody any more', () => {
    const crew = inCallsOf('a', 4)
    assert.deepEqual(sizes(foreseeAgents(campaigns({}, { due: false }), new Map(), crew)), [4, 0])
    assert.deepEqual(sizes(foreseeAgents(campaigns({ due: false }, {}), new Map(), crew)), [0, 4])
    assert.deepEqual(sizes(foreseeAgents(campaigns({}, { weight: 0 }), new Map(), crew)), [4, 0])
  })

  it('go to no campaign whose calls they do not take, and count for the one they are of', () => {
    const own = inCallsOf('a', 5, ['a'])
    const shared = inCallsOf('b', 4)
    assert.deepEqual(sizes(foreseeAgents(campaigns({}, {}), new Map(), [...own, ...shared])), [5, 4])
  })

  it('are each foreseen for one campaign, and no share is made smaller than one it fed', () => {
    const floor = fc.record({
      weights: fc.tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 5 })),
      crew: fc.array(fc.tuple(fc.constantFrom('a', 'b'), fc.subarray(both)), { maxLength: 15 }),
    })
    fc.assert(
      fc.property(floor, ({ weights: [a, b], crew }) => {
        const busy = crew.map(([campaign_id, campaign_ids], n) => ({
          session_id: String(n),
          campaign_id,
          campaign_ids,
        }))
        const next = foreseeAgents(campaigns({ weight: a }, { weight: b }), new Map(), busy)
        assert.equal(next.size, busy.length)
        const [inA, inB] = sizes(next) as [number, number]
        for (const { session_id, campaign_id, campaign_ids } of busy) {
          const to = next.get(session_id) as string
          if (to === campaign_id) continue
          assert.ok(campaign_ids.includes(to))
          const [given, left] = to === 'a' ? [inA / a, (inB + 1) / b] : [inB / b, (inA + 1) / a]
          assert.ok(given < left + 1e-9, 'the receiver has less than the giver had before the last move')
        }
      }),
    )
  })
})
