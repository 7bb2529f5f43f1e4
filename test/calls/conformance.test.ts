import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { type CallFacts, mergeEvent, newCall } from '#domain/call.ts'
import { openAsteriskLine } from '#telephony/asterisk/carrier.ts'
import { createSystemClock } from '#telephony/clock.ts'
import { describeCarrier } from '#telephony/conformance.ts'
import { type CarrierHarness, has, newId, patience, takenId } from '#telephony/conformance-harness.ts'
import { splitEvents } from '#telephony/events.ts'
import type { Carrier, TrunkSettings } from '#telephony/port.ts'
import { createReception } from '#telephony/simulator/rehearsal.ts'
import { digits, type FarEnd, openFarEnd, requireCalls } from './far-end.ts'

const skip = await requireCalls()

const trunkTo = (url: string, secret: string, provider = 'out'): TrunkSettings => ({
  ...{ id: '019b0000-0000-7000-8000-00000000000a', workspace_id: 'workspace-1', provider: 'asterisk', speed: null },
  ...{ settings: { url, endpoint: `PJSIP/{number}@${provider}` }, secret },
})

interface CallHarness extends CarrierHarness {
  far: FarEnd
  /** Another process's line over the same trunk. */
  another(): Carrier
}

async function makeHarness(): Promise<CallHarness> {
  const far = await openFarEnd()
  const reception = createReception()
  const sink = async (_: object, events: Parameters<typeof reception.take>[0]) => reception.take(events)
  const deps = { sink, clock: createSystemClock(), trouble: () => {} }
  const lines: Carrier[] = []
  const open = (url: string) => {
    const line = openAsteriskLine(trunkTo(url, far.secret), deps)
    lines.push(line)
    return line
  }
  const carrier = open(far.url)
  const dialed = new Map<string, string>()
  const dial: Carrier['dial'] = (command, signal) => {
    dialed.set(command.attempt_id, command.number)
    // Those who ring out are not waited for longer than a test can.
    const ring_timeout_ms = command.ring_timeout_ms === 25_000 ? 1_000 : command.ring_timeout_ms
    return carrier.dial({ ...command, ring_timeout_ms }, signal)
  }
  let numbers = 0
  return {
    far,
    carrier: { ...carrier, dial },
    another: () => open(far.url),
    away: open('http://127.0.0.1:9'),
    numberFor(scenario) {
      const digit = scenario in digits ? digits[scenario as keyof typeof digits] : null
      return digit === null ? null : `+1212555${String(++numbers).padStart(3, '0')}${digit}`
    },
    agentFor: () => null,
    async until(attempt_id, enough) {
      const told = () => splitEvents(reception.of(attempt_id)).calls
      await reception.when(() => enough(told()))
      return told()
    },
    untilLeg: () => assert.fail('there are no legs'),
    optOut: () => assert.fail('there are no texts'),
    turn: () => wait(50),
    rings: async (id) => far.rung().filter((number) => number === dialed.get(id)).length,
    overhear: () => [],
    async close() {
      for (const line of lines) await line.close()
      await far.close()
    },
  }
}

const lacks = {
  scenarios: [
    ...(['machine', 'congestion', 'reports_twice', 'reports_out_of_order'] as const),
    ...(['loses_its_end', 'never_replies'] as const),
  ],
  legs: true,
}
if (skip) it('real calls keep to the port', { skip }, () => {})
else describeCarrier('a PBX', makeHarness, lacks)

describe('calls over a PBX', { skip, timeout: 60_000 }, () => {
  let harness: CallHarness
  before(async () => {
    harness = await makeHarness()
  })
  after(() => harness.close())

  const command = (digit: number, ring_timeout_ms = 10_000) => ({
    attempt_id: newId(),
    number: `+1646555${String(Math.floor(Math.random() * 1000)).padStart(3, '0')}${digit}`,
    ...{ caller_id: '+12125550199', ring_timeout_ms },
  })
  const factsOf = (events: { event: Parameters<typeof mergeEvent>[1] }[]): CallFacts =>
    events.reduce((call, { event }) => mergeEvent(call, event), newCall)
  const dial = async (one: ReturnType<typeof command>) => takenId(await harness.carrier.dial(one, patience()))

  it('ends as congested where the network is', async () => {
    const one = command(digits.congestion)
    await dial(one)
    assert.equal(factsOf(await harness.until(one.attempt_id, has('ended'))).outcome, 'congestion')
  })

  it('finds an end that nobody heard, with its answer, once the PBX is heard again', async () => {
    const one = command(digits.answers)
    await dial(one)
    await harness.until(one.attempt_id, has('answered'))
    harness.far.cut()
    assert.equal((await harness.carrier.locate(one.attempt_id, null, null)).found, 'unreachable')
    const blocked = await harness.carrier.dial(command(digits.busy), patience())
    assert.equal(blocked.ok ? 'taken' : blocked.fault.verdict, 'blocked')
    await wait(2_000)
    harness.far.mend()
    const call = factsOf(await harness.until(one.attempt_id, has('ended')))
    assert.equal(call.outcome, 'answered')
    assert.ok((call.answered_at ?? '') < (call.ended_at ?? ''))
    const located = await harness.another().locate(one.attempt_id, null, null)
    assert.ok(located.found === 'call')
    assert.equal(factsOf(located.events).outcome, 'answered')
  })

  it('tells every process of a call, and finds it while it lasts', async () => {
    const one = command(digits.stays)
    const id = await dial(one)
    await harness.until(one.attempt_id, has('answered'))
    const other = harness.another()
    const located = await other.locate(one.attempt_id, id, null)
    assert.ok(located.found === 'call' && factsOf(located.events).state === 'answered')
    assert.equal(await other.hangup(one.attempt_id, id), null)
    const { outcome } = factsOf(await harness.until(one.attempt_id, has('ended')))
    assert.equal(outcome, 'answered')
  })

  it('rings nobody after another process was promised so', async () => {
    const one = command(digits.answers)
    assert.deepEqual(await harness.another().locate(one.attempt_id, null, null), { found: 'never_seen' })
    const reply = await harness.carrier.dial(one, patience())
    assert.equal(reply.ok ? 'taken' : reply.fault.verdict, 'retryable')
    assert.equal(await harness.rings(one.attempt_id), 0)
  })

  it('says of an attempt older than the PBX that nobody knows what became of it', async () => {
    const located = await harness.carrier.locate('019b0000-0000-7000-8000-000000000001', null, null)
    assert.ok(located.found === 'call')
    assert.equal(factsOf(located.events).outcome, 'unknown')
  })
})
