import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { PacerConfig, Snapshot } from '../pacer-contract.ts'
import { adaptivePacerOf } from './baselines.ts'
import { bestInHindsight, type CellFigures, playCell } from './compare-pacers.ts'
import { contenderWords, findContender } from './contenders.ts'
import { findScenarios, scenarioWith } from './find-scenario.ts'
import type { CreateSeer } from './future.ts'
import { madeUpScenarios } from './made-up-scenarios.ts'
import { publicScenarios, type Scenario } from './scenario.ts'
import { configOf, playShift } from './simulate-shift.ts'

const [low] = publicScenarios as [Scenario]
const power3 = findContender('power3') as CreateSeer

describe('comparing pacers', () => {
  it('sums up the very shifts that each seed gives', () => {
    const seeds = [7, 8, 9]
    const plan = { scenario: low, agents: 4, abandonCap: 0.05 }
    const shifts = seeds.map((seed) => playShift(power3, { ...plan, seed }))
    const cell = playCell({ pacer: 'power3', createSeer: power3, scenario: low, agents: 4, cap: 0.05, seeds })
    const [a, b, c] = shifts.map(({ utilisation }) => utilisation) as [number, number, number]
    const mean = (a + b + c) / 3
    assert.equal(cell.utilisation, mean)
    const sd = Math.sqrt(((a - mean) ** 2 + (b - mean) ** 2 + (c - mean) ** 2) / 2)
    // Student's 97.5 % point for two degrees of freedom is 4.303; the expansion is short of it by a tenth.
    assert.ok(
      cell.utilisation_margin > (3.8 * sd) / Math.sqrt(3) && cell.utilisation_margin < (4.4 * sd) / Math.sqrt(3),
    )
    assert.equal(cell.over_cap, shifts.filter(({ abandonRate }) => abandonRate > 0.05).length / 3)
    const rates = shifts.map(({ abandonRate }) => abandonRate)
    assert.equal(cell.worst.abandon_rate, Math.max(...rates))
    assert.equal(cell.worst.seed, seeds[rates.indexOf(Math.max(...rates))])
    assert.equal(cell.decide_ms, null)
  })

  it('times every decision by the clock that it is given', () => {
    let at = 0
    const clock = () => {
      at += at % 2 === 0 ? 3 : 1
      return at
    }
    const half = scenarioWith(low, { hours: 0.25 })
    const cell = playCell({ pacer: 'x', createSeer: power3, scenario: half, agents: 2, cap: 0.03, seeds: [1], clock })
    assert.deepEqual(cell.decide_ms, { mean: 1, p99: 1 })
  })

  it('takes in hindsight the busiest within the cap, or who abandons least', () => {
    const cell = (pacer: string, utilisation: number, abandon_rate: number) =>
      ({ pacer, utilisation, abandon_rate, cap: 0.03 }) as CellFigures
    const three = [cell('a', 0.7, 0.01), cell('b', 0.8, 0.03), cell('c', 0.9, 0.031)]
    assert.equal(bestInHindsight(three).pacer, 'b')
    assert.equal(bestInHindsight([cell('d', 0.9, 0.2), cell('e', 0.8, 0.1)]).pacer, 'e')
  })

  it('finds pacers by their words, and none by others', () => {
    for (const word of contenderWords) assert.equal(typeof findContender(word), 'function', word)
    assert.notEqual(findContender('adaptive1.25'), null)
    for (const word of ['', 'power', 'power0', 'power999', 'adaptive', 'predictive2', 'power3x', 'x']) {
      assert.equal(findContender(word), null, word)
    }
  })
})

describe('an adaptive dialer', () => {
  const config: PacerConfig = configOf({ scenario: low, agents: 4, abandonCap: 0.03, seed: 1 })
  const look = (now: number, abandoned: number): Snapshot => ({
    ...{ now, calls: [], lineCap: 20, linesInUse: 0, liveAnswers: 100, abandoned, dialed: 500 },
    agents: [0, 1, 2, 3].map((id) => ({ id, state: 'idle', since: 0, pausePending: false })),
    upcomingSegment: () => 0,
  })

  it('goes down over the cap, to one line for each idle agent, and climbs back under it', () => {
    const pacer = adaptivePacerOf(2)(config)
    const dials = (from: number, looks: number, abandoned: number) =>
      Array.from({ length: looks }, (_, index) => pacer.decide(look(from + 15 * index, abandoned)))
    assert.deepEqual(dials(0, 1, 3), [8])
    assert.deepEqual(dials(15, 6, 4), [7, 6, 5, 4, 4, 4])
    assert.deepEqual(dials(105, 5, 3), [4, 4, 4, 4, 5])
    assert.equal(dials(180, 40, 3).at(-1), 8)
  })
})

describe('scenarios', () => {
  it('made up are many, named apart from each other, and can all be won', () => {
    assert.ok(madeUpScenarios.length >= 8)
    const named = findScenarios('all') ?? []
    assert.equal(named.length, publicScenarios.length + madeUpScenarios.length)
    assert.equal(new Set(named.map(({ name }) => name)).size, named.length)
    assert.equal(findScenarios('none'), null)
    const bound = findContender('clairvoyant') as CreateSeer
    for (const scenario of madeUpScenarios) {
      const shift = playShift(bound, { scenario, agents: 6, abandonCap: 0.03, seed: 5 })
      assert.equal(shift.abandoned, 0, scenario.name)
      assert.ok(
        shift.utilisation > (scenario.name === 'few-lines' ? 0.5 : 0.95),
        `${scenario.name} ${shift.utilisation}`,
      )
      const other = playShift(power3, { scenario, agents: 6, abandonCap: 0.03, seed: 5 })
      assert.ok(other.liveAnswers > 100 && other.utilisation < shift.utilisation, scenario.name)
    }
  })

  it('take figures of a campaign of your own', () => {
    const own = scenarioWith(low, { answer_rate: 0.3, talk_seconds: 60, wrap_seconds: 10, hours: 3 })
    assert.deepEqual([own.liveShare(0, 0), own.shiftEnd, own.talk[0]?.mean, own.wrap[0]?.mean], [0.3, 10_800, 60, 10])
    assert.equal(own.roster.breaks.length, 1)
    assert.equal(scenarioWith(low, {}), low)
    const { connected, talkTime } = playShift(power3, { scenario: own, agents: 5, abandonCap: 0.03, seed: 1 })
    assert.ok(Math.abs(talkTime / connected - 60) < 6)
  })
})
