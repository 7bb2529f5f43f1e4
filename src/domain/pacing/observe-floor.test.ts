import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import type { AgentState } from '../agent-session.ts'
import type { Outcome } from '../call.ts'
import { type Followed, followAgents, type OpenSession } from './follow-agents.ts'
import type { FloorCall } from './observe-calls.ts'
import { beginFloor, type ObservedFloor, observeFloor, openCalls, showFloor } from './observe-floor.ts'
import type { PacerEvent } from './pacer-contract.ts'
import { endOfShift } from './shift-end.ts'

const start = Date.parse('2026-03-04T15:00:00Z')
const lines = { cap: 10, in_use: 0 }

/** What happens to a call: each time in ms after the one before. */
interface Story {
  dialed: number
  rings: number
  fate: 'live' | 'machine' | 'busy' | 'no_answer' | 'failed' | 'gone_early'
  hears: number
  meets: 'connected' | 'abandoned' | 'short'
  waits: number
  talks: number
  /** How late the database hears of each thing. */
  lag: number
}

const story: fc.Arbitrary<Story> = fc.record({
  dialed: fc.nat(20_000),
  rings: fc.nat(5_000),
  fate: fc.constantFrom('live', 'live', 'live', 'machine', 'busy', 'no_answer', 'failed', 'gone_early'),
  hears: fc.nat(2_500),
  meets: fc.constantFrom('connected', 'abandoned', 'short'),
  waits: fc.nat(2_000),
  talks: fc.nat(10_000),
  lag: fc.nat(3_000),
})

const outcomes: Record<Story['fate'], Outcome> = {
  ...{ live: 'human', machine: 'machine', busy: 'busy', no_answer: 'no_answer', failed: 'congestion' },
  gone_early: 'human',
}

/** The call's row as the database has it at `at`; null before it is dialed. */
function rowAt(id: string, call: Story, at: number): FloorCall | null {
  const { fate, meets } = call
  const claimed_at = start + call.dialed
  if (claimed_at >= at) return null
  const rang = claimed_at + call.rings
  const heard = rang + call.hears
  const settled = heard + call.waits
  const picksUp = ['live', 'machine', 'gone_early'].includes(fate)
  const over = fate === 'live' ? settled + call.talks : picksUp ? heard + 500 : rang
  const known = (time: number, holds = true) => (holds && time + call.lag <= at ? time : null)
  const ended_at = known(over)
  const isLive = fate === 'live'
  const connected = isLive && meets === 'connected'
  return {
    ...{ id, claimed_at, ringing_at: known(claimed_at + call.rings / 2), answered_at: known(rang, picksUp) },
    ...{ live_at: known(heard, isLive), connected_at: known(settled, connected) },
    ...{ abandoned_at: known(settled, isLive && meets === 'abandoned'), ended_at },
    outcome: ended_at === null ? null : isLive && meets === 'abandoned' ? 'abandoned' : outcomes[fate],
    machine_at: known(heard, fate === 'machine'),
    ending: known(heard, fate === 'machine') !== null,
    session_id: known(settled - 1, connected) === null ? null : 's',
    lead: null,
  }
}

const crew = new Map([
  ['s', { agent: 7, steps: 1, pause_pending: false, stays: [{ campaign_id: null, state: 'off' as const, at: 0 }] }],
])

/** What a pacer hears that reads the floor at these instants. */
function listen(calls: Story[], instants: number[]): { events: PacerEvent[]; floor: ObservedFloor } {
  let floor = beginFloor('c', start)
  let since = start
  const events: PacerEvent[] = []
  for (const [index, after] of instants.entries()) {
    const at = start + after
    const heard = new Set(openCalls(floor))
    const rows = calls.flatMap((call, n) => {
      const row = rowAt(String(n), call, at)
      const isRead =
        row && ((row.ended_at === null && row.session_id === null) || heard.has(row.id) || row.claimed_at >= since)
      return isRead ? [row] : []
    })
    const observed = observeFloor(floor, { at, calls: rows, agents: crew }, index === 0)
    floor = observed.floor
    since = at
    events.push(...observed.events)
  }
  return { events, floor }
}

