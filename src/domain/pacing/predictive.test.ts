import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { createPacer } from './pacer.ts'
import type {
  AgentView,
  CallView,
  CreatePacer,
  PacerConfig,
  PacerDoubt,
  PacerEvent,
  Snapshot,
} from './pacer-contract.ts'
import { publicScenarios, type Scenario, scenarioOf } from './simulation/scenario.ts'
import { simulateShift } from './simulation/simulate-shift.ts'

const config: PacerConfig = {
  ...{ abandonCap: 0.03, patience: 2, tick: 1, ringTimeout: 25, shiftEnd: 28_800 },
  ...{ lineCap: 50, maxAgents: 10, segments: 2 },
}
const [low, high, nonstat] = ['low', 'high', 'nonstat'].map((name) =>
  publicScenarios.find((scenario) => scenario.name === name),
) as [Scenario, Scenario, Scenario]
const hour = 3600

function shift(scenario: Scenario, agents: number, seed: number, pacer: CreatePacer = createPacer, hours = 8) {
  const doubts = new Set<PacerDoubt | null>()
  const plan = { scenario: { ...scenario, shiftEnd: hours * hour }, agents, abandonCap: 0.03, seed }
  const result = simulateShift(pacer, plan, {
    decided: (_snapshot, _dials, { doubt }) => doubts.add(doubt?.() ?? null),
  })
  return { ...result, doubts }
}

/** The pacer as it hears a shift through somebody who changes what is told. */
function hearing(
  tell: (event: PacerEvent, say: (event: PacerEvent) => void) => void,
  see: (snapshot: Snapshot) => Snapshot = (snapshot) => snapshot,
): CreatePacer {
  return (given) => {
    const pacer = createPacer(given)
    return {
      observe: (event) => tell(event, (said) => pacer.observe?.(said)),
      decide: (snapshot) => pacer.decide(see(snapshot)),
      doubt: () => pacer.doubt?.() ?? null,
    }
  }
}

