import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { type DealtCampaign, dealAgents } from './deal-agents.ts'
import type { AgentView, PacerConfig, Snapshot } from './pacer-contract.ts'
import { powerPacerOf, sparedAbandons } from './power.ts'
import { createPacer as createProgressive } from './progressive.ts'

const config: PacerConfig = {
  ...{ abandonCap: 0.03, patience: 2, tick: 1, ringTimeout: 25, shiftEnd: 28_800 },
  ...{ lineCap: 100, maxAgents: 50, segments: 1 },
}

function snapshot(states: AgentView['state'][], calls: number, lines: Partial<Snapshot> = {}): Snapshot {
  return {
    ...{ now: 60, lineCap: 100, linesInUse: calls, liveAnswers: 0, abandoned: 0, dialed: 0 },
    agents: states.map((state, id) => ({ id, state, since: 0, pausePending: false })),
    calls: Array.from({ length: calls }, (_, id) => ({ id, state: 'ringing', dialedAt: 50, since: 50, segment: 0 })),
    upcomingSegment: () => 0,
    ...lines,
  }
}

describe('progressive and power', () => {
  it('hold so many calls for each idle agent', () => {
    const decide = (ratio: number, states: AgentView['state'][], calls: number, lines = {}) =>
      powerPacerOf(ratio)(config).decide(snapshot(states, calls, { liveAnswers: 1000, ...lines }))
    assert.equal(createProgressive(config).decide(snapshot(['idle', 'idle', 'talk', 'wrap', 'break', 'off'], 0)), 2)
    assert.equal(createProgressive(config).decide(snapshot(['idle', 'idle'], 1)), 1)
    assert.equal(createProgressive(config).decide(snapshot(['idle'], 3)), 0)
    assert.equal(decide(3, ['idle', 'idle'], 1), 5)
    assert.equal(decide(1.5, ['idle', 'idle', 'idle'], 0), 4)
    assert.equal(decide(3, ['idle', 'idle'], 0, { lineCap: 4, linesInUse: 1 }), 3)
  })

  it('dial ahead of agents by no more calls than could all be abandoned within the cap', () => {
    const decide = (liveAnswers: number, abandoned: number, calls = 0) =>
      powerPacerOf(5)(config).decide(snapshot(['idle', 'idle'], calls, { liveAnswers, abandoned }))
    assert.deepEqual([decide(0, 0), decide(32, 0), decide(33, 0), decide(97, 0), decide(97, 2)], [2, 2, 3, 5, 2])
    // Three calls beyond the two agents are under way: what may be abandoned is spent.
    assert.equal(decide(97, 0, 5), 0)
    assert.equal(decide(120, 4), 2)
    const counts = fc.tuple(fc.integer({ min: 0, max: 5000 }), fc.integer({ min: 0, max: 200 }))
    fc.assert(
      fc.property(counts, ([live, lost]) => {
        const more = sparedAbandons(live, lost, 0.03)
        assert.ok(more === 0 || 100 * (lost + more) <= 3 * (live + more))
        assert.ok(100 * (lost + more + 1) > 3 * (live + more + 1))
      }),
    )
  })

  it('count nobody who is about to take a break', () => {
    const leaving = snapshot(['idle'], 0, { agents: [{ id: 0, state: 'idle', since: 0, pausePending: true }] })
    assert.equal(createProgressive(config).decide(leaving), 0)
  })
})