const instants = fc.uniqueArray(fc.integer({ min: 1, max: 50_000 }), { minLength: 1, maxLength: 40 }).map((all) => [
  ...[0, ...all.sort((a, b) => a - b)],
  // All is over and known by then.
  100_000,
])

describe('what a pacer hears of calls', () => {
  it('is each thing once, in order, whenever the floor is read', () => {
    fc.assert(
      fc.property(fc.array(story, { maxLength: 12 }), instants, (calls, at) => {
        const { events, floor } = listen(calls, at)
        const times = events.map(({ t }) => t)
        assert.deepEqual(
          times,
          times.toSorted((a, b) => a - b),
        )
        const byCall = Map.groupBy(events, (event) => ('callId' in event ? event.callId : 0))
        assert.equal(byCall.size, calls.length)
        const told = [...byCall.values()].map((each) => each.map(nameOf).join(' ')).sort()
        assert.deepEqual(told, calls.map(expected).sort())
        const live = calls.filter(({ fate }) => fate === 'live')
        const lost = live.filter(({ meets }) => meets === 'abandoned')
        assert.deepEqual([floor.dialed, floor.live_answers, floor.abandoned], [calls.length, live.length, lost.length])
        assert.deepEqual(showFloor(floor, start + 100_000, lines).calls, [])
      }),
      { numRuns: 300 },
    )
  })

  it('tells when somebody was dialed, picked up and was put through, not when it was read', () => {
    const call = {
      dialed: 1000,
      rings: 4000,
      fate: 'live',
      hears: 1300,
      meets: 'connected',
      waits: 200,
      talks: 9000,
      lag: 0,
    } as const
    const { events } = listen([call], [0, 30_000])
    assert.deepEqual(events, [
      { type: 'dialed', t: 1, callId: 1, segment: 0 },
      { type: 'pickup', t: 5, callId: 1, dialedAt: 1, segment: 0 },
      { type: 'outcome', t: 6.3, callId: 1, dialedAt: 1, pickedUpAt: 5, result: 'live', segment: 0 },
      { type: 'connected', t: 6.5, callId: 1, agentId: 7, waited: 0.2, segment: 0 },
    ])
  })

  it('begins with the calls that are open and nobody has', () => {
    const base = { fate: 'live', hears: 1000, meets: 'connected', waits: 1000, talks: 9000, lag: 0 } as const
    const calls = [
      { ...base, dialed: 100, rings: 8000 },
      { ...base, dialed: 200, rings: 3000 },
      { ...base, dialed: 300, rings: 100, talks: 100 },
    ]
    const { events, floor } = listen(calls, [6000])
    assert.deepEqual(events.map(nameOf), ['dialed'])
    const { calls: seen } = showFloor(floor, start + 6000, lines)
    assert.deepEqual(seen, [{ id: 1, state: 'ringing', dialedAt: 0.1, since: 4.1, segment: 0 }])
  })

  it('leaves out calls that are an agent’s before they are dialed, until the agent lets go of them', () => {
    const row = rowAt(
      '1',
      { dialed: 0, rings: 60_000, fate: 'live', hears: 0, meets: 'short', waits: 0, talks: 0, lag: 0 },
      start + 10,
    )
    const read = (floor: ObservedFloor, at: number, session_id: string | null) =>
      observeFloor(floor, { at: start + at, calls: [{ ...(row as FloorCall), session_id }], agents: new Map() })
    const bound = read(beginFloor('c', start), 1000, 's')
    assert.deepEqual([bound.events, showFloor(bound.floor, start + 1000, lines).calls], [[], []])
    const free = read(bound.floor, 2000, null)
    assert.deepEqual(free.events.map(nameOf), ['dialed'])
    assert.equal(showFloor(free.floor, start + 2000, lines).calls.length, 1)
  })

  it('keeps to its order of time when the clock goes back', () => {
    const calls = [
      { dialed: 0, rings: 3000, fate: 'busy', hears: 0, meets: 'short', waits: 0, talks: 0, lag: 0 } as const,
    ]
    const { events, floor } = listen(calls, [0, 2000, 1500, 9000])
    assert.deepEqual(
      events.map(({ t }) => t),
      [0, 3],
    )
    assert.equal(showFloor(floor, start + 1500, lines).now, 1.5)
  })
})

