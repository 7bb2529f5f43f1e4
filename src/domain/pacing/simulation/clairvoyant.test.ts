import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { createPacer as createPredictive } from '../pacer.ts'
import { createPacer as createProgressive } from '../progressive.ts'
import { adaptivePacerOf, ratioPacerOf } from './baselines.ts'
import { createClairvoyant } from './clairvoyant.ts'
import { publicScenarios } from './scenario.ts'
import { playShift, simulateShift } from './simulate-shift.ts'

describe('the clairvoyant bound', () => {
  for (const scenario of publicScenarios) {
    it(`abandons nobody, keeps agents busy, and is beaten by no pacer (${scenario.name})`, () => {
      for (const { agents, least, others } of [
        { agents: 2, least: 0.96, others: [] },
        { agents: 5, least: 0.99, others: [createPredictive] },
        { agents: 20, least: 0.99, others: [] },
      ]) {
        const plan = { scenario, agents, abandonCap: 0.03, seed: 1003 }
        const bound = playShift(createClairvoyant, plan)
        assert.equal(bound.abandoned, 0)
        assert.ok(bound.utilisation >= least && bound.utilisation <= 1, `${agents}: ${bound.utilisation}`)
        for (const createPacer of [createProgressive, ratioPacerOf(3), adaptivePacerOf(6), ...others]) {
          assert.ok(simulateShift(createPacer, plan).utilisation < bound.utilisation)
        }
      }
    })
  }
})
