/** Little's law: the mean number in a system is the rate at which things come, times how long each stays. */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { AgentView, PacerEvent } from '../pacer-contract.ts'
import { ratioPacerOf } from './baselines.ts'
import { publicScenarios } from './scenario.ts'
import { simulateShift } from './simulate-shift.ts'

const isWithin = (value: number, other: number, share: number) => Math.abs(value - other) <= share * other

describe("Little's law", () => {
  for (const scenario of publicScenarios) {
    const seen = createCounts()
    const result = simulateShift(
      ratioPacerOf(3),
      { scenario, agents: 20, abandonCap: 0.03, seed: 1001 },
      {
        event: seen.event,
        decided: ({ linesInUse, agents }, dials) => seen.look(linesInUse, dials, agents),
      },
    )

    it(`holds for lines, counted by looking at the clock and by following each call (${scenario.name})`, () => {
      const { stays, looks } = seen.lines()
      assert.equal(stays.length, result.dialed)
      const rate = stays.length / result.over
      const time = stays.reduce((sum, stay) => sum + stay, 0) / stays.length
      assert.ok(isWithin(rate * time, result.lineTime / result.over, 1e-9))
      // Looked at once a second until the end of the shift, without what talks on after it.
      const within = seen.stayedBefore(scenario.shiftEnd)
      assert.ok(isWithin(looks * scenario.tick, within, 0.001), `${looks} looks, ${within} s`)
    })

    it(`holds for agents who talk, and who wrap up (${scenario.name})`, () => {
      for (const state of ['talk', 'wrap'] as const) {
        const account = state === 'talk' ? result.talkTime : result.wrapTime
        assert.ok(isWithin(seen.agentTime(state, scenario.shiftEnd), account, 1e-9))
        assert.ok(isWithin(seen.agentLooks(state) * scenario.tick, account, 0.005))
      }
    })
  }
})

/** Keeps books of its own: of every call from its dial to its line's end, and of what is to be seen at each tick. */
function createCounts() {
  const dialed = new Map<number, number>()
  const withAgent = new Map<number, number>()
  const calls: { from: number; to: number }[] = []
  const agents: { state: AgentView['state']; from: number; to: number }[] = []
  const seen = { talk: 0, wrap: 0, lines: 0 }
  const end = (callId: number, to: number) => calls.push({ from: dialed.get(callId) as number, to })
  const sum = (spans: { from: number; to: number }[], until: number) =>
    spans.reduce((all, { from, to }) => all + Math.max(0, Math.min(to, until) - from), 0)
  return {
    event(event: PacerEvent): void {
      if (event.type === 'dialed') dialed.set(event.callId, event.t)
      else if (event.type === 'outcome' && event.result !== 'live') end(event.callId, event.t)
      else if (event.type === 'abandoned') end(event.callId, event.t)
      else if (event.type === 'connected') withAgent.set(event.agentId, event.callId)
      else if (event.type === 'agent') {
        agents.push({ state: event.from, from: event.t - event.duration, to: event.t })
        if (event.from === 'talk') end(withAgent.get(event.agentId) as number, event.t)
      }
    },
    /** Dials happen at a tick: half of them are seen, as of what ends between two ticks. */
    look(linesInUse: number, dials: number, views: readonly AgentView[]): void {
      seen.lines += linesInUse + dials / 2
      for (const { state } of views) if (state === 'talk' || state === 'wrap') seen[state] += 1
    },
    lines: () => ({ stays: calls.map(({ from, to }) => to - from), looks: seen.lines }),
    stayedBefore: (until: number) => sum(calls, until),
    agentTime: (state: AgentView['state'], until: number) =>
      sum(
        agents.filter((each) => each.state === state),
        until,
      ),
    agentLooks: (state: 'talk' | 'wrap') => seen[state],
  }
}