describe('predictive dialing', () => {
  it('keeps agents far busier than progressive within the cap, few and many, and after sudden changes', () => {
    for (const [scenario, agents, least] of [
      [low, 5, 0.66],
      [high, 10, 0.84],
      [nonstat, 20, 0.84],
    ] as const) {
      const { utilisation, abandonRate, doubts } = shift(scenario, agents, 11)
      assert.ok(utilisation > least, `${scenario.name} ${agents}: ${utilisation}`)
      assert.ok(abandonRate <= 0.03, `${scenario.name} ${agents}: ${abandonRate}`)
      assert.deepEqual([...doubts], [null])
    }
  })

  it('knows from the start what an earlier shift has learned, and ignores what is no memory', () => {
    let memory: unknown
    simulateShift(
      createPacer,
      { scenario: low, agents: 10, abandonCap: 0.03, seed: 5 },
      {
        decided: (_snapshot, _dials, pacer) => {
          memory = pacer.memory?.()
        },
      },
    )
    const kept = JSON.parse(JSON.stringify(memory))
    const shares = (given: unknown) => {
      const told = createPacer({ ...config, memory: given }).debug?.() as { shares: number[] }
      return told.shares
    }
    assert.ok(Math.abs((shares(kept)[0] as number) - 0.115) < 0.03, `${shares(kept)}`)
    const blank = shares(undefined)
    for (const junk of [null, 7, 'x', [], {}, { ...kept, budget: { spent: -1, willing: 3 } }, { ...kept, shares: [2] }])
      assert.deepEqual(shares(junk), blank)
  })

  it('knows its calls by what was foretold of the leads before they were dialed', () => {
    const unlike = scenarioOf({ name: 'unlike', liveShare: () => 0.15, oddsSpread: 1.5, shiftEnd: 2 * hour })
    const plan = { scenario: unlike, agents: 8, abandonCap: 0.03, seed: 5, showsOdds: true }
    const toldOfLeadsAlone: CreatePacer = (config) => {
      const pacer = createPacer(config)
      const forget = ({ odds: _, ...call }: CallView) => call
      return {
        observe: (event) => pacer.observe?.(event),
        decide: (snapshot) => pacer.decide({ ...snapshot, calls: snapshot.calls.map(forget) }),
      }
    }
    const played = (pacer: CreatePacer, change = {}) => {
      const { dialed, utilisation } = simulateShift(pacer, { ...plan, ...change })
      return { dialed, utilisation }
    }
    assert.deepEqual(played(toldOfLeadsAlone), played(createPacer))
    assert.notDeepEqual(played(createPacer, { showsOdds: false }), played(createPacer))
  })

  it('asks for whole calls only, never more than lines, and none where nobody is there', () => {
    const agent = fc.record({
      id: fc.nat(20),
      state: fc.constantFrom<AgentView['state']>('off', 'idle', 'talk', 'wrap', 'break'),
      since: fc.integer({ min: -100, max: 5000 }),
      pausePending: fc.boolean(),
    })
    const call = fc.record({
      id: fc.nat(40),
      state: fc.constantFrom<CallView['state']>('setup', 'ringing', 'amd', 'queued'),
      dialedAt: fc.integer({ min: -100, max: 5000 }),
      since: fc.integer({ min: -100, max: 5000 }),
      segment: fc.integer({ min: -1, max: 5 }),
    })
    const number = fc.oneof(fc.integer({ min: -5, max: 5000 }), fc.constant(Number.NaN))
    const event = fc
      .record({
        t: number,
        callId: fc.nat(40),
        agentId: fc.nat(20),
        segment: fc.integer({ min: -1, max: 5 }),
        duration: number,
      })
      .chain((base) =>
        fc.constantFrom<PacerEvent>(
          { ...base, type: 'dialed' },
          { ...base, type: 'outcome', dialedAt: base.t - 9, result: 'live' },
          { ...base, type: 'outcome', dialedAt: base.t - 26, result: 'noanswer' },
          { ...base, type: 'agent', from: 'talk', to: 'wrap' },
        ),
      )
    const step = fc.record({
      now: number,
      agents: fc.array(agent, { maxLength: 12 }),
      calls: fc.array(call, { maxLength: 30 }),
      linesInUse: number,
      counts: fc.tuple(number, number),
      events: fc.array(event, { maxLength: 8 }),
    })
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 12 }), (steps) => {
        const pacer = createPacer(config)
        for (const { events, counts, ...seen } of steps) {
          for (const each of events) pacer.observe?.(each)
          const [liveAnswers, abandoned] = counts
          const dials = pacer.decide({
            ...{ ...seen, lineCap: 50, liveAnswers, abandoned, dialed: 0, upcomingSegment: () => 1 },
          })
          const there = seen.agents.filter(({ state }) => state !== 'off' && state !== 'break').length
          assert.ok(Number.isInteger(dials) && dials >= 0, `${dials}`)
          assert.ok(dials === 0 || dials <= 50 - seen.linesInUse, `${dials} with ${seen.linesInUse} lines in use`)
          assert.ok(there > 0 || dials === 0, `${dials} for nobody`)
          if (pacer.doubt?.() !== null) assert.ok(dials === 0 || dials <= there - seen.calls.length)
        }
      }),
      { numRuns: 500 },
    )
  })
})

