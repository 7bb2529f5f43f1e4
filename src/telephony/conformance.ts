/**
 * What every carrier must keep to, whoever it is: run by each adapter's tests through a harness that knows how to
 * make its far end behave. A scenario the far end can't be made to play has no number, and is skipped by name.
 */
import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { type CallFacts, mergeEvent, newCall, type Outcome } from '#domain/call.ts'
import {
  type CarrierHarness,
  commandFor,
  has,
  patience,
  type Scenario,
  takenId,
  traceOf,
} from './conformance-harness.ts'
import { describeControl } from './control-conformance.ts'
import { describeControlSequences } from './control-sequences.ts'
import type { CallReport } from './events.ts'
import { describeGreetings } from './greeting-conformance.ts'
import { describeLegs, describeNoLegs } from './leg-conformance.ts'
import type { Capabilities, DialCommand } from './port.ts'

const factsOf = (events: Pick<CallReport, 'event'>[]): CallFacts =>
  events.reduce((call, { event }) => mergeEvent(call, event), newCall)

/** What a carrier's tests can't hold it to. */
export interface Lacks {
  /** What its far end can't be made to play. */
  scenarios?: readonly Scenario[]
  /** It opens none, and has to say so. */
  legs?: boolean
  /** It keeps none of our attempt ids, and says so: how else it is asked for a call that was lost. */
  ids?: Exclude<Capabilities['reconcile'], 'by_id'>
  /** Walks through acts in any order that are enough of it; 40 unless it says otherwise. */
  walks?: number
}

/**
 * Declares the suites of calls, and of legs and what is done with them; `makeHarness` is called once for each and its harness
 * closed at the end.
 */
