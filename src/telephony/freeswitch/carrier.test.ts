import assert from 'node:assert/strict'
import { describe, it, type TestContext } from 'node:test'
import { setImmediate as tick } from 'node:timers/promises'
import { type CallFacts, mergeEvent, newCall } from '#domain/call.ts'
import { createSystemClock } from '../clock.ts'
import { describeCarrier } from '../conformance.ts'
import { type CarrierHarness, commandFor, has, newId, patience, takenId } from '../conformance-harness.ts'
import { splitEvents } from '../events.ts'
import type { Carrier, TrunkSettings } from '../port.ts'
import { startFakePbx } from '../simulator/freeswitch/event-socket.ts'
import { createReception, numberFor, rehearsal_script } from '../simulator/rehearsal.ts'
import { openFreeswitchLine } from './carrier.ts'
import { readFreeswitchSettings } from './settings.ts'
import { openEventSocket } from './socket.ts'

const password = 'ClueCon'
const trunkTo = (port: number, change: Partial<TrunkSettings> = {}): TrunkSettings => ({
  ...{ id: '019b0000-0000-7000-8000-00000000000a', workspace_id: 'workspace-1', provider: 'freeswitch', speed: null },
  ...{ settings: { host: '127.0.0.1', port, gateway: 'out' }, secret: password, ...change },
})

async function open({ speed = 600, has_hash = true } = {}) {
  const pbx = await startFakePbx({
    ...{ clock: createSystemClock(), script: rehearsal_script, seed: '1', speed, password, has_hash },
    gateways: { out: 'up', broken: 'down', full: 'full' },
  })
  // It has been up for an hour.
  await pbx.run(`hash insert/outdial/since/${Date.now() - 3_600_000}`)
  const reception = createReception()
  const troubles: string[] = []
  const deps = {
    sink: async (_: object, events: Parameters<typeof reception.take>[0]) => reception.take(events),
    clock: createSystemClock(),
    trouble: (message: string, cause: unknown) => troubles.push(`${message}: ${cause}`),
  }
  const lines: Carrier[] = []
  /** A process's line over the trunk. */
  const line = (change: Partial<TrunkSettings> = {}, port = pbx.port) => {
    const opened = openFreeswitchLine(trunkTo(port, change), deps)
    lines.push(opened)
    return opened
  }
  const carrier = line()
  const until: CarrierHarness['until'] = async (attempt_id, enough) => {
    const told = () => splitEvents(reception.of(attempt_id)).calls
    await reception.when(() => enough(told()))
    return told()
  }
  const close = async () => {
    for (const one of lines) await one.close()
    await pbx.close()
  }
  const rings = (id: string) => pbx.rung().filter(({ uuid }) => uuid === id).length
  return { pbx, carrier, line, until, rings, troubles, close }
}

async function makeHarness(): Promise<CarrierHarness> {
  const { carrier, line, until, rings, close } = await open()
  const scripted = new Set<string>(['machine', 'congestion'])
  return {
    ...{ carrier, until, close, away: line({}, 9) },
    numberFor: (scenario) => (scripted.has(scenario) ? null : numberFor(scenario)),
    agentFor: () => null,
    untilLeg: () => assert.fail('there are no legs'),
    greeting_ms: 0,
    optOut: () => assert.fail('there are no texts'),
    turn: () => tick(),
    rings: async (id) => rings(id),
    overhear: () => [],
  }
}

describeCarrier('freeswitch', makeHarness, { scenarios: ['machine', 'congestion'], legs: true })

