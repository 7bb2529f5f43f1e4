import assert from 'node:assert/strict'
import { appendFileSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { describe, it, type TestContext } from 'node:test'
import { createVirtualClock } from '../virtual-clock.ts'
import { no_chaos } from './chaos.ts'
import { openExchange } from './exchange.ts'
import { openJournal } from './journal.ts'
import { openLedger } from './ledger.ts'
import { openLegs } from './legs.ts'
import { agentFor, makeFolder, numberFor, readLines, rehearsal_script } from './rehearsal.ts'
import type { Report } from './simulated-call.ts'

const start = Date.parse('2026-03-02T15:00:00Z')
const day = 24 * 3600 * 1000
const trouble = (message: string, cause: unknown) => {
  throw new Error(message, { cause })
}

function makeStage(context: TestContext) {
  const { folder, remove } = makeFolder()
  context.after(remove)
  const paths = { journal: `${folder}/calls.jsonl`, ledger: `${folder}/ledger.jsonl` }
  /** A carrier starting at `time` on the same files. */
  const begin = (time: number) => {
    const clock = createVirtualClock(time)
    const journal = openJournal({ path: paths.journal, now: clock.now, trouble })
    const ledger = openLedger(paths.ledger, trouble)
    const reports: Report[] = []
    const report = (one: Report) => reports.push(one)
    const setting = { script: rehearsal_script, seed: '1', chaos: no_chaos, remember_ms: day }
    const shared = { ...setting, clock, journal, ledger, report, ended: () => {} }
    const exchange = openExchange(shared)
    const legs = openLegs(shared)
    const dial = (attempt_id: string, number: string) =>
      exchange.dial({
        ...{ attempt_id, number, caller_id: '+12125550199', ring_timeout_ms: 25_000 },
        ...{ trunk_id: 'trunk-1', report_to: 'workspace-1', speed: 1 },
      })
    const open = (leg_id: string) =>
      legs.openLeg({
        ...{ leg_id, agent_id: 'agent-1', ...agentFor('stays'), caller_id: null, ring_timeout_ms: 25_000 },
        ...{ trunk_id: 'trunk-1', report_to: 'workspace-1', speed: 1 },
      })
    /** These reports are in safe hands. */
    const take = (taken: Report[]) => {
      for (const { event } of taken) {
        if (event.leg_id === null) exchange.acknowledge(event.attempt_id ?? '', event.event_key)
        else legs.acknowledge(event.leg_id, event.event_key)
      }
    }
    const end = () => {
      exchange.close()
      legs.close()
      ledger.close()
      journal.close()
    }
    const kinds = () => reports.map((one) => one.event.event.kind)
    return { clock, journal, exchange, legs, reports, dial, open, take, end, kinds }
  }
  return { paths, begin }
}

describe('the journal', () => {
  it('is written before the dial is answered, and so is the ledger', (context) => {
    const { paths, begin } = makeStage(context)
    const carrier = begin(start)
    assert.ok(carrier.dial('attempt-1', numberFor('answers')).took)
    // Nothing has been closed, nor has the tick ended.
    assert.match(readFileSync(paths.journal, 'utf8'), /"attempt_id":"attempt-1".*\n$/)
    const [line, ...more] = readLines(paths.ledger)
    assert.equal(more.length, 0)
    const { at, ...rest } = line ?? {}
    assert.ok(Math.abs(Date.parse(String(at)) - Date.now()) < 60_000)
    assert.deepEqual(rest, {
      ...{ attempt_id: 'attempt-1', number: numberFor('answers') },
      ...{ caller_id: '+12125550199', trunk: 'trunk-1' },
    })
    carrier.end()
  })

  it('brings back a call whose carrier was killed, due reports first', (context) => {
    const { paths, begin } = makeStage(context)
    const first = begin(start)
    first.dial('attempt-1', numberFor('answers'))
    const written = readFileSync(paths.journal)
    first.end()
    // As a kill leaves it: no more than what was there when the dial was answered.
    writeFileSync(paths.journal, written)

    const second = begin(start + 20_000)
    assert.deepEqual(second.kinds(), ['ringing', 'answered', 'detected'])
    second.clock.advanceTo(start + 120_000)
    assert.deepEqual(second.kinds(), ['ringing', 'answered', 'detected', 'ended'])
    second.end()
    assert.equal(readLines(paths.ledger).length, 1)
    assert.deepEqual(
      readLines(`${paths.ledger}.ends`).map(({ attempt_id, outcome }) => [attempt_id, outcome]),
      [['attempt-1', 'human']],
    )
  })

  it('bears being cut anywhere in its last line: that dial was never answered', (context) => {
    const { paths, begin } = makeStage(context)
    const first = begin(start)
    first.dial('attempt-1', numberFor('busy'))
    const whole = statSync(paths.journal).size
    first.dial('attempt-2', numberFor('busy'))
    const both = readFileSync(paths.journal)
    first.end()
    for (const size of [whole + 1, whole + 20, both.length - 1]) {
      writeFileSync(paths.journal, both)
      truncateSync(paths.journal, size)
      const next = begin(start + 1)
      assert.equal(next.exchange.locate('attempt-1').found, 'call')
      assert.equal(next.exchange.locate('attempt-2').found, 'never_seen')
      next.end()
    }
  })

  it('damaged elsewhere stops the start, naming the line', (context) => {
    const { paths, begin } = makeStage(context)
    const first = begin(start)
    first.dial('attempt-1', numberFor('busy'))
    first.end()
    const text = readFileSync(paths.journal, 'utf8')
    writeFileSync(paths.journal, `{"t":"call"\n${text}`)
    assert.throws(() => begin(start + 1), /damaged at line 1/)
  })

  it('keeps what was taken, what was hung up and what was withdrawn', (context) => {
    const { begin } = makeStage(context)
    const first = begin(start)
    first.dial('attempt-1', numberFor('rings_out'))
    assert.equal(first.exchange.locate('attempt-2').found, 'never_seen')
    first.clock.advanceTo(start + 10_000)
    first.take(first.reports)
    first.exchange.hangup('attempt-1')
    first.end()

    const second = begin(start + 11_000)
    assert.deepEqual(second.kinds(), ['ended'])
    const [told] = second.reports
    assert.equal(told?.event.event.kind === 'ended' && told.event.event.outcome, 'canceled')
    const late = second.dial('attempt-2', numberFor('answers'))
    assert.equal(late.took ? 'taken' : late.fault.reason, 'attempt withdrawn')
    second.end()
  })

  it('drops a settled call after a day, yet knows how often its number was dialed', (context) => {
    const { begin } = makeStage(context)
    const first = begin(start)
    first.dial('settled', numberFor('busy'))
    first.dial('owed', numberFor('busy'))
    first.clock.advanceTo(start + 60_000)
    first.take(first.reports.filter((report) => report.event.attempt_id === 'settled'))
    first.end()

    const soon = begin(start + day)
    assert.deepEqual([...soon.journal.state.calls.keys()], ['settled', 'owed'])
    soon.end()
    for (const restart of [1, 2]) {
      const later = begin(start + day + 120_000 + restart)
      assert.deepEqual([...later.journal.state.calls.keys()], ['owed'])
      assert.equal(later.journal.state.dialed.get(numberFor('busy')), 2)
      later.end()
    }
  })
})

describe('the journal of legs', () => {
  it('knows a withdrawn leg, how often an address was reached, and drops what is settled after a day', (context) => {
    const { begin } = makeStage(context)
    const first = begin(start)
    assert.ok(first.open('leg-1').took)
    assert.equal(first.legs.locateLeg('leg-2').found, 'never_seen')
    first.clock.advanceTo(start + 10_000)
    first.legs.closeLeg('leg-1')
    first.take(first.reports)
    first.end()

    const second = begin(start + 60_000)
    assert.deepEqual(second.legs.locateLeg('leg-1'), { found: 'leg', up: false, down: true })
    assert.deepEqual(second.kinds(), [])
    assert.ok(!second.open('leg-2').took)
    second.end()
    for (const restart of [1, 2]) {
      const later = begin(start + day + 60_000 + restart)
      assert.equal(later.journal.state.legs.size, 0)
      assert.equal(later.journal.state.dialed.get('agent somebody'), 1)
      later.end()
    }
  })
})

describe('the ledger', () => {
  for (const last of ['attempt-2', 'leg-1']) {
    it(`gets the line of ${last} that a kill came too early for, once`, (context) => {
      const { paths, begin } = makeStage(context)
      const first = begin(start)
      first.dial('attempt-1', numberFor('answers'))
      if (last === 'leg-1') first.open(last)
      else first.dial(last, numberFor('busy'))
      first.end()
      const [line] = readFileSync(paths.ledger, 'utf8').split('\n')
      // The kill came in the middle of the second line.
      writeFileSync(paths.ledger, `${line}\n`)
      appendFileSync(paths.ledger, '{"at":"2026-')
      for (const after of [10, 20]) begin(start + after).end()
      const lines = readFileSync(paths.ledger, 'utf8')
        .split('\n')
        .filter((text) => text.endsWith('}'))
      assert.deepEqual(
        lines.map((text) => JSON.parse(text).attempt_id ?? JSON.parse(text).leg_id),
        ['attempt-1', last],
      )
    })
  }

  it('has one end for each dial, a refused one and one never reported among them', (context) => {
    const { paths, begin } = makeStage(context)
    const carrier = begin(start)
    carrier.dial('refused', numberFor('congestion'))
    carrier.dial('unreported', numberFor('loses_its_end'))
    carrier.dial('told-twice', numberFor('reports_twice'))
    carrier.clock.advanceTo(start + 3600_000)
    carrier.end()
    begin(start + 3600_000).end()
    const ends = readLines(`${paths.ledger}.ends`).map(({ attempt_id, outcome }) => `${attempt_id} ${outcome}`)
    assert.deepEqual(ends.toSorted(), ['refused congestion', 'told-twice human', 'unreported human'])
    assert.equal(readLines(paths.ledger).length, 3)
  })
})