function nameOf(event: PacerEvent): string {
  return event.type === 'outcome' ? event.result : event.type === 'agent' ? `${event.from}-${event.to}` : event.type
}

function expected({ fate, meets }: Story): string {
  const settled = meets === 'short' ? [] : [meets]
  if (fate === 'live') return ['dialed', 'pickup', 'live', ...settled].join(' ')
  if (fate === 'machine' || fate === 'gone_early') return 'dialed pickup machine'
  return `dialed ${fate === 'no_answer' ? 'noanswer' : fate}`
}

/** An agent's states: each for so long, in the calls of a campaign. */
const walk: fc.Arbitrary<{ campaign: string; ms: number[]; rests: boolean }[]> = fc.array(
  fc.record({
    campaign: fc.constantFrom('a', 'b'),
    ms: fc.array(fc.integer({ min: 1, max: 4000 }), { minLength: 4, maxLength: 4 }),
    rests: fc.boolean(),
  }),
  { maxLength: 8 },
)

interface Moment {
  state: AgentState
  at: number
  campaign_id: string | null
}

/** Everything that happens to the agent, from signing on to leaving. */
function momentsOf(steps: { campaign: string; ms: number[]; rests: boolean }[]): Moment[] {
  const moments: Moment[] = [{ state: 'available', at: start, campaign_id: null }]
  let at = start
  for (const { campaign, ms, rests } of steps) {
    const [idles, reserved, talks, wraps] = ms as [number, number, number, number]
    const move = (state: AgentState, after: number, campaign_id: string | null) => {
      at += after
      moments.push({ state, at, campaign_id })
    }
    move('reserved', idles, campaign)
    move('on_call', reserved, campaign)
    move('wrap_up', talks, campaign)
    move(rests ? 'break' : 'available', wraps, null)
    if (rests) move('available', 1000, null)
  }
  moments.push({ state: 'offline', at: at + 1000, campaign_id: null })
  return moments
}

