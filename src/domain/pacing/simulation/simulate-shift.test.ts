import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { describe, it } from 'node:test'
import type { CreatePacer, PacerEvent } from '../pacer-contract.ts'
import { createPacer as createProgressive } from '../progressive.ts'
import { ratioPacerOf } from './baselines.ts'
import { drawLead } from './lead.ts'
import { publicScenarios, type Scenario } from './scenario.ts'
import { configOf, simulateShift } from './simulate-shift.ts'

const planOf = (scenario: Scenario, seed = 1001, agents = 10) => ({ scenario, agents, abandonCap: 0.03, seed })
const scenarioNamed = (name: string) => publicScenarios.find((scenario) => scenario.name === name) as Scenario
const power3 = ratioPacerOf(3)
const allAtOnce: CreatePacer = () => ({ decide: () => 1_000_000 })

function eventsOf(createPacer: CreatePacer, plan: ReturnType<typeof planOf>) {
  const events: PacerEvent[] = []
  const result = simulateShift(createPacer, plan, { event: (event) => events.push(event) })
  return { events, result }
}
const ofType = <Type extends PacerEvent['type']>(events: PacerEvent[], type: Type) =>
  events.filter((event): event is Extract<PacerEvent, { type: Type }> => event.type === type)

describe('a simulated shift', () => {
  for (const scenario of publicScenarios) {
    it(`connects or abandons every live answer, never both (${scenario.name})`, () => {
      for (const createPacer of [createProgressive, power3, allAtOnce]) {
        const { events, result } = eventsOf(createPacer, planOf(scenario))
        const ends = new Map<number, string[]>()
        for (const event of events) {
          if (event.type === 'outcome' && event.result === 'live') ends.set(event.callId, [])
          else if (event.type === 'connected' || event.type === 'abandoned') ends.get(event.callId)?.push(event.type)
        }
        const fates = [...ends.values()]
        assert.ok(fates.length > 100)
        assert.ok(fates.every((each) => each.length === 1))
        const count = (fate: string) => fates.filter(([each]) => each === fate).length
        assert.equal(count('connected'), result.connected)
        assert.equal(count('abandoned'), result.abandoned)
        assert.equal(ofType(events, 'connected').length, count('connected'))
        assert.equal(ofType(events, 'outcome').length, result.dialed)
        const waits = ofType(events, 'connected').map(({ waited }) => waited)
        assert.ok(Math.max(...waits) <= scenario.patience + 1e-6)
      }
    })

    it(`abandons next to nobody when dialed progressively (${scenario.name})`, () => {
      const shifts = [1, 2, 3].map((seed) => simulateShift(createProgressive, planOf(scenario, seed, 20)))
      const sum = (of: 'abandoned' | 'liveAnswers') => shifts.reduce((all, shift) => all + shift[of], 0)
      assert.ok(sum('abandoned') <= 0.003 * sum('liveAnswers'), `${sum('abandoned')} of ${sum('liveAnswers')}`)
    })

    it(`never holds more lines than it has, nor dials after its end, however many are asked for (${scenario.name})`, () => {
      const plan = planOf(scenario)
      const { lineCap } = configOf(plan)
      const { events } = eventsOf(allAtOnce, plan)
      let lines = 0
      let most = 0
      for (const event of events) {
        lines += lineChange(event)
        most = Math.max(most, lines)
      }
      assert.equal(most, lineCap)
      assert.equal(lines, 0)
      const last = Math.max(...ofType(events, 'dialed').map(({ t }) => t))
      assert.ok(last < scenario.shiftEnd && last > scenario.shiftEnd - 60)
    })
  }

  it('is the same on every machine for the same seed', () => {
    const hashes = ['low', 'mixed'].map((name) => {
      const hash = createHash('sha256')
      const event = (each: PacerEvent) => void hash.update(JSON.stringify(each))
      simulateShift(power3, planOf(scenarioNamed(name)), { event })
      return hash.digest('hex').slice(0, 16)
    })
    assert.deepEqual(hashes, ['bf9eac6cfd8d6ac1', 'bab496b7b8114739'])
    assert.notDeepEqual(
      eventsOf(power3, planOf(scenarioNamed('low'))).events,
      eventsOf(power3, planOf(scenarioNamed('low'), 1002)).events,
    )
  })

  it('shows a pacer what the contract holds, and nothing of what is to come', () => {
    const seen = { snapshot: new Set<string>(), agents: new Set<string>(), calls: new Set<string>(), given: 0 }
    const spy: CreatePacer = (...given) => ({
      decide: (snapshot) => {
        seen.given = Math.max(seen.given, given.length)
        for (const key of Object.keys(snapshot)) seen.snapshot.add(key)
        for (const key of snapshot.agents.flatMap((agent) => Object.keys(agent))) seen.agents.add(key)
        for (const key of snapshot.calls.flatMap((call) => Object.keys(call))) seen.calls.add(key)
        return 1
      },
    })
    simulateShift(spy, planOf({ ...scenarioNamed('mixed'), shiftEnd: 900 }))
    assert.equal(seen.given, 1)
    assert.deepEqual([...seen.agents].sort(), ['id', 'pausePending', 'since', 'state'])
    assert.deepEqual([...seen.calls].sort(), ['dialedAt', 'id', 'segment', 'since', 'state'])
    const totals = ['abandoned', 'agents', 'calls', 'dialed', 'lineCap', 'linesInUse', 'liveAnswers', 'now']
    assert.deepEqual([...seen.snapshot].sort(), [...totals, 'upcomingSegment'])
  })

  it('lets two pacers meet the same people, by the place of a lead in the list', () => {
    const scenario = scenarioNamed('mixed')
    const met = [createProgressive, power3].map((createPacer) => {
      const { events } = eventsOf(createPacer, planOf(scenario))
      return new Map(ofType(events, 'outcome').map((outcome) => [outcome.callId, outcome]))
    })
    const [few, many] = met as [(typeof met)[0], (typeof met)[0]]
    assert.ok(few.size > 3000 && many.size > few.size)
    for (const [id, one] of few) {
      const other = many.get(id)
      assert.equal(other?.result, one.result)
      assert.equal(other?.segment, one.segment)
      assert.ok(Math.abs(other.t - other.dialedAt - (one.t - one.dialedAt)) < 1e-6)
      const fate = drawLead(scenario, 1001, id, 0)
      assert.equal(fate.result, one.result)
    }
  })
})

function lineChange(event: PacerEvent): number {
  if (event.type === 'dialed') return 1
  if (event.type === 'outcome') return event.result === 'live' ? 0 : -1
  if (event.type === 'abandoned') return -1
  return event.type === 'agent' && event.from === 'talk' ? -1 : 0
}