describe('a predictive pacer that is told by halves', () => {
  const within = (pacer: CreatePacer, expected: PacerDoubt | null, seed = 3) => {
    const { abandonRate, doubts } = shift(high, 10, seed, pacer, 3)
    assert.ok(doubts.has(expected), `${[...doubts]}`)
    assert.ok(abandonRate <= 0.03, `${expected}: ${abandonRate}`)
  }

  it('dials one call for each idle agent while events are missing', () => {
    within(
      hearing(() => {}),
      'events_missing',
    )
    let told = 0
    const halves = hearing((event, say) => {
      told += 1
      if (event.type !== 'outcome' || told % 2 === 0) say(event)
    })
    within(halves, 'events_missing')
  })

  it('counts what is told twice once, and doubts when it is told again and again', () => {
    const twice = hearing((event, say) => {
      say(event)
      if (event.type === 'outcome') say(event)
    })
    within(twice, 'events_contradict')
    // Now and then is no reason to doubt.
    let told = 0
    const sometimes = shift(
      high,
      10,
      3,
      hearing((event, say) => {
        told += 1
        say(event)
        if (event.type === 'outcome' && told % 97 === 0) say(event)
      }),
      3,
    )
    assert.deepEqual([...sometimes.doubts], [null])
  })

  it('lives with what is told some seconds late', () => {
    const late: PacerEvent[] = []
    let now = 0
    const tell = (event: PacerEvent, say: (event: PacerEvent) => void) => {
      now = event.t
      late.push(event)
      while (late[0] && late[0].t < now - 4) say(late.shift() as PacerEvent)
    }
    within(hearing(tell), null)
  })

  it('doubts a clock that jumps, until it has gone evenly for a minute', () => {
    let asked = 0
    const jumping = hearing(
      (event, say) => say(event),
      (snapshot) => {
        asked += 1
        const by = asked > 3000 && asked < 3050 ? (asked % 2) * 3600 : 0
        return { ...snapshot, now: snapshot.now + by, upcomingSegment: snapshot.upcomingSegment }
      },
    )
    const { abandonRate, doubts } = shift(high, 10, 3, jumping, 3)
    assert.ok(doubts.has('clock_jumped') && doubts.has(null))
    assert.ok(abandonRate <= 0.03)
    const pacer = createPacer(config)
    const look = (now: number) => {
      pacer.decide(floorOf({ now }))
      return pacer.doubt?.()
    }
    for (let now = 0; now < 10; now += 1) assert.equal(look(now), null)
    assert.equal(look(3600), 'clock_jumped')
    for (let now = 3601; now < 3660; now += 1) assert.equal(look(now), 'clock_jumped')
    assert.equal(look(3661), null)
  })

  it('dials no wave into a trunk that fails, and comes back when it does', () => {
    const failed = createPacer(config)
    let now = 0
    let most = 0
    const dial = (results: (callId: number) => 'failed' | 'noanswer', until: number) => {
      for (; now < until; now += 1) {
        const dials = failed.decide(floorOf({ now }))
        if (failed.doubt?.() !== null) most = Math.max(most, dials)
        for (let each = 0; each < dials; each += 1) {
          const callId = now * 100 + each
          failed.observe?.({ type: 'dialed', t: now, callId, segment: 0 })
          failed.observe?.({ type: 'outcome', t: now, callId, segment: 0, dialedAt: now, result: results(callId) })
        }
      }
    }
    dial(() => 'failed', 60)
    assert.equal(failed.doubt?.(), 'trunk_failing')
    assert.ok(most <= 10, `${most} calls at once for ten idle agents`)
    dial(() => 'noanswer', 200)
    assert.equal(failed.doubt?.(), null)
  })

  it('asks for nothing more when its agents are gone', () => {
    let asked = 0
    const gone = hearing(
      (event, say) => say(event),
      (snapshot) => {
        asked += 1
        const agents =
          asked > 3600 ? snapshot.agents.map((agent) => ({ ...agent, state: 'off' as const })) : snapshot.agents
        return { ...snapshot, agents, upcomingSegment: snapshot.upcomingSegment }
      },
    )
    let dialsAfter = 0
    simulateShift(
      gone,
      { scenario: { ...high, shiftEnd: 2 * hour }, agents: 10, abandonCap: 0.03, seed: 3 },
      {
        decided: ({ now }, dials) => {
          if (now > 3600) dialsAfter += dials
        },
      },
    )
    assert.equal(dialsAfter, 0)
  })
})

function floorOf(change: Partial<Snapshot>): Snapshot {
  return {
    ...{ now: 0, calls: [], lineCap: 50, linesInUse: 0, liveAnswers: 0, abandoned: 0, dialed: 0 },
    agents: Array.from({ length: 10 }, (_, id) => ({ id, state: 'idle', since: 0, pausePending: false })),
    upcomingSegment: () => 0,
    ...change,
  }
}
