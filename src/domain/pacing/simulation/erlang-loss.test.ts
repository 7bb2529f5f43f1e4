/**
 * Where the theory has an exact answer: calls that come blindly, at a Poisson rate, to agents who are always there, and are
 * lost when none is free. The share of them that is lost is Erlang's B formula, whatever the shape of the talks.
 */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { CreatePacer } from '../pacer-contract.ts'
import { drawsOf, exponential } from './chance.ts'
import { type Mixture, scenarioOf } from './scenario.ts'
import { simulateShift } from './simulate-shift.ts'

const meanTalk = 20

function lossScenario(talk: readonly Mixture[]) {
  return scenarioOf({
    ...{ name: 'loss', liveShare: () => 1, busyShare: 0, failedShare: 0, detection: null, patience: 0 },
    // Spread over many ticks, so that dials in bunches once a second are answers at an even Poisson rate.
    ...{ setup: { mean: 12, cv: 0.6 }, ring: { mean: 0, cv: 0 }, wrap: [{ share: 1, mean: 0, cv: 0 }], talk },
    ...{ linesPerAgent: 100, shiftEnd: 12_000 },
    roster: { arrival: 0, breaks: [], pausesPerHour: 0, pauseMean: 0, speedSd: 0 },
  })
}

function blindPacerOf(perSecond: number, seed: number): CreatePacer {
  return () => {
    const draw = drawsOf(seed, 77)
    let asked = 0
    let next = exponential(1 / perSecond, draw(asked))
    return {
      decide({ now }) {
        let dials = 0
        for (; next < now; dials += 1) {
          asked += 1
          next += exponential(1 / perSecond, draw(asked))
        }
        return dials
      },
    }
  }
}

function erlangLoss(agents: number, load: number): number {
  let loss = 1
  for (let servers = 1; servers <= agents; servers += 1) loss = (load * loss) / (servers + load * loss)
  return loss
}

describe('blind Poisson dialing', () => {
  it("is reckoned against a formula that gives the textbook's values", () => {
    assert.ok(Math.abs(erlangLoss(1, 1) - 0.5) < 1e-12)
    assert.ok(Math.abs(erlangLoss(10, 10) - 0.2146) < 1e-4)
    assert.ok(Math.abs(erlangLoss(100, 84.1) - 0.01) < 1e-3)
  })

  const shapes: Record<string, readonly Mixture[]> = {
    even: [{ share: 1, mean: meanTalk, cv: 0.5 }],
    mixed: [
      { share: 0.5, mean: 5, cv: 0.9 },
      { share: 0.5, mean: 2 * meanTalk - 5, cv: 0.9 },
    ],
  }
  const seeds = Array.from({ length: 12 }, (_, index) => 1 + index)
  for (const [shape, talk] of Object.entries(shapes)) {
    for (const [agents, load] of [
      [3, 2],
      [10, 10],
      [20, 26],
    ] as const) {
      it(`loses what Erlang says of ${load} Erlang on ${agents} agents (${shape} talks)`, () => {
        const losses = seeds.map((seed) => {
          const createPacer = blindPacerOf(load / meanTalk, seed)
          return simulateShift(createPacer, { scenario: lossScenario(talk), agents, abandonCap: 1, seed }).abandonRate
        })
        const mean = losses.reduce((sum, loss) => sum + loss, 0) / losses.length
        const variance = losses.reduce((sum, loss) => sum + (loss - mean) ** 2, 0) / (losses.length - 1)
        const error = Math.sqrt(variance / losses.length)
        const expected = erlangLoss(agents, load)
        assert.ok(error < 0.08 * expected, `too few calls to tell: ${error}`)
        assert.ok(Math.abs(mean - expected) < 3 * error, `${mean} ± ${error}, not ${expected}`)
      })
    }
  }
})