describe('what pacers hear of agents', () => {
  it('is every talk and wrap-up in full, each told to one campaign, and nobody stands in two', () => {
    fc.assert(
      fc.property(walk, instants, (steps, readings) => {
        const moments = momentsOf(steps)
        let followed = new Map<string, Followed>()
        const floors = new Map(['a', 'b'].map((id) => [id, beginFloor(id, start)]))
        const events = new Map<string, PacerEvent[]>([
          ['a', []],
          ['b', []],
        ])
        for (const [turn, after] of readings.entries()) {
          const at = start + after
          const past = moments.filter((moment) => moment.at <= at)
          const last = past.at(-1) as Moment
          const known = followed.get('s')
          const session: OpenSession = {
            ...{
              session_id: 's',
              agent: 7,
              state: last.state,
              since: last.at,
              steps: past.length,
              pause_pending: false,
            },
            campaign_id: last.campaign_id,
            serves: [],
          }
          const moves = past.map((moment, index) => ({ ...moment, session_id: 's', step: index + 1 }))
          const fresh = known ? moves.slice(known.steps) : []
          // Whoever needs the agent gets them, now the one and now the other.
          const dealt = new Map([['s', turn % 3 === 0 ? 'b' : 'a']])
          const sessions = last.state === 'offline' ? [] : [session]
          followed = followAgents(followed, { sessions, moves: fresh }, dealt, at)
          let seen = 0
          for (const [id, floor] of floors) {
            const observed = observeFloor(floor, { at, calls: [], agents: followed })
            floors.set(id, observed.floor)
            events.get(id)?.push(...observed.events)
            seen += showFloor(observed.floor, at, lines).agents.length
          }
          assert.ok(seen <= 1)
        }
        for (const [id, heard] of events) {
          checkChain(heard)
          const first = start + (readings[0] as number)
          const mine = steps.filter(({ campaign }) => campaign === id)
          const told = heard.flatMap((e) => (e.type === 'agent' && e.from === 'wrap' ? [e.duration] : []))
          if (first <= start)
            assert.deepEqual(
              told,
              mine.map(({ ms }) => (ms[3] as number) / 1000),
            )
        }
      }),
      { numRuns: 300 },
    )
  })

  it('shows each agent in a call to whoever gets them next', () => {
    const talking = (session_id: string, agent: number): OpenSession => ({
      ...{ session_id, agent, state: 'on_call', since: start - 5000, steps: 3, pause_pending: false },
      ...{ campaign_id: 'c', serves: ['c', 'd'] },
    })
    const sessions = [talking('stays', 1), talking('goes', 2)]
    const agents = followAgents(new Map(), { sessions, moves: [] }, new Map(), start)
    const sharing = { agents, next: new Map([['goes', 'd']]) }
    const shown = ['c', 'd'].map((id) => {
      const { floor, events } = observeFloor(beginFloor(id, start), { at: start, calls: [], agents }, true)
      return [events.length, showFloor(floor, start, lines, undefined, sharing).agents]
    })
    const seen = (id: number) => [{ id, state: 'talk', since: -5, pausePending: false }]
    assert.deepEqual(shown, [
      [2, seen(1)],
      [0, seen(2)],
    ])
  })

  it('tells of a session that is lost', () => {
    const session: OpenSession = {
      ...{ session_id: 's', agent: 7, state: 'on_call', since: start - 5000, steps: 3, pause_pending: true },
      ...{ campaign_id: 'c', serves: [] },
    }
    const followed = followAgents(new Map(), { sessions: [session], moves: [] }, new Map(), start)
    const { floor } = observeFloor(beginFloor('c', start), { at: start, calls: [], agents: followed }, true)
    assert.deepEqual(showFloor(floor, start, lines).agents, [{ id: 7, state: 'talk', since: -5, pausePending: true }])
    const gone = followAgents(followed, { sessions: [], moves: [] }, new Map(), start + 1000)
    const { floor: after, events } = observeFloor(floor, { at: start + 1000, calls: [], agents: gone })
    assert.deepEqual(events, [{ type: 'agent', t: 1, agentId: 7, from: 'talk', to: 'off', duration: 6 }])
    assert.deepEqual(showFloor(after, start + 1000, lines).agents, [])
    assert.equal(followAgents(gone, { sessions: [], moves: [] }, new Map(), start + 2000).size, 0)
  })
})

/** Each state begins where the one before it ended. */
function checkChain(events: PacerEvent[]): void {
  let state = 'off'
  for (const event of events) {
    if (event.type !== 'agent') continue
    assert.equal(event.from, state)
    assert.ok(event.duration >= 0)
    state = event.to
  }
}

describe('the end of a shift', () => {
  const hours = {
    window_start: 540,
    window_end: 1080,
    weekdays: [1, 2, 3, 4, 5],
    time_zone: 'America/New_York',
    hours_zone: 'campaign',
  } as const
  const end = (at: string, change: object = {}) =>
    new Date(endOfShift({ ...hours, weekdays: [...hours.weekdays], ...change }, Date.parse(at))).toISOString()

  it('is the window’s, and midnight at the latest', () => {
    assert.equal(end('2026-03-04T15:00:00Z'), '2026-03-04T23:00:00.000Z')
    assert.equal(end('2026-03-04T23:00:00Z'), '2026-03-05T05:00:00.000Z')
    const none = { window_start: null, window_end: null, weekdays: [1, 2, 3, 4, 5, 6, 7] }
    assert.equal(end('2026-03-04T15:00:00Z', none), '2026-03-05T05:00:00.000Z')
    assert.equal(end('2026-03-04T15:00:00Z', { hours_zone: 'person' }), '2026-03-05T05:00:00.000Z')
    assert.equal(end('2026-03-05T05:00:00Z', none), '2026-03-06T05:00:00.000Z')
    assert.equal(end('2026-03-04T23:30:00Z', { window_start: 1080, window_end: 120 }), '2026-03-05T05:00:00.000Z')
  })
})