describe('dealing agents to campaigns', () => {
  const campaign = fc.record({
    weight: fc.integer({ min: 0, max: 5 }),
    due: fc.boolean(),
    awaiting: fc.integer({ min: 0, max: 6 }),
    talking: fc.integer({ min: 0, max: 6 }),
    calls_per_agent: fc.constantFrom(1, 1.5, 3),
  })
  const floor = fc
    .array(campaign, { minLength: 1, maxLength: 4 })
    .map((campaigns) => campaigns.map((each, index): DealtCampaign => ({ id: `c${index}`, ...each })))
    .chain((campaigns) =>
      fc.record({
        campaigns: fc.constant(campaigns),
        idle: fc
          .array(fc.subarray(campaigns.map(({ id }) => id)), { maxLength: 12 })
          .map((lists) => lists.map((campaign_ids, index) => ({ session_id: `s${index}`, campaign_ids }))),
      }),
    )

  it('gives each agent to one campaign at most, of those whose calls they take', () => {
    fc.assert(
      fc.property(floor, ({ campaigns, idle }) => {
        const dealt = [...dealAgents(campaigns, idle)].flatMap(([id, agents]) => agents.map((agent) => ({ id, agent })))
        assert.equal(new Set(dealt.map(({ agent }) => agent.session_id)).size, dealt.length)
        for (const { id, agent } of dealt) assert.ok(agent.campaign_ids.includes(id))
      }),
    )
  })

  it('leaves nobody idle whom a campaign with somebody to call could use', () => {
    fc.assert(
      fc.property(floor, ({ campaigns, idle }) => {
        const dealt = new Set([...dealAgents(campaigns, idle).values()].flat())
        const calling = new Set(campaigns.filter(({ due }) => due).map(({ id }) => id))
        for (const agent of idle) if (agent.campaign_ids.some((id) => calling.has(id))) assert.ok(dealt.has(agent))
      }),
    )
  })

  const two = (a: Partial<DealtCampaign>, b: Partial<DealtCampaign>): DealtCampaign[] =>
    [a, b].map((each, index) => ({
      ...{ id: `c${index}`, weight: 1, due: true, awaiting: 0, talking: 0, calls_per_agent: 1 },
      ...each,
    }))
  const shared = (count: number) =>
    Array.from({ length: count }, (_, index) => ({ session_id: `s${index}`, campaign_ids: ['c0', 'c1'] }))
  const sizes = (campaigns: DealtCampaign[], count: number) =>
    [...dealAgents(campaigns, shared(count)).values()].map((agents) => agents.length)

  it('shares by weight, and counts who talks already', () => {
    assert.deepEqual(sizes(two({ weight: 3 }, { weight: 1 }), 8), [6, 2])
    assert.deepEqual(sizes(two({ talking: 4 }, {}), 4), [0, 4])
    assert.deepEqual(sizes(two({ weight: 9, due: false }, {}), 4), [0, 4])
    assert.deepEqual(sizes(two({ weight: 0 }, {}), 4), [0, 4])
    assert.deepEqual(sizes(two({ weight: 0 }, { due: false }), 4), [4, 0])
  })

  it('covers the calls under way first', () => {
    assert.deepEqual(sizes(two({ awaiting: 3 }, { weight: 9 }), 3), [3, 0])
    assert.deepEqual(sizes(two({ awaiting: 3, calls_per_agent: 3 }, { weight: 9 }), 2), [1, 1])
  })

  it('covers the calls of a campaign that dials ahead no further than its share', () => {
    const idle = Array.from({ length: 4 }, (_, n) => ({ session_id: String(n), campaign_ids: ['a', 'b'] }))
    const base = { weight: 1, due: true, talking: 0, calls_per_agent: 3 }
    const dealtTo = (change: object, other: object = {}) => {
      const a = { ...base, id: 'a', awaiting: 30, dials_ahead: true, ...change }
      return dealAgents([a, { ...base, id: 'b', awaiting: 0, ...other }], idle).get('a')?.length
    }
    assert.deepEqual([dealtTo({}), dealtTo({ dials_ahead: false }), dealtTo({ weight: 3 })], [2, 4, 3])
    assert.equal(dealtTo({ talking: 4 }, { talking: 0 }), 0)
    assert.equal(dealtTo({}, { due: false }), 4)
  })

  it('keeps whoever serves two campaigns for the one that has nobody else', () => {
    const idle = [...shared(1), { session_id: 'only', campaign_ids: ['c0'] }]
    const dealt = dealAgents(two({ awaiting: 1 }, { awaiting: 1 }), idle)
    assert.deepEqual(
      [...dealt.values()].flat().map(({ session_id }) => session_id),
      ['only', 's0'],
    )
  })
})