export function describeCarrier(name: string, makeHarness: () => Promise<CarrierHarness>, lacks: Lacks = {}): void {
  describe(`${name} keeps to the port`, { timeout: 60_000 }, () => {
    let harness: CarrierHarness
    before(async () => {
      harness = await makeHarness()
    })
    after(() => harness.close())

    /** A test that dials a number playing `scenario`. */
    const play = (what: string, scenario: Scenario, test: (command: DialCommand) => Promise<void>) => {
      if (lacks.scenarios?.includes(scenario)) return
      it(what, async (context) => {
        const number = harness.numberFor(scenario)
        if (number === null) return context.skip(`${name} can't be made to play ${scenario}`)
        await test(commandFor(number))
      })
    }
    const reconcile = lacks.ids ?? 'by_id'
    /** Of carriers that find lost calls in this way. */
    const playBy = (how: Capabilities['reconcile'], ...[what, scenario, test]: Parameters<typeof play>) => {
      if (reconcile === how) play(what, scenario, test)
    }
    /** Nobody can say that a human answered without having listened. */
    const heardAs = (outcome: Outcome): Outcome =>
      outcome === 'human' && !harness.carrier.capabilities.answering_machine_detection ? 'answered' : outcome

    const endsAs = (scenario: Scenario, outcome: Outcome, also: (call: CallFacts) => void = () => {}) =>
      play(`${scenario} ends as ${outcome}`, scenario, async (command) => {
        const provider_call_id = takenId(await harness.carrier.dial(command, patience()))
        const events = await harness.until(command.attempt_id, has('ended'))
        const call = factsOf(events)
        assert.equal(call.outcome, heardAs(outcome))
        for (const event of events) {
          assert.equal(event.attempt_id, command.attempt_id)
          assert.equal(event.provider_call_id, provider_call_id)
        }
        assert.equal(new Set(events.map((event) => event.event_key)).size, events.length)
        assert.equal(await harness.rings(command.attempt_id), 1)
        also(call)
      })

    const inOrder = (call: CallFacts) => {
      const times = [call.ringing_at, call.answered_at, call.ended_at]
      assert.ok(times.every((time) => time !== null))
      assert.deepEqual(times, times.toSorted())
    }
    endsAs('answers', 'human', (call) => {
      inOrder(call)
      assert.equal(call.detection, harness.carrier.capabilities.answering_machine_detection ? 'human' : null)
    })
    endsAs('machine', 'machine', (call) => {
      inOrder(call)
      assert.equal(call.detection, 'machine')
    })
    for (const [scenario, outcome] of [
      ['busy', 'busy'],
      ['rings_out', 'no_answer'],
      ['rejects', 'rejected'],
      ['invalid_number', 'invalid_number'],
    ] as const) {
      endsAs(scenario, outcome, (call) => assert.equal(call.answered_at, null))
    }

    play('nobody listens who answers, where the dial does not ask for it', 'answers', async (command) => {
      takenId(await harness.carrier.dial({ ...command, detect_machines: false }, patience()))
      const { detection, outcome } = factsOf(await harness.until(command.attempt_id, has('ended')))
      assert.deepEqual([detection, outcome], [null, 'answered'])
    })

    play('congestion is refused at once, to be tried later', 'congestion', async (command) => {
      const reply = await harness.carrier.dial(command, patience())
      assert.equal(reply.ok ? 'taken' : reply.fault.verdict, 'retryable')
    })

    play('a report told twice bears the same key', 'reports_twice', async (command) => {
      await harness.carrier.dial(command, patience())
      const told = (events: CallReport[], event: CallReport) => events.filter((e) => e.event_key === event.event_key)
      const events = await harness.until(
        command.attempt_id,
        (all) => has('ended')(all) && all.every((event) => told(all, event).length === 2),
      )
      assert.equal(factsOf(events).outcome, heardAs('human'))
    })

    play('reports out of order make the same call', 'reports_out_of_order', async (command) => {
      await harness.carrier.dial(command, patience())
      const events = await harness.until(command.attempt_id, (all) => has('ended')(all) && has('ringing')(all))
      const kinds = events.map(({ event }) => event.kind)
      assert.ok(kinds.indexOf('ended') < kinds.indexOf('ringing'), `they came as ${kinds}`)
      const call = factsOf(events)
      assert.equal(call.state, 'ended')
      inOrder(call)
    })

    play('an end that is never reported is found by asking', 'loses_its_end', async (command) => {
      const provider_call_id = takenId(await harness.carrier.dial(command, patience()))
      await harness.until(command.attempt_id, has('answered'))
      for (;;) {
        const located = await harness.carrier.locate(command.attempt_id, provider_call_id, null)
        // Some write down how a call ended only a moment later, and can't tell meanwhile.
        if (located.found === 'unreachable') {
          await harness.turn()
          continue
        }
        assert.equal(located.found, 'call')
        if (located.found !== 'call') return
        assert.equal(located.provider_call_id, provider_call_id)
        const call = factsOf(located.events)
        if (call.state === 'ended') {
          assert.equal(call.outcome, heardAs('human'))
          return
        }
        await harness.turn()
      }
    })

    it(`says how it finds lost calls: ${reconcile}`, () =>
      assert.equal(harness.carrier.capabilities.reconcile, reconcile))

    playBy('by_id', 'one attempt dialed twice rings once', 'answers', async (command) => {
      const first = takenId(await harness.carrier.dial(command, patience()))
      const second = takenId(await harness.carrier.dial(command, patience()))
      await harness.until(command.attempt_id, has('ended'))
      const third = takenId(await harness.carrier.dial(command, patience()))
      assert.deepEqual([second, third], [first, first])
      assert.equal(await harness.rings(command.attempt_id), 1)
    })

    if (reconcile !== 'by_id')
      play('nothing is promised of an attempt of which no call is found', 'answers', async (command) => {
        const { found } = await harness.carrier.locate(command.attempt_id, null, traceOf(command))
        assert.notEqual(found, 'never_seen')
      })

    playBy('by_id', 'an attempt said to be never seen never rings afterwards', 'answers', async (command) => {
      const locate = () => harness.carrier.locate(command.attempt_id, null, traceOf(command))
      assert.deepEqual(await locate(), { found: 'never_seen' })
      const reply = await harness.carrier.dial(command, patience())
      assert.equal(reply.ok ? 'taken' : reply.fault.verdict, 'retryable')
      assert.deepEqual(await locate(), { found: 'never_seen' })
      assert.equal(await harness.rings(command.attempt_id), 0)
    })

    playBy('by_number', 'a call is found by its trace only where it can be no other', 'stays', async (first) => {
      const locate = (others: string[] = []) => harness.carrier.locate(first.attempt_id, null, traceOf(first, others))
      assert.deepEqual(await locate(), { found: 'no_trace' })
      const one = takenId(await harness.carrier.dial(first, patience()))
      const found = await locate()
      assert.equal(found.found === 'call' && found.provider_call_id, one)
      assert.deepEqual(await locate([one]), { found: 'no_trace' })
      const second = { ...commandFor(first.number), ring_timeout_ms: 60_000 }
      const other = takenId(await harness.carrier.dial(second, patience()))
      assert.equal((await locate()).found, 'unreachable', 'either of the two may be it')
      const left = await locate([other])
      assert.equal(left.found === 'call' && left.provider_call_id, one)
      for (const sid of [one, other]) await harness.carrier.hangup(first.attempt_id, sid)
    })

    play('giving up a dial whose command has left is indeterminate', 'never_replies', async (command) => {
      const giving_up = new AbortController()
      const reply = harness.carrier.dial(command, giving_up.signal)
      await harness.until(command.attempt_id, has('ringing'))
      giving_up.abort()
      const given = await reply
      assert.equal(given.ok ? 'taken' : given.fault.verdict, 'indeterminate')
      const located = await harness.carrier.locate(command.attempt_id, null, traceOf(command))
      assert.equal(located.found, reconcile === 'none' ? 'unreachable' : 'call')
      assert.equal(await harness.rings(command.attempt_id), 1)
    })

    play('a dial given up before it left is not sent', 'answers', async (command) => {
      const reply = await harness.carrier.dial(command, AbortSignal.abort())
      assert.equal(reply.ok ? 'taken' : reply.fault.verdict, 'retryable')
      assert.equal(await harness.rings(command.attempt_id), 0)
    })

    it('a carrier that is away blocks its trunk: nothing left, and no lead feels it', async () => {
      // One that lives in this very process is never away.
      if (harness.away === null) return
      const reply = await harness.away.dial(commandFor('+12125550100'), patience())
      assert.equal(reply.ok ? 'taken' : reply.fault.verdict, 'blocked')
    })

    play('hanging up before the answer cancels', 'rings_out', async (command) => {
      // Rings long enough for the hang-up to come first, even where the carrier runs 600 times faster.
      const long = { ...command, ring_timeout_ms: 600_000 }
      const provider_call_id = takenId(await harness.carrier.dial(long, patience()))
      await harness.until(command.attempt_id, has('ringing'))
      assert.equal(await harness.carrier.hangup(command.attempt_id, provider_call_id), null)
      const call = factsOf(await harness.until(command.attempt_id, has('ended')))
      assert.deepEqual([call.outcome, call.answered_at], ['canceled', null])
    })

    play('hanging up after the answer ends an answered call', 'answers', async (command) => {
      const provider_call_id = takenId(await harness.carrier.dial(command, patience()))
      await harness.until(command.attempt_id, has('answered'))
      assert.equal(await harness.carrier.hangup(command.attempt_id, provider_call_id), null)
      const call = factsOf(await harness.until(command.attempt_id, has('ended')))
      assert.ok(call.outcome === 'human' || call.outcome === 'answered', `it ended as ${call.outcome}`)
      inOrder(call)
    })

    play('who answers a call by texting STOP is told of', 'busy', async (command) => {
      if (!harness.carrier.capabilities.reports_opt_outs) return
      await harness.carrier.dial(command, patience())
      await harness.until(command.attempt_id, has('ended'))
      const { event_key, event, ...ids } = await harness.optOut(command.number, 'Stop.')
      assert.deepEqual([event.number, event.keyword], [command.number, 'STOP'])
      assert.ok(event_key !== '' && !Number.isNaN(Date.parse(event.at)))
      assert.deepEqual(ids, { attempt_id: null, leg_id: null, provider_call_id: null })
    })

    play('hanging up a call that is over changes nothing', 'busy', async (command) => {
      const provider_call_id = takenId(await harness.carrier.dial(command, patience()))
      await harness.until(command.attempt_id, has('ended'))
      assert.equal(await harness.carrier.hangup(command.attempt_id, provider_call_id), null)
      const located = await harness.carrier.locate(command.attempt_id, provider_call_id, null)
      assert.equal(located.found === 'call' && factsOf(located.events).outcome, 'busy')
    })
  })
  if (lacks.legs) {
    describeNoLegs(name, makeHarness)
    return
  }
  describeLegs(name, makeHarness)
  describeControl(name, makeHarness)
  describeControlSequences(name, makeHarness, lacks.walks)
  describeGreetings(name, makeHarness)
}