describe('calls over FreeSWITCH', { timeout: 30_000 }, () => {
  const opened = async (context: TestContext, options: Parameters<typeof open>[0] = {}) => {
    const one = await open(options)
    context.after(one.close)
    return one
  }
  const factsOf = (events: { event: Parameters<typeof mergeEvent>[1] }[]): CallFacts =>
    events.reduce((call, { event }) => mergeEvent(call, event), newCall)
  const verdictOf = async (carrier: Carrier, change: Partial<ReturnType<typeof commandFor>> = {}) => {
    const reply = await carrier.dial({ ...commandFor(numberFor('busy')), ...change }, patience())
    return reply.ok ? 'taken' : reply.fault.verdict
  }

  it('show the caller id, and give the gateway the number as it wants it', async (context) => {
    const { pbx, carrier, line } = await opened(context)
    const bare = line({ settings: { host: '127.0.0.1', port: pbx.port, gateway: 'out', plus: false } })
    const command = { ...commandFor(numberFor('stays')), ring_timeout_ms: 20_500 }
    takenId(await carrier.dial(command, patience()))
    takenId(await bare.dial({ ...commandFor(numberFor('stays')), caller_id: null }, patience()))
    const [first, second] = pbx.rung()
    assert.equal(first?.endpoint, `sofia/gateway/out/${numberFor('stays')}`)
    assert.equal(second?.endpoint, `sofia/gateway/out/${numberFor('stays').slice(1)}`)
    const { origination_caller_id_number, origination_caller_id_name, originate_timeout } = first.variables
    assert.deepEqual([origination_caller_id_number, origination_caller_id_name], ['+12125550199', '+12125550199'])
    assert.equal(originate_timeout, '21')
    assert.ok(!('origination_caller_id_number' in second.variables))
  })

  it('end as congested where the network is', async (context) => {
    const { carrier, until } = await opened(context)
    const command = commandFor(numberFor('congestion'))
    takenId(await carrier.dial(command, patience()))
    assert.equal(factsOf(await until(command.attempt_id, has('ended'))).outcome, 'congestion')
  })

  it('are not dialed over a gateway that is not there, and then never are', async (context) => {
    const { pbx, carrier, line } = await opened(context)
    for (const gateway of ['broken', 'none']) {
      const over = line({ settings: { host: '127.0.0.1', port: pbx.port, gateway } })
      const command = commandFor(numberFor('busy'))
      const reply = await over.dial(command, patience())
      assert.deepEqual(!reply.ok && [reply.fault.verdict, /GATEWAY/.test(reply.fault.reason)], ['blocked', true])
      assert.deepEqual(await carrier.locate(command.attempt_id, null, null), { found: 'never_seen' })
      assert.equal(await verdictOf(carrier, command), 'retryable')
    }
    assert.equal(pbx.rung().length, 0)
  })

  it('that fail before anything is heard of a channel have ended, and are not dialed again', async (context) => {
    const { pbx, carrier, line, until } = await opened(context)
    const over = line({ settings: { host: '127.0.0.1', port: pbx.port, gateway: 'full' } })
    const command = commandFor(numberFor('busy'))
    takenId(await over.dial(command, patience()))
    const told = await until(command.attempt_id, has('ended'))
    assert.equal(factsOf(told).outcome, 'congestion')
    assert.equal(await verdictOf(carrier, command), 'taken')
    const located = await carrier.locate(command.attempt_id, null, null)
    assert.ok(located.found === 'call' && factsOf(located.events).outcome === 'congestion')
    assert.equal(pbx.rung().length, 0)
  })

  it('that end while nobody listens are told of once the PBX is heard again', async (context) => {
    const { pbx, carrier, line, until, troubles } = await opened(context)
    const command = commandFor(numberFor('answers'))
    takenId(await carrier.dial(command, patience()))
    await until(command.attempt_id, has('answered'))
    pbx.cut()
    assert.equal((await carrier.locate(command.attempt_id, null, null)).found, 'unreachable')
    assert.equal(await verdictOf(carrier), 'blocked')
    assert.equal((await carrier.hangup(command.attempt_id, null))?.verdict, 'blocked')
    await pbx.run(`uuid_kill ${command.attempt_id}`)
    pbx.mend()
    const call = factsOf(await until(command.attempt_id, has('ended')))
    assert.equal(call.outcome, 'answered')
    assert.ok((call.answered_at ?? '') <= (call.ended_at ?? ''))
    const located = await line().locate(command.attempt_id, null, null)
    assert.ok(located.found === 'call' && factsOf(located.events).outcome === 'answered')
    assert.equal(pbx.rung().length, 1)
    assert.equal(troubles.length, 1)
  })

  // What was sent and not run may still be about to run, for all that anybody knows.
  for (const [step, when, verdicts, found, rung] of [
    ['hash insert_ifempty', 'before', ['blocked'], 'never_seen', 0],
    ['hash insert_ifempty', 'after', ['blocked'], 'unreachable', 0],
    ['originate', 'before', ['indeterminate'], 'unreachable', 0],
    ['originate', 'after', ['indeterminate', 'taken'], 'call', 1],
  ] as const) {
    it(`ring once at most where the connection is lost ${when} ${step} was run`, async (context) => {
      const { pbx, carrier, line, rings } = await opened(context)
      // It is heard.
      takenId(await carrier.dial(commandFor(numberFor('busy')), patience()))
      pbx.cutAt(step, when)
      const command = commandFor(numberFor('busy'))
      const verdict: string = await verdictOf(carrier, command)
      assert.ok((verdicts as readonly string[]).includes(verdict), verdict)
      assert.equal(rings(command.attempt_id), rung)
      pbx.mend()
      assert.equal((await line().locate(command.attempt_id, null, null)).found, found)
      assert.notEqual(await verdictOf(line(), command), 'permanent')
      assert.equal(rings(command.attempt_id), rung)
    })
  }

  it('are told to every process, found while they last, and ended by any', async (context) => {
    const { carrier, line, until } = await opened(context)
    const command = commandFor(numberFor('stays'))
    const id = takenId(await carrier.dial(command, patience()))
    await until(command.attempt_id, has('answered'))
    const other = line()
    const located = await other.locate(command.attempt_id, id, null)
    assert.ok(located.found === 'call' && factsOf(located.events).state === 'answered')
    assert.equal(await other.hangup(command.attempt_id, id), null)
    assert.equal(factsOf(await until(command.attempt_id, has('ended'))).outcome, 'answered')
  })

  it('ring nobody after another process was promised so', async (context) => {
    const { carrier, line, rings } = await opened(context)
    const command = commandFor(numberFor('busy'))
    assert.deepEqual(await line().locate(command.attempt_id, null, null), { found: 'never_seen' })
    assert.equal(await verdictOf(carrier, command), 'retryable')
    assert.equal(rings(command.attempt_id), 0)
  })

  it('of which only the intent reached the PBX are said to be neither', async (context) => {
    const { pbx, carrier } = await opened(context)
    const command = commandFor(numberFor('busy'))
    await pbx.run(`hash insert/outdial/${command.attempt_id}/dialing`)
    assert.equal((await carrier.locate(command.attempt_id, null, null)).found, 'unreachable')
    assert.equal((await carrier.hangup(command.attempt_id, null))?.verdict, 'indeterminate')
  })

  it('that a PBX lost when it was started anew end as unknown, and are not dialed again', async (context) => {
    const { pbx, carrier, until, rings } = await opened(context)
    const command = commandFor(numberFor('stays'))
    takenId(await carrier.dial(command, patience()))
    await until(command.attempt_id, has('answered'))
    pbx.startAnew()
    const told = await until(command.attempt_id, has('ended'))
    const call = factsOf(told)
    assert.deepEqual([call.outcome, call.hangup_cause], ['unknown', 'the PBX was started anew'])
    assert.equal(rings(command.attempt_id), 1)
  })

  it('are not placed over a PBX that keeps no book', async (context) => {
    const { carrier, troubles, pbx } = await opened(context, { has_hash: false })
    assert.equal(await verdictOf(carrier), 'blocked')
    assert.match(troubles.join(), /module hash/)
    assert.equal(pbx.rung().length, 0)
  })

  it('are not placed where the password is wrong, which is said without it', async (context) => {
    const { line, troubles } = await opened(context)
    for (const secret of ['wrong-password', `${password}\n\napi echo`]) {
      assert.equal(await verdictOf(line({ secret })), 'blocked')
    }
    assert.equal(troubles.length, 2)
    assert.ok(troubles.every((trouble) => /with this password/.test(trouble) && !/wrong-password|echo/.test(trouble)))
  })

  it('smuggle nothing into a command, by number, caller id or setting', async (context) => {
    const { pbx, carrier } = await opened(context)
    for (const number of ['+1212,x=y', '+1212\n\nbgapi status', '&park()', '+12125550100 &echo()', '$x']) {
      assert.equal(await verdictOf(carrier, { number }), 'permanent')
    }
    for (const caller_id of ['+1212,absolute_codec_string=x', 'x}sofia/gateway/other/1', '+12125550100\n', '']) {
      assert.equal(await verdictOf(carrier, { caller_id }), 'blocked')
    }
    for (const attempt_id of ['a,b', 'a\n\nb', 'a/b']) {
      await assert.rejects(carrier.dial({ ...commandFor(numberFor('busy')), attempt_id }, patience()))
    }
    await assert.rejects(carrier.locate(`${newId()}\n\napi fsctl shutdown`, null, null))
    assert.equal(pbx.rung().length, 0)
  })
})

describe('an event socket', { timeout: 30_000 }, () => {
  it('that looks open and is dead is opened anew, and what was asked over it is said to have left', async (context) => {
    const { pbx, close } = await open()
    const opened: (() => void)[] = []
    const openings = [0, 1].map(() => new Promise<void>((resolve) => opened.push(resolve)))
    const socket = openEventSocket({
      ...{ settings: readFreeswitchSettings(trunkTo(pbx.port)), trunk_id: 'trunk', beat_ms: 1000 },
      ...{ onEvent: () => {}, trouble: () => {} },
      onOpen: async () => opened.shift()?.(),
    })
    context.after(async () => {
      socket.close()
      await close()
    })
    await openings[0]
    assert.deepEqual(await socket.run('echo one'), { ok: true, text: 'one' })
    pbx.fallSilent()
    const asked = await socket.run('echo two')
    assert.equal(!asked.ok && asked.left, true)
    await openings[1]
    assert.deepEqual(await socket.run('echo three'), { ok: true, text: 'three' })
    await assert.rejects(socket.run('echo four\n\napi status'), /more than one line/)
  })
})
