import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { setImmediate as tick } from 'node:timers/promises'
import { describeCarrier } from '../conformance.ts'
import type { CarrierHarness } from '../conformance-harness.ts'
import { type CarrierEvent, type OptOutReport, splitEvents } from '../events.ts'
import type { EventSink } from '../port.ts'
import { createVirtualClock } from '../virtual-clock.ts'
import { openBuiltInExchange } from './built-in.ts'
import { agentFor, createReception, makeFolder, numberFor, readLines, rehearsal_script, trunk } from './rehearsal.ts'

const start = Date.parse('2026-03-02T15:00:00Z')
const command = (number: string, attempt_id = 'attempt-1') => ({
  ...{ attempt_id, number, caller_id: null, ring_timeout_ms: 25_000, detect_machines: true },
})
const throwTrouble = (message: string, cause: unknown) => {
  throw new Error(message, { cause })
}

function openStage(sink: EventSink, folder: string, trouble: (message: string, cause: unknown) => void = throwTrouble) {
  const clock = createVirtualClock(start)
  const paths = { journal_path: `${folder}/calls.jsonl`, ledger_path: `${folder}/ledger.jsonl` }
  const exchange = openBuiltInExchange({ clock, script: rehearsal_script, seed: '1', ...paths, sink, trouble })
  return { clock, exchange, ledger_path: paths.ledger_path, carrier: exchange.line(trunk, 1) }
}

async function makeHarness(): Promise<CarrierHarness> {
  const { folder, remove } = makeFolder()
  const reception = createReception()
  const { clock, exchange, carrier, ledger_path } = openStage(async (_, events) => reception.take(events), folder)
  const turn = async () => {
    assert.ok(clock.step(), 'nothing more will ever happen')
    await tick()
  }
  const wait = async <T>(id: string, pick: (events: CarrierEvent[]) => T, enough: (picked: T) => boolean) => {
    while (!enough(pick(reception.of(id)))) await turn()
    return pick(reception.of(id))
  }
  return {
    carrier,
    away: null,
    numberFor,
    turn,
    greeting_ms: 8_000,
    agentFor,
    until: (attempt_id, enough) => wait(attempt_id, (events) => splitEvents(events).calls, enough),
    untilLeg: (leg_id, enough) => wait(leg_id, (events) => splitEvents(events).legs, enough),
    rings: async (id) => readLines(ledger_path).filter((line) => [line.attempt_id, line.leg_id].includes(id)).length,
    async optOut(number, message) {
      assert.equal(exchange.text(number, message), 'opted_out')
      const told = () => splitEvents(reception.all()).opt_outs.find(({ event }) => event.number === number)
      await reception.when(() => told() !== undefined)
      return told() as OptOutReport
    },
    overhear: exchange.overhear,
    async close() {
      await exchange.close()
      remove()
    },
  }
}

describeCarrier('the built-in carrier', makeHarness)

describe('the built-in carrier', () => {
  it('tells a report again, ever more rarely, until the sink has taken it', async (context) => {
    const { folder, remove } = makeFolder()
    context.after(remove)
    const tries: number[] = []
    const troubles: string[] = []
    const reception = createReception()
    const sink: EventSink = async (to, events) => {
      assert.deepEqual(to, { id: trunk.id, workspace_id: trunk.workspace_id })
      tries.push(clock.now())
      if (tries.length <= 4) throw new Error('the database is away')
      reception.take(events)
    }
    const { clock, exchange, carrier } = openStage(sink, folder, (message) => troubles.push(message))
    await carrier.dial(command(numberFor('busy')), new AbortController().signal)
    while (reception.all().length === 0) {
      clock.step()
      await tick()
    }
    const pauses = tries.slice(1).map((time, index) => time - (tries[index] ?? 0))
    assert.deepEqual(pauses, [50, 100, 200, 400])
    assert.equal(troubles.length, 3)
    await exchange.close()
  })

  it('lets the good reports past one that is always refused', async (context) => {
    const { folder, remove } = makeFolder()
    context.after(remove)
    const reception = createReception()
    const sink: EventSink = async (_, events) => {
      if (events.some((event) => event.attempt_id === 'bad')) throw new Error('refused')
      reception.take(events)
    }
    const { clock, exchange, carrier } = openStage(sink, folder, () => {})
    for (const id of ['bad', 'good-1', 'good-2']) {
      await carrier.dial(command(numberFor('answers'), id), new AbortController().signal)
    }
    for (let turns = 0; turns < 500 && reception.all().length < 8; turns++) {
      clock.step()
      await tick()
    }
    assert.equal(reception.of('good-1').length, 4)
    assert.equal(reception.of('good-2').length, 4)
    await exchange.close()
  })

  it('goes on after a restart with the calls it had, and tells again only what was not taken', async (context) => {
    const { folder, remove } = makeFolder()
    context.after(remove)
    const before = createReception()
    const first = openStage(async (_, events) => before.take(events), folder)
    await first.carrier.dial(command(numberFor('answers')), new AbortController().signal)
    while (before.all().length < 2) {
      first.clock.step()
      await tick()
    }
    await first.exchange.close()

    const after = createReception()
    const second = openStage(async (_, events) => after.take(events), folder)
    second.clock.advanceTo(start + 3600_000)
    await tick()
    const kinds = (reception: typeof after) => reception.of('attempt-1').map(({ event }) => event.kind)
    assert.deepEqual(kinds(before), ['ringing', 'answered'])
    assert.deepEqual(kinds(after), ['detected', 'ended'])
    assert.equal(readLines(first.ledger_path).length, 1)
    assert.equal(readLines(`${first.ledger_path}.ends`).length, 1)
    await second.exchange.close()
  })

  it('forgets settled calls in time, so that a long day does not fill the memory', async (context) => {
    const { folder, remove } = makeFolder()
    context.after(remove)
    const { clock, exchange, carrier } = openStage(async () => {}, folder)
    await carrier.dial(command(numberFor('busy'), 'old'), new AbortController().signal)
    clock.advanceTo(start + 60_000)
    await tick()
    clock.advanceTo(start + 26 * 3600_000)
    await carrier.dial(command(numberFor('busy'), 'new'), new AbortController().signal)
    assert.equal((await carrier.locate('old', null, null)).found, 'never_seen')
    assert.equal((await carrier.locate('new', null, null)).found, 'call')
    await exchange.close()
  })

  it("a trunk's own speed goes before the default", async (context) => {
    const { folder, remove } = makeFolder()
    context.after(remove)
    const { clock, exchange } = openStage(async () => {}, folder)
    const fast = exchange.line({ ...trunk, speed: 10 }, 2)
    assert.deepEqual([fast.speed, exchange.line(trunk, 2).speed], [10, 2])
    await fast.dial(command(numberFor('rings_out')), new AbortController().signal)
    clock.advanceTo(start + 10_000)
    const located = await fast.locate('attempt-1', null, null)
    const times = located.found === 'call' ? located.events.map(({ event }) => Date.parse(event.at)) : []
    assert.equal((times[1] ?? 0) - (times[0] ?? 0), 2500)
    await exchange.close()
  })
})
